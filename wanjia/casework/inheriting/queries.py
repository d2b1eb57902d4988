"""What a person or a unit holds of needs, parts and sessions, and what of it lies adrift."""

from django.db.models import Exists, OuterRef, Q

from wanjia.casework.duties import Duty
from wanjia.orgs.carried import DUTIES, roles_with
from wanjia.orgs.handing.queries import standing_posts

from ..models import Need, Session, SubTask
from ..states import IN_HANDS, OPEN, STILL, WITH_HELPER, SessionState

HANDLING, MOVING = roles_with(Duty.HANDLE_NEEDS), roles_with(Duty.ACCEPT_NEEDS, Duty.ASSIGN_NEEDS)
UNSIGNED = (SessionState.CALLED, SessionState.HELD)


def needs_held(leaving):
    """Return {id: village} of the open needs that somebody answers for by what he leaves, or a unit owns; whoever was the last to move a unit's needs leaves all of them."""
    rows, unit, person = Need.objects.filter(state__in=OPEN, holder=leaving.unit), leaving.unit, leaving.person
    if person is not None and not _is_last(leaving, MOVING):
        stays = any(post.role in HANDLING for post in leaving.left if post.organisation_id == unit.pk)
        rows = rows.none() if stays else rows.filter(handler=person)
    return dict(rows.values_list("pk", "village_id"))


def _is_last(leaving, roles):
    """Tell whether nobody of the unit has one of these roles any more once this person leaves, who had one."""
    if not any(post.role in roles for post in leaving.gone):
        return False
    stays = any(post.role in roles for post in leaving.left if post.organisation_id == leaving.unit.pk)
    return not stays and not standing_posts(leaving.day).filter(organisation=leaving.unit, role__in=roles).exclude(user=leaving.person).exists()


def needs_adrift(day):
    """Return {(handler or None, unit)}: the handler has no post there by which he may handle, the unit has ended, or nobody of it can sign."""
    rows = Need.objects.filter(state__in=OPEN).order_by()
    mine = standing_posts(day).filter(user=OuterRef("handler"), organisation=OuterRef("holder"), role__in=HANDLING)
    people = rows.filter(handler__isnull=False).exclude(Exists(mine)).values_list("handler", "holder").distinct()
    signing = standing_posts(day).filter(role__in=roles_with(Duty.ACCEPT_NEEDS)).values("organisation")
    whole = rows.filter(Q(holder__to_on__lte=day) | Q(state__in=IN_HANDS) & ~Q(holder__in=signing)).values_list("holder", flat=True).distinct()
    return {*people, *((None, unit) for unit in whole)}


def tasks_held(leaving):
    """Return {id: village} of the parts that a unit still has to do; a person leaves them where he was the last who could take them on."""
    if leaving.person is not None and not _is_last(leaving, roles_with(Duty.ACCEPT_NEEDS)):
        return {}
    states = STILL if leaving.person is None else WITH_HELPER
    return dict(SubTask.objects.filter(unit=leaving.unit, state__in=states).values_list("pk", "need__village_id"))


def tasks_adrift(day):
    """Return {(None, unit)} of the parts of units that have ended."""
    return {(None, unit) for unit in SubTask.objects.filter(state__in=STILL, unit__to_on__lte=day).order_by().values_list("unit", flat=True)}


def sessions_held(leaving):
    """Return {id: area} of the sessions whose minutes are not signed: called by the person, or at the unit's desk or with a seat for it."""
    rows = Session.objects.filter(state__in=UNSIGNED)
    if leaving.person is None:
        rows = rows.filter(Q(called_org=leaving.unit) | Q(state=SessionState.CALLED, seats__organisation=leaving.unit)).distinct()
    elif any(Duty.HOLD_SESSIONS in DUTIES[post.role] for post in leaving.left):
        return {}
    else:
        rows = rows.filter(called_by=leaving.person, called_org=leaving.unit)
    return dict(rows.values_list("pk", "area_id"))


def sessions_adrift(day):
    """Return {(caller or None, unit)}: the caller holds no sessions any more, or the desk has ended."""
    rows = Session.objects.filter(state__in=UNSIGNED, called_org__isnull=False).order_by()
    mine = standing_posts(day).filter(user=OuterRef("called_by"), role__in=roles_with(Duty.HOLD_SESSIONS))
    people = rows.exclude(Exists(mine)).values_list("called_by", "called_org").distinct()
    return {*people, *((None, unit) for unit in rows.filter(called_org__to_on__lte=day).values_list("called_org", flat=True))}
