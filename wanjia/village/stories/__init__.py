"""Stories of role models by consent, and tips that go to a person and never to a wall (C29)."""
