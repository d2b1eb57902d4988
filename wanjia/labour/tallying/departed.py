"""Which departures of a hundred-day campaign, or of a drive, are kept as sums, and how a township's are counted (as ADR 123 keeps months).

A day's sum says of how many people it holds the first departure of its kind within the campaign: so the people up to any day are a sum as well.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from wanjia.orgs.models import Area, Level
from wanjia.policy import labour as policy

from ..figures.population import within
from ..models import Campaign, Departed, DepartedSum, Spell, Worker
from ..states import How

SUMMED = (Level.CITY, Level.COUNTY)  # whose drives' days are kept; a township's rows are few
A_YEAR = timedelta(days=366)
PEOPLE = {"departures.all": "people", "departures.organised": "people_organised", "departures.carried": "people_carried"}


@dataclass(frozen=True)
class Window:
    """The days whose departures are kept: from `starts` until before `ends`."""

    starts: date
    ends: date


def windows(today):
    """Return {Window: stems of the areas for which it is kept}: the bureau's campaigns for all, drives of cities and counties for their own; a year after their end no more."""
    found = {Window(one.starts, one.ends): {""} for one in policy.hundred_days() if one.starts <= today}
    drives = Campaign.objects.filter(from_on__lte=today, until_on__gt=today - A_YEAR, area__level__in=SUMMED).select_related("area")
    for one in drives:
        found.setdefault(Window(one.from_on, one.until_on), set()).add(one.area.stem)
    return found


def lacking(today, most):
    """List up to `most` (township, starts, ends) whose departures are not kept, or not as they are now; none where there are no labourers."""
    asked = windows(today)
    if not asked or not Worker.objects.exists():
        return []
    townships, found = Area.objects.filter(level=Level.TOWNSHIP).in_bulk(), []
    for one, stems in asked.items():
        there = set(Departed.objects.filter(starts=one.starts, ends=one.ends, fresh=True).values_list("township_id", flat=True))
        found += [(townships[code], one.starts, one.ends) for code in sorted(townships.keys() - there) if code.startswith(tuple(stems))]
    return found[:most]


def counted(township, starts, ends):
    """Return [{"on", "how", "carried", "n", and each of PEOPLE's}] of one township's departures within the days."""
    spells = Spell.objects.filter(within(township.stem, "worker__village_id"), from_on__gte=starts, from_on__lt=ends)
    sums, seen = {}, set()
    # Put in order here: asked for them in order, bit by bit, PostgreSQL goes through the days of all townships to find this one's (8 s against 0.1 s at three million).
    for on, _key, worker, how, carried in sorted(spells.order_by().values_list("from_on", "pk", "worker_id", "how", "carried")):
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
