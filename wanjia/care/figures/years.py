"""What happens on a day of its own is counted by the year: the rows of the year of the day asked for, up to it."""

from datetime import date


def in_year(column, last):
    """Return the conditions of rows whose `column` lies in the year of the day `last` and not after it."""
    return {f"{column}__gte": date(last.year, 1, 1), f"{column}__lte": last}
