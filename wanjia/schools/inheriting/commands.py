"""Hand hazards, rounds and notices over, within the act that ends a unit. States and days stay as they are."""

from wanjia.kernel import journal

from ..inspection_states import OPEN, UNDER_WAY, HazardState
from ..models import Hazard, InspectionRound, SafetyNotice, TeamUnit
from ..notice_states import NoticeState
from . import rules


def take_hazards(takers, leaving, *, why, by, at):
    """Hand open hazards to the unit that answers for them from now on, and what was handed to the unit and not taken yet."""
    rows = Hazard.objects.select_for_update(of=("self",), no_key=True).select_related("inspection__stop__venue").filter(pk__in=takers)
    for one in rows.order_by("pk"):
        unit, field = takers[one.pk].unit, "owner" if one.state in OPEN else "handed_to"
        if getattr(one, f"{field}_id") != leaving.unit.pk or (field == "handed_to" and (one.state != HazardState.TRANSFERRED or one.received_at)):
            continue  # over, or elsewhere, since it was counted
        rules.can_own(one, unit, leaving.day).or_raise()
        Hazard.objects.filter(pk=one.pk).update(**{field: unit}, version=one.version + 1)
        journal.record(act="hazard.take_over", subject=one, by=by, at=at, area_code=one.inspection.stop.venue.area_id, reason=why, was=str(leaving.unit.pk), unit=str(unit.pk))


def take_rounds(takers, leaving, *, why, by, at):
    """Hand rounds to the unit that leads them from now on, or sends its people in place of the other's."""
    for one in InspectionRound.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=takers, state__in=UNDER_WAY).order_by("pk"):
        unit = takers[one.pk].unit
        if one.lead_id == leaving.unit.pk:
            rules.can_lead(one.area_id, unit, leaving.day).or_raise()
            InspectionRound.objects.filter(pk=one.pk).update(lead=unit, version=one.version + 1)
        if TeamUnit.objects.filter(team__round=one, unit=leaving.unit).exists():
            rules.can_send(one.area_id, unit, leaving.day).or_raise()
        _send(one, leaving.unit, unit)
        journal.record(act="inspection_round.take_over", subject=one, by=by, at=at, area_code=one.area_id, reason=why, was=str(leaving.unit.pk), unit=str(unit.pk))


def _send(one, gone, unit):
    """Put a unit where the other stood in the teams of a round; where both did, their people are put together."""
    for row in TeamUnit.objects.filter(team__round=one, unit=gone).select_related("team"):
        there = TeamUnit.objects.filter(team=row.team, unit=unit).first()
        if there is None:
            TeamUnit.objects.filter(pk=row.pk).update(unit=unit)
            continue
        TeamUnit.objects.filter(pk=there.pk).update(people=there.people + row.people, licensed=there.licensed + row.licensed)
        row.delete()


def take_notices(takers, leaving, *, why, by, at):
    """Hand notices to the unit that answers for them from now on: it serves them, and may lift them. What was issued keeps its number and the name on its paper."""
    for one in SafetyNotice.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=takers).order_by("pk"):
        unit = takers[one.pk].unit
        if one.answers_id != leaving.unit.pk or one.state not in (NoticeState.DRAFT, NoticeState.ISSUED):
            continue  # over, or elsewhere, since it was counted
        rules.can_lead(one.area_id, unit, leaving.day).or_raise()
        SafetyNotice.objects.filter(pk=one.pk).update(**{"issuer" if one.state == NoticeState.DRAFT else "heir": unit}, version=one.version + 1)
        journal.record(act="safety_notice.take_over", subject=one, by=by, at=at, area_code=one.area_id, reason=why, was=str(leaving.unit.pk), unit=str(unit.pk))
