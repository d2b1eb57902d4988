"""Working days reckoned a second time: day by day over a table, with nothing of the product's own arithmetic."""

from datetime import date, timedelta

DAY = timedelta(days=1)
FEASTS = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}  # fixed by the law in the solar calendar, every year


class Days:
    """The working days of a county. table: {day: works}, where it differs from Monday to Friday."""

    def __init__(self, table):
        self.table = dict(table)
        self.published = {day.year for day in self.table if (day.month, day.day) == (10, 1)}

    def works(self, day):
        """Tell whether people work on a day."""
        if day in self.table:
            return self.table[day]
        return day.isoweekday() < 6 and (day.year in self.published or (day.month, day.day) not in FEASTS)

    def after(self, start, n):
        """Return the n-th working day after `start`; `start` itself for none."""
        day = start
        while n > 0:
            day += DAY
            n -= self.works(day)
        return day

    def running(self, start, n, stops):
        """Return the day on which n working days have run since `start`, those within `stops` [(first, end)) left out."""
        day = start
        while n > 0:
            day += DAY
            n -= self.works(day) and not any(first <= day < end for first, end in stops)
        return day

    def within(self, start, end):
        """Count the working days after `start` up to and with `end`; 0 where `end` lies before."""
        return sum(self.works(start + n * DAY) for n in range(1, max((end - start).days, 0) + 1))

    def is_provisional(self, day):
        """Tell whether a day lies beyond the last published year."""
        return day > date(max(self.published), 12, 31)
