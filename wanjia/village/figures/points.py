"""Points and the shop as figures count them: claims of the year with what became of each, what was handed out; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Exists, OuterRef, Q

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..booking.queries import awarded_by
from ..models import PointClaim, PointEntry, PointObjection, Redemption
from ..points.rules import visible_claims
from ..shop.rules import visible_redemptions

HERE = Path(__file__).parent


def claims_on(rows, day, today):
    """Return the claims written down in the year up to a day, with whether each was booked, reversed or objected to by then."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    objected = PointObjection.objects.filter(claim=OuterRef("pk"), told_on__lte=day)
    undone = PointEntry.objects.filter(reverses__claim=OuterRef("pk"), day__lte=day)
    rows = rows.filter(proposed_at__gte=day_start(day.replace(month=1, day=1)), proposed_at__lt=end)
    return rows.annotate(f_booked=holds(Exists(awarded_by(day))), f_objected=holds(Exists(objected)), f_undone=holds(Exists(undone)))


def redemptions_on(rows, day, today):
    """Return what was handed out in the year up to a day, with whether it came back by then, and whether it was carried home to somebody."""
    day = day or today
    return rows.filter(day__year=day.year, day__lte=day).annotate(f_back=holds(Q(returned_on__lte=day)), f_carried=holds(Q(way="at_home")))


POPULATIONS = [
    Population("point_claims", HERE / "point_claims.toml", PointClaim, counted(PointClaim, visible_claims, "village_id"), "village_id", few=("booked", "objected", "undone"),
               facts=facts("booked", "objected", "undone"), as_of=claims_on),
    Population("redemptions", HERE / "redemptions.toml", Redemption, counted(Redemption, visible_redemptions, "village_id"), "village_id", few=("back", "carried"),
               facts=facts("back", "carried"), as_of=redemptions_on),
]  # fmt: skip
