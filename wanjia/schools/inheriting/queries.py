"""What a unit holds of hazards, rounds and notices, and what of it lies adrift. A person holds none of them: they are a unit's."""

from django.db.models import Q

from ..inspection_states import OPEN, UNDER_WAY, HazardState
from ..models import Hazard, InspectionRound, SafetyNotice, TeamUnit
from ..notice_states import NoticeState
from ..notices.rules import of_units

WAITS = Q(state=HazardState.TRANSFERRED, received_at=None)  # handed on, and nobody there said that they have it


def hazards_held(leaving):
    """Return the hazards that a unit answers for, and those that were handed to it and that it has not taken yet."""
    unit = leaving.unit
    return Hazard.objects.none() if leaving.person is not None else Hazard.objects.filter(Q(state__in=OPEN, owner=unit) | WAITS & Q(handed_to=unit))


def hazards_adrift(day):
    """Return {(None, unit)} of the hazards whose unit has ended."""
    owned = Hazard.objects.filter(state__in=OPEN, owner__to_on__lte=day).order_by().values_list("owner", flat=True)
    handed = Hazard.objects.filter(WAITS, handed_to__to_on__lte=day).order_by().values_list("handed_to", flat=True)
    return {(None, unit) for unit in {*owned, *handed}}


def rounds_held(leaving):
    """Return the rounds that are not over and that a unit leads, or sends people to."""
    sends = TeamUnit.objects.filter(unit=leaving.unit).values("team__round")
    return InspectionRound.objects.none() if leaving.person is not None else InspectionRound.objects.filter(Q(lead=leaving.unit) | Q(pk__in=sends), state__in=UNDER_WAY)


def rounds_adrift(day):
    """Return {(None, unit)} of the rounds whose lead unit has ended, or one that sends people."""
    led = InspectionRound.objects.filter(state__in=UNDER_WAY, lead__to_on__lte=day).order_by().values_list("lead", flat=True)
    sent = TeamUnit.objects.filter(team__round__state__in=UNDER_WAY, unit__to_on__lte=day).order_by().values_list("unit", flat=True)
    return {(None, unit) for unit in {*led, *sent}}


def _not_over(day):
    return Q(state=NoticeState.DRAFT) | Q(state=NoticeState.ISSUED, until_on__gte=day)


def notices_held(leaving):
    """Return the notices that a unit wrote, or answers for and that are not over."""
    return SafetyNotice.objects.none() if leaving.person is not None else SafetyNotice.objects.filter(_not_over(leaving.day), of_units([leaving.unit.pk]))


def notices_adrift(day):
    """Return {(None, unit)} of the notices whose unit has ended and that are not over."""
    gone = Q(heir__to_on__lte=day) | Q(heir=None, issuer__to_on__lte=day)
    return {(None, heir or issuer) for heir, issuer in SafetyNotice.objects.filter(_not_over(day), gone).order_by().values_list("heir", "issuer")}
