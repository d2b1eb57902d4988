"""Meals that nobody opened and rolls that nobody called: noted by the clock as rows of their day, an alarm until somebody records what was or says why."""
