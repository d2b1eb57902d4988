"""What a person or a unit holds of needs, parts and sessions, and what of it lies adrift."""

from django.db.models import Exists, OuterRef, Q

from wanjia.casework.duties import Duty
from wanjia.orgs.carried import DUTIES, roles_with
from wanjia.orgs.handing.queries import standing_posts

from ..models import Need, Session, SubTask
from ..states import IN_HANDS, OPEN, STILL, WITH_HELPER, SessionState

HANDLING, MOVING = roles_with(Duty.HANDLE_NEEDS), roles_with(Duty.ACCEPT_NEEDS, Duty.ASSIGN_NEEDS)
NONE = Q(pk__in=[])
UNSIGNED = (SessionState.CALLED, SessionState.HELD)


def needs_held(leaving):
    """Return the open needs that somebody answers for by what he leaves, or a unit owns; whoever was the last to move a unit's needs leaves all of them."""
    rows, unit, person = Need.objects.filter(state__in=OPEN, holder=leaving.unit), leaving.unit, leaving.person
    if person is None:
        return rows
    stays = any(post.role in HANDLING for post in leaving.left if post.organisation_id == unit.pk)
    return rows.filter(_is_last(leaving, MOVING) | (NONE if stays else Q(handler=person)))


def _is_last(leaving, roles):
    """Return the Q of whether nobody of the unit has one of these roles any more once this person leaves, who had one."""
    stays = any(post.role in roles for post in leaving.left if post.organisation_id == leaving.unit.pk)
    if stays or not any(post.role in roles for post in leaving.gone):
        return NONE
    return ~Exists(standing_posts(leaving.day).filter(organisation=leaving.unit, role__in=roles).exclude(user=leaving.person))


def needs_adrift(day):
    """Return {(handler or None, unit)}: the handler has no post there by which he may handle, the unit has ended, or nobody of it can sign."""
    rows = Need.objects.filter(state__in=OPEN).order_by()
    mine = standing_posts(day).filter(user=OuterRef("handler"), organisation=OuterRef("holder"), role__in=HANDLING)
    people = rows.filter(handler__isnull=False).exclude(Exists(mine)).values_list("handler", "holder").distinct()
    signing = standing_posts(day).filter(role__in=roles_with(Duty.ACCEPT_NEEDS)).values("organisation")
    whole = rows.filter(Q(holder__to_on__lte=day) | Q(state__in=IN_HANDS) & ~Q(holder__in=signing)).values_list("holder", flat=True).distinct()
    return {*people, *((None, unit) for unit in whole)}


def tasks_held(leaving):
    """Return the parts that a unit still has to do; a person leaves them where he was the last who could take them on."""
    if leaving.person is None:
        return SubTask.objects.filter(unit=leaving.unit, state__in=STILL)
    return SubTask.objects.filter(_is_last(leaving, roles_with(Duty.ACCEPT_NEEDS)), unit=leaving.unit, state__in=WITH_HELPER)


def tasks_adrift(day):
    """Return {(None, unit)} of the parts of units that have ended."""
    return {(None, unit) for unit in SubTask.objects.filter(state__in=STILL, unit__to_on__lte=day).order_by().values_list("unit", flat=True)}


def sessions_held(leaving):
    """Return the sessions whose minutes are not signed: called by the person, or at the unit's desk or with a seat for it."""
    rows = Session.objects.filter(state__in=UNSIGNED)
    if leaving.person is None:
        return rows.filter(Q(called_org=leaving.unit) | Q(state=SessionState.CALLED, seats__organisation=leaving.unit)).distinct()
    if any(Duty.HOLD_SESSIONS in DUTIES[post.role] for post in leaving.left):
        return rows.none()
    return rows.filter(called_by=leaving.person, called_org=leaving.unit)


def sessions_adrift(day):
    """Return {(caller or None, unit)}: the caller holds no sessions any more, or the desk has ended."""
    rows = Session.objects.filter(state__in=UNSIGNED, called_org__isnull=False).order_by()
    mine = standing_posts(day).filter(user=OuterRef("called_by"), role__in=roles_with(Duty.HOLD_SESSIONS))
    people = rows.exclude(Exists(mine)).values_list("called_by", "called_org").distinct()
    return {*people, *((None, unit) for unit in rows.filter(called_org__to_on__lte=day).values_list("called_org", flat=True))}
