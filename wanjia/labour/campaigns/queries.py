"""What a drive has reached: organised departures day by day, by place, beside its targets."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count, Q, Sum
from django.db.models.functions import Substr

from wanjia.orgs.models import Area, Level

from ..figures.population import TOWNSHIP, VILLAGE, within
from ..models import Spell, Target
from ..states import How
from ..tallying import departed
from ..tallying.departed import SUMMED, Window


def departures(campaign, day):
    """Return the organised spells that began in the drive's window by `day`, in its area."""
    first, end = campaign.area.span()
    last = min(day, campaign.until_on - timedelta(days=1))
    return Spell.objects.filter(how=How.ORGANISED, from_on__gte=campaign.from_on, from_on__lte=last, worker__village__gte=first, worker__village__lt=end)


def within_drive(campaign, code):
    """Return the area of a drive that an address asks for, the drive's own for none or for one outside it."""
    first, end = campaign.area.span()
    return Area.objects.filter(pk=code, code__gte=first, code__lt=end).first() if code else campaign.area


def gone(campaign, day, area, on=None):
    """Return the rows behind a drive's numbers: the organised departures by `day` of those of an area, of one day where `on` is said; the first to leave first."""
    first, end = area.span()
    rows = departures(campaign, day).filter(worker__village__gte=first, worker__village__lt=end)
    return (rows.filter(from_on=on) if on else rows).order_by("from_on", "worker__village_id", "pk")


def begun(campaign, day):
    """Return ({day: organised departures of a drive on it}, {digits of a township: how many by `day`}); of a township's own drive the digits are those of villages.

    Of a city or a county they are the sums that the clock keeps (`tallying.departed`), and the rows of the townships for which none stand.
    """
    rows, digits = departures(campaign, day), TOWNSHIP if campaign.area.level in SUMMED else VILLAGE
    days, places = Counter(), Counter()
    kept = departed.kept(campaign.area.stem, Window(campaign.from_on, campaign.until_on), day) if digits == TOWNSHIP else None
    if kept is not None:
        sums, lacking = kept
        organised = sums.filter(how=How.ORGANISED).order_by()
        days.update(dict(organised.values_list("on").annotate(f_n=Sum("n"))))
        places.update({code[:TOWNSHIP]: n for code, n in organised.values_list("departed__township_id").annotate(f_n=Sum("n"))})
        rest = Q(pk__in=[])
        for stem in lacking:
            rest |= within(stem, "worker__village_id")
        rows = rows.filter(rest) if lacking else rows.none()
    for code, on, n in rows.order_by().values_list(Substr("worker__village_id", 1, digits), "from_on").annotate(f_n=Count("pk")):
        days[on] += n
        places[code] += n
    return days, places


def by_day(campaign, day, found=None):
    """Return [(day, how many left on it, how many by then)] of every day of the drive so far (日燃起). found: what `begun` says, where it was asked."""
    counted, _places = found or begun(campaign, day)
    rows, total, one = [], 0, campaign.from_on
    while one <= min(day, campaign.until_on - timedelta(days=1)):
        total += counted[one]
        rows.append((one, counted[one], total))
        one += timedelta(days=1)
    return rows


def place_asked(campaign, code):
    """Return the place within a drive's area that an address asks for, one that has places below that bear targets; the drive's own for none, or another."""
    first, end = campaign.area.span()
    found = Area.objects.filter(pk=code, code__gte=first, code__lt=end, level__in=(Level.CITY, Level.COUNTY)).first() if code else None
    return found or campaign.area


def by_place(campaign, day, area=None, found=None):
    """Return ([(area, target or None, reached, in percent or None)] of the places right below an area of the drive (its own at first), its target or None,
    what they lack to it).

    lack: the area's target less the sum of theirs, None where either is not set. found: as of `by_day`.
    """
    area = area or campaign.area
    below = list(Area.objects.filter(parent=area).on(day).order_by("code"))
    targets = dict(Target.objects.filter(campaign=campaign).values_list("area", "n"))
    _days, reached = found or begun(campaign, day)
    rows = []
    for one in below:
        n = sum(count for code, count in reached.items() if code.startswith(one.stem))
        target = targets.get(one.pk)
        rows.append((one, target, n, None if not target else 100 * n // target))
    whole, parts = targets.get(area.pk), [targets[one.pk] for one in below if one.pk in targets]
    return rows, whole, None if whole is None or not parts else whole - sum(parts)
