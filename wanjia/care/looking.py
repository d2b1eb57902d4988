"""Days at which the clock looks once, whether somebody did what was due: a canteen's meal, a class's roll. Up to `looked_on` it has looked.

So what nobody did is a row of its own day, by whom the lists of that day had, and no reading afterwards changes it.
"""

from datetime import timedelta

from django.db.models import F, Q

from wanjia.kernel.calendar import CHINA, today


def unlooked(at, *, minutes, clock, ends):
    """Return the Q of the rows of which a day is over, or its hour (`minutes` after the time of the field `clock`) has come, without a look. ends: the field of the first day no longer."""
    day, before = today(at), today(at) - timedelta(days=1)
    stands = Q(**{ends: None}) | Q(**{f"{ends}__gt": before}) | Q(**{f"{ends}__gt": F("looked_on")})
    due = at.astimezone(CHINA) - timedelta(minutes=minutes)
    late = Q(looked_on__lt=day, **{f"{clock}__lte": due.time()}) if due.date() == day else Q(pk__in=[])
    return stands & (Q(looked_on=None) | Q(looked_on__lt=before) | late)


def days_left(row, at, due):
    """Return the days of a row at which nobody has looked yet and whose moment has come, today's being `due`; of one never looked at today's alone."""
    last = looked_to(at, due)
    first = row.looked_on + timedelta(days=1) if row.looked_on else today(at)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def looked_to(at, due):
    """Return the last day whose moment has come at `at`, where today's is `due`."""
    return today(at) if at >= due else today(at) - timedelta(days=1)
