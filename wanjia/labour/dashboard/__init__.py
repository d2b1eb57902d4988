"""The dashboard of transfer employment: for a leader who has ten seconds, and for whoever wants to know who is behind each number."""
