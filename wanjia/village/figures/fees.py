"""Fees, frontages and feasts as figures count them: each as of a day, nobody named."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..customs.rules import visible_feasts, visible_stretches
from ..fee_states import WaiverState
from ..fees.rules import visible_charges
from ..models import Feast, FeeCharge, FeePayment, FeeWaiver, Stretch, StretchCheck, StretchKeeper

HERE = Path(__file__).parent


def charges_on(rows, day, today):
    """Return what homes were due for periods that began in the year up to a day, with whether it was paid or let off by then."""
    day = day or today
    paid = FeePayment.objects.filter(charge=OuterRef("pk"), day__lte=day).order_by().values("charge").annotate(n=Sum("fen")).values("n")
    granted = FeeWaiver.objects.filter(charge=OuterRef("pk"), state=WaiverState.GRANTED, decided_on__lte=day)
    let_off = granted.order_by().values("charge").annotate(n=Sum("fen")).values("n")
    rows = rows.filter(from_on__year=day.year, from_on__lte=day, run__checked_at__lt=day_start(day + timedelta(days=1)))
    settled = Q(due_fen__lte=Coalesce(Subquery(paid), 0) + Coalesce(Subquery(let_off), 0))
    return rows.annotate(f_exempt=holds(Q(due_fen=0)), f_settled=holds(settled), f_waived=holds(Exists(granted)))


def stretches_on(rows, day, today):
    """Return the stretches of a day, with whether a home saw to it then, whether it was looked at within the year, and how it was found last."""
    day = day or today
    last = StretchCheck.objects.filter(stretch=OuterRef("pk"), day__lte=day, day__year=day.year).order_by("-day")
    rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=day), opened_at__lt=day_start(day + timedelta(days=1)))
    kept = StretchKeeper.objects.on(day).filter(stretch=OuterRef("pk"))
    return rows.annotate(f_held=holds(Exists(kept)), f_looked=holds(Exists(last)), f_passed=Coalesce(Subquery(last.values("passed")[:1]), False))


def feasts_on(rows, day, today):
    """Return the feasts filed in the year up to a day, those called off by then left out, with whether they kept to what was agreed on."""
    day = day or today
    rows = rows.filter(Q(called_off_on=None) | Q(called_off_on__gt=day), filed_at__gte=day_start(day.replace(month=1, day=1)), filed_at__lt=day_start(day + timedelta(days=1)))
    return rows.annotate(f_capped=holds(Q(cap__isnull=False)), f_within=holds(Q(tables__lte=F("cap"))))


POPULATIONS = [
    Population("fee_charges", HERE / "fee_charges.toml", FeeCharge, counted(FeeCharge, visible_charges, "village_id"), "village_id", few=("exempt", "settled", "waived"),
               facts=facts("exempt", "settled", "waived"), as_of=charges_on),
    Population("stretches", HERE / "stretches.toml", Stretch, counted(Stretch, visible_stretches, "village_id"), "village_id", few=("held", "looked", "passed"),
               facts=facts("held", "looked", "passed"), as_of=stretches_on),
    Population("feasts", HERE / "feasts.toml", Feast, counted(Feast, visible_feasts, "village_id"), "village_id", few=("capped", "within"), facts=facts("capped", "within"), as_of=feasts_on),
]  # fmt: skip
