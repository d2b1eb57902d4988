"""Dividends (C13): who holds how many shares as of a day, what a year gives each home by the members' meeting's decision, who was paid and who waits."""
