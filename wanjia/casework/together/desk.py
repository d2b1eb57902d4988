"""What the desk shows of helpers: what others ask of us, what we as leads must look after."""

from wanjia.casework.duties import Duty
from wanjia.doors.listing import Asked, block_of
from wanjia.orgs.asked_by import AskedBy

from . import queries

SHOWN = 8
WITH_US = AskedBy(lambda actor: queries.with_us(actor)[: SHOWN + 1])
FOR_LEAD = AskedBy(lambda actor, day: queries.for_lead(actor, day)[: SHOWN + 1])


def on_desk(request, _about):
    """Return {"mine", "asked", "day"}; None where there is neither."""
    actor, day = request.user, request.day
    if not actor.has_duty(Duty.HANDLE_NEEDS, Duty.ACCEPT_NEEDS, Duty.ASSIGN_NEEDS):
        return None
    mine = block_of(request, Asked(lambda: WITH_US(actor), lambda: queries.with_us(actor)), SHOWN, word="helping")
    asked = block_of(request, Asked(lambda: FOR_LEAD(actor, day=day), lambda: queries.for_lead(actor, day)), SHOWN, word="helped")
    return {"mine": mine, "asked": asked, "day": day} if mine.object_list or asked.object_list else None
