"""What the desk shows of helpers: what others ask of us, what we as leads must look after."""

from django.utils import timezone

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import today

from . import queries

SHOWN = 8


def on_desk(request, _about):
    """Return {"mine", "asked", "day"}; None where there is neither."""
    actor, day = request.user, today(timezone.now())
    if not actor.has_duty(Duty.HANDLE_NEEDS, Duty.ACCEPT_NEEDS, Duty.ASSIGN_NEEDS):
        return None
    mine, asked = list(queries.with_us(actor)[:SHOWN]), list(queries.for_lead(actor, day)[:SHOWN])
    queries.marked(mine, asked)
    return {"mine": mine, "asked": asked, "day": day} if mine or asked else None
