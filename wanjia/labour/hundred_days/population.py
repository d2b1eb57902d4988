"""Departures within a hundred-day campaign (百日行动) as a population of the house's figures."""

from pathlib import Path

from django.db.models import F

from wanjia.orgs import scope
from wanjia.policy.labour import hundred_days
from wanjia.reporting.figures.population import Population, Sums

from ..models import Spell
from ..tallying import departed as keeping

TOWNSHIP = 9  # digits of its code: by villages the days outnumber the departures


def window_on(day):
    """Return the campaign that a day looks at: the last that had begun, or None."""
    return next((one for one in hundred_days() if one.starts <= day), None)


def departed(rows, day, today=None):
    """Return the spells that began within the campaign that a day looks at (None: now, which is on `today`), by the end of that day."""
    day = day or today
    one = window_on(day)
    within = rows.filter(from_on__gte=one.starts, from_on__lt=one.ends, from_on__lte=day) if one else rows.none()
    return within.annotate(f_how=F("how"), f_carried=F("carried"))


def counted_departures(actor, *, duty):
    """Return the spells of the labourers whom an actor counts."""
    return Spell.objects.filter(scope.in_place(actor, area="worker__village_id", duty=duty))


def kept(stem, day):
    """Return what is kept of an area's departures up to a day, as `Sums` asks: (sums, stems of the townships without), or None."""
    one = window_on(day)
    return keeping.kept(stem, one, day) if one else None


DEPARTURES = Population(
    name="departures", definitions=Path(__file__).with_name("figures.toml"), rows=Spell, few=("how", "carried"), visible=counted_departures,
    place="worker__village_id", facts={"how": ("how", ""), "carried": ("carried", "")}, as_of=departed,
    summed=(Sums(kept, {"how": "how", "carried": "carried"}, "departed__township_id", TOWNSHIP, by_day=True),),
)  # fmt: skip
