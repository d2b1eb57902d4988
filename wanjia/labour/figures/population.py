"""Labourers as a population of the house's figures: their facts, the sums kept beside them, the sets that go by editions."""

from pathlib import Path

from django.db.models import Q

from wanjia.orgs import scope
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Area, Level
from wanjia.policy.labour import in_force
from wanjia.reporting.figures.population import Population, Sums

from ..duties import Duty
from ..models import Month, MonthSum, Since, Tally, Verified, Worker
from .past import FACTS, as_of

LOOKS = (OrgsDuty.SEE_FIGURES, Duty.SEE_LABOUR)  # either shows the numbers
FEW = ("place", "how", "carried", "lifted", "watched", "relocated")
VILLAGE, TOWNSHIP, COUNTY = 12, 9, 6  # digits of their codes


def counted_workers(actor, *, duty):
    """Return the labourers whom an actor counts: those of the places where the duty is, whatever the line, an auditor's too."""
    return Worker.objects.filter(scope.in_place(actor, area="village_id", duty=duty))


def within(stem, column):
    """Return the Q of rows whose area code begins with a stem; of all for none."""
    return Q(**{f"{column}__gte": stem, f"{column}__lt": str(int(stem) + 1)}) if stem else Q()


def _now(model, column):
    return lambda stem, day: (model.objects.filter(within(stem, column), n__gt=0), ()) if day is None else None


def _then(stem, day):
    """Return the sums kept of a past day, and the townships for which none are kept; None where none at all are."""
    if day is None:
        return None
    months = dict(Month.objects.filter(within(stem, "township_id"), on=day).values_list("township_id", "pk"))
    if not months:
        return None
    townships = Area.objects.filter(within(stem, "code"), level=Level.TOWNSHIP)
    lacking = [area.stem for area in townships if area.pk not in months]
    return MonthSum.objects.filter(month__in=Month.objects.filter(within(stem, "township_id"), on=day)).exclude(place=""), lacking


def _edition(name):
    return lambda day: getattr(in_force(day), name)


WORKERS = Population(
    name="labour",
    definitions=Path(__file__).with_name("figures.toml"),
    rows=Worker,
    few=FEW,
    visible=counted_workers,
    place="village_id",
    facts={name: (name, "") for name in FACTS},
    as_of=as_of,
    now_alone=("verified_on",),
    summed=(
        Sums(_now(Verified, "township_id"), {"verified_on": "verified_on"}, "township_id", TOWNSHIP),
        Sums(_now(Tally, "village_id"), dict(zip(FEW, FEW, strict=True)), "village_id", VILLAGE),
        Sums(_now(Since, "county_id"), {"place": "place", "since_on": "since_on"}, "county_id", COUNTY),
        Sums(_then, dict(zip(FEW, FEW, strict=True)), "month__township_id", TOWNSHIP),
    ),
    dated={
        "transferred": _edition("transferred"), "outside": _edition("outside"), "near": _edition("near"),
        "stable": lambda day: (in_force(day).stable_months,),
    },
    sums={"place.": "labour.labourers"},
)  # fmt: skip
