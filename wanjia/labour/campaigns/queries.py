"""What a drive has reached: organised departures day by day, by place, beside its targets."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count

from wanjia.orgs.models import Area, Level

from ..models import Spell, Target
from ..states import How


def departures(campaign, day):
    """Return the organised spells that began in the drive's window by `day`, in its area."""
    first, end = campaign.area.span()
    last = min(day, campaign.until_on - timedelta(days=1))
    return Spell.objects.filter(how=How.ORGANISED, from_on__gte=campaign.from_on, from_on__lte=last, worker__village__gte=first, worker__village__lt=end)


def by_day(campaign, day):
    """Return [(day, how many left on it, how many by then)] of every day of the drive so far (日燃起)."""
    found = Counter(dict(departures(campaign, day).order_by().values_list("from_on").annotate(n=Count("pk"))))
    rows, total, one = [], 0, campaign.from_on
    while one <= min(day, campaign.until_on - timedelta(days=1)):
        total += found[one]
        rows.append((one, found[one], total))
        one += timedelta(days=1)
    return rows


def place_asked(campaign, code):
    """Return the place within a drive's area that an address asks for, one that has places below that bear targets; the drive's own for none, or another."""
    first, end = campaign.area.span()
    found = Area.objects.filter(pk=code, code__gte=first, code__lt=end, level__in=(Level.CITY, Level.COUNTY)).first() if code else None
    return found or campaign.area


def by_place(campaign, day, area=None):
    """Return ([(area, target or None, reached, in percent or None)] of the places right below an area of the drive (its own at first), its target or None,
    what they lack to it).

    lack: the area's target less the sum of theirs, None where either is not set.
    """
    area = area or campaign.area
    below = list(Area.objects.filter(parent=area).on(day).order_by("code"))
    targets = dict(Target.objects.filter(campaign=campaign).values_list("area", "n"))
    reached = Counter(dict(departures(campaign, day).order_by().values_list("worker__village").annotate(n=Count("pk"))))
    rows = []
    for one in below:
        n = sum(count for code, count in reached.items() if one.covers(code))
        target = targets.get(one.pk)
        rows.append((one, target, n, None if not target else 100 * n // target))
    whole, parts = targets.get(area.pk), [targets[one.pk] for one in below if one.pk in targets]
    return rows, whole, None if whole is None or not parts else whole - sum(parts)
