"""Which departures of a hundred-day campaign are kept as sums, and how a township's are counted (as ADR 123 keeps months).

A day's sum says of how many people it holds the first departure of its kind within the campaign: so the people up to any day are a sum as well.
"""

from wanjia.orgs.models import Area, Level
from wanjia.policy import labour as policy

from ..figures.population import within
from ..models import Departed, DepartedSum, Spell, Worker
from ..states import How

PEOPLE = {"departures.all": "people", "departures.organised": "people_organised", "departures.carried": "people_carried"}


def lacking(today, most):
    """List up to `most` (township, starts, ends) whose departures are not kept, or not as they are now; none where there are no labourers."""
    begun = [one for one in policy.hundred_days() if one.starts <= today]
    if not begun or not Worker.objects.exists():
        return []
    townships, found = Area.objects.filter(level=Level.TOWNSHIP).in_bulk(), []
    for one in begun:
        there = set(Departed.objects.filter(starts=one.starts, ends=one.ends, fresh=True).values_list("township_id", flat=True))
        found += [(townships[code], one.starts, one.ends) for code in sorted(townships.keys() - there)]
    return found[:most]


def counted(township, starts, ends):
    """Return [{"on", "how", "carried", "n", and each of PEOPLE's}] of one township's departures within the days."""
    spells = Spell.objects.filter(within(township.stem, "worker__village_id"), from_on__gte=starts, from_on__lt=ends)
    sums, seen = {}, set()
    # Not through a cursor: PostgreSQL plans that for its first rows, and would walk the whole city's campaign in order of days for one township.
    for worker, on, how, carried in spells.order_by("from_on", "pk").values_list("worker_id", "from_on", "how", "carried"):
        row = sums.setdefault((on, how, carried), dict.fromkeys(("n", *PEOPLE.values()), 0))
        row["n"] += 1
        for name, is_one in (("people", True), ("people_organised", how == How.ORGANISED), ("people_carried", carried)):
            if is_one and (worker, name) not in seen:
                seen.add((worker, name))
                row[name] += 1
    return [{"on": on, "how": how, "carried": carried} | row for (on, how, carried), row in sums.items()]


def kept(stem, one, day):
    """Return (the sums of an area's departures within a campaign up to a day, stems of the townships for which none are kept); None where none at all are."""
    fresh = Departed.objects.filter(within(stem, "township_id"), starts=one.starts, ends=one.ends, fresh=True)
    there = set(fresh.order_by().values_list("township_id", flat=True))
    if not there:
        return None
    townships = Area.objects.filter(within(stem, "code"), level=Level.TOWNSHIP).order_by("code")
    return DepartedSum.objects.filter(departed__in=fresh, on__lte=day), [area.stem for area in townships if area.pk not in there]
