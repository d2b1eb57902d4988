"""What a code opens: a labourer, what is proposed to him by the versions that stand, his seat."""

from wanjia.doors.words import said
from wanjia.orgs.models import Organisation
from wanjia.policy.labour import trades

from ..departure_states import OFF, Listed, TripState
from ..matching import queries as matching
from ..matching.rules import standing_plans
from ..models import Seat, WorkSlip, WorkSlipMiss
from ..states import Care

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no letter or digit that two people read differently
LENGTH = 8  # half a million slips live at once in a drive: of six characters one try in 1,500 would meet somebody's, of eight one in a million and a half


def canonical(code):
    """Return the code as it is kept: upper case, without blanks and dashes."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def worker_of(code):
    """Return the labourer whose live slip bears a code, or None; nobody's who left the roll."""
    field = WorkSlip._meta.get_field("code_index")
    found = WorkSlip.objects.filter(code_index__in=field.look_for(canonical(code)), ended_at=None, worker__left_on=None)
    slip = found.select_related("worker__person", "worker__village__parent").first()
    return slip and slip.worker


def proposals(worker):
    """Return what the versions that stand propose to a labourer, the newest drive first; those without a vacancy too: he may ask why."""
    return matching.of_worker(worker, standing_plans())


def wishes(worker):
    """Return in plain words what he said that he wants: the comparison went by this and his age."""
    known = trades()
    named = {"place": worker.get_wants_place_display() if worker.wants_place else "", "care": worker.get_care_display() if worker.care != Care.NONE else ""}
    return named | {"trade": said(known[worker.wants_trade]) if worker.wants_trade in known else "", "pay": worker.wants_pay, "together": worker.together}


def seat_of(worker):
    """Return the seat of a trip that was released and not yet handed over, or None."""
    rows = Seat.objects.filter(departure__worker=worker, departure__state=Listed.LISTED, trip__state__in=(TripState.RELEASED, TripState.LEFT)).exclude(state__in=OFF)
    return rows.select_related("trip", "pick_up", "drop", "departure").order_by("trip__leave_at").first()


def telephone(worker):
    """Return (unit, telephone) of whom to call: the village's own unit, else its township's; None where neither has one."""
    codes = [worker.village_id, worker.village.parent_id]
    found = {one.area_id: one for one in Organisation.objects.filter(area__in=codes, to_on=None).exclude(phone="").order_by("-name")}
    unit = next((found[code] for code in codes if code in found), None)
    return unit and (unit.name, unit.phone)


def old_misses(before):
    """Return the codes that somebody mistyped long ago."""
    return WorkSlipMiss.objects.filter(at__lt=before)
