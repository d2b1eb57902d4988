"""What is asked of guards: those in reach, which schools and units they may be of, whose qualification ends."""

from datetime import timedelta

from django.db.models import Max, Q

from wanjia.orgs import scope
from wanjia.orgs.models import Organisation

from ..duties import Duty
from ..models import Gate, Guard, School
from ..plan_states import Party
from . import rules

SOON = 30  # days before the end of a qualification or an offer in which it is told


def schools(_row, actor, day):
    """The schools whose guards the actor keeps."""
    return School.objects.on(day).filter(scope.in_reach(actor, duty=Duty.KEEP_GUARDS, held="unit__line")).select_related("unit").order_by("area_id", "unit__name")


def units(_row, actor, day):
    """The units whose people the actor may enter as guards: of a whole area all, else the own."""
    whole = any(reach.whole for reach in scope.reaches(actor, duty=Duty.KEEP_GUARDS))
    rows = Organisation.objects.on(day).filter(scope.in_place(actor, duty=Duty.KEEP_GUARDS))
    return (rows if whole else rows.filter(pk__in=[one.pk for one in scope.units(actor, duty=Duty.KEEP_GUARDS)])).order_by("area_id", "name")


def gates_of(guard, _actor, day):
    """The gates at which a guard of a school may have his place; the police at any in reach of their base."""
    rows = Gate.objects.on(day).select_related("school__unit")
    return rows.filter(school=guard.school_id) if guard and guard.school_id else rows.none()


def listed(actor, day, party=""):
    """The guards in reach who are there on `day`; until: when what a security guard holds, or a parent offered, ends."""
    rows = rules.visible_guards(actor).on(day).select_related("school__unit", "unit", "gate")
    rows = rows.filter(party=party) if party in Party.values else rows
    return rows.annotate(
        held_until=Max("qualifications__until_on", filter=Q(qualifications__kind="licence")), offered_until=Max("consents__to_on", filter=Q(consents__withdrawn_at=None)),
    ).order_by("school__area_id", "school_id", "party", "name", "pk")


def ending(actor, day):
    """Guards in reach who cannot be drawn within a month: no licence, no offer, or one that ends."""
    soon = day + timedelta(days=SOON)
    lacking = Q(party=Party.GUARD) & (Q(held_until=None) | Q(held_until__lte=soon)) | Q(party=Party.PARENT) & (Q(offered_until=None) | Q(offered_until__lte=soon))
    return listed(actor, day).filter(lacking)


def of_schools(schools, day, end):
    """The guards who may stand at some gate of these schools between two days: based there, and the police of the units whose area they lie in."""
    keys = [one.pk for one in schools]
    stems = {one.area_id[:n].ljust(12, "0") for one in schools for n in (4, 6, 9, 12)}
    rows = Guard.objects.filter(Q(to_on=None) | Q(to_on__gt=day), from_on__lt=end)
    return rows.filter(Q(school__in=keys) | Q(party=Party.POLICE, unit__area__in=stems)).select_related("school__area", "unit__area").defer("phone").order_by("pk")
