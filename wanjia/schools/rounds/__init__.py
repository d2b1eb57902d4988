"""Rounds over places (A40, A43): called by the calendar or a person, teams of several units, a list on which no place is skipped silently."""
