"""百日行动: departures within the campaign's days, counted as departures (人次) and as people (人), never mixed."""
