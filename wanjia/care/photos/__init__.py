"""Pictures of events (P1–P5): faces are covered before anybody else sees them, shown only by consent, withdrawn at once, destroyed in time."""
