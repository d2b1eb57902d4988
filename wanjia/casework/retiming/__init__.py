"""Deadlines follow the calendar: when a working day is published or changed, what is counted in working days is counted anew."""
