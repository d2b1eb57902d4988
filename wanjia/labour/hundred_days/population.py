"""Departures within a campaign as a population of the house's figures."""

from pathlib import Path

from django.db.models import F
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.policy.labour import campaigns
from wanjia.reporting.figures.population import Population

from ..models import Spell


def campaign_on(day):
    """Return the campaign that a day looks at: the last that had begun, or None."""
    return next((one for one in campaigns() if one.starts <= day), None)


def departed(rows, day):
    """Return the spells that began within the campaign of a day (None: today), by the end of that day."""
    day = day or today(timezone.now())
    one = campaign_on(day)
    within = rows.filter(from_on__gte=one.starts, from_on__lt=one.ends, from_on__lte=day) if one else rows.none()
    return within.annotate(f_how=F("how"), f_carried=F("carried"))


def counted_departures(actor, *, duty):
    """Return the spells of the labourers whom an actor counts."""
    return Spell.objects.filter(scope.in_place(actor, area="worker__village_id", duty=duty))


DEPARTURES = Population(
    name="departures", definitions=Path(__file__).parents[1] / "departures.toml", rows=Spell, few=("how", "carried"), visible=counted_departures,
    place="worker__village_id", facts={"how": ("how", ""), "carried": ("carried", "")}, as_of=departed,
)  # fmt: skip
