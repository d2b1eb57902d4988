"""What the desk shows of helpers: what others ask of us, what we as leads must look after."""

from django.utils import timezone

from wanjia.kernel.calendar import today

from . import queries

SHOWN = 8


def on_desk(request, _about):
    """Return {"mine", "asked", "day"}; None where there is neither."""
    day = today(timezone.now())
    mine, asked = list(queries.with_us(request.user)[:SHOWN]), list(queries.for_lead(request.user, day)[:SHOWN])
    return {"mine": mine, "asked": asked, "day": day} if mine or asked else None
