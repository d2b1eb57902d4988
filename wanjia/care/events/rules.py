"""Who sees which events, who keeps them, who may help where minors are, and why not."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.registry.households.rules import visible_households
from wanjia.verdict import first_refusal

from ..children.queries import names_a_child
from ..children.rules import known_whole, visible_children
from ..duties import Duty
from ..event_states import EventState
from ..models import Event, EventChild, EventHome, Shift

READS = (Duty.SEE_CARE, Duty.HOLD_EVENTS, Duty.COVER_FACES)
COUNTY = 6  # digits of a county's code
NO_DUTY = _("您的岗位没有举办关爱活动的权限。")
ELSEWHERE = _("这场活动不在您的辖区。")
OVER = _("这场活动已经登记为举办或者取消,不能再改。")
CANCELLED = _("这场活动取消了。")
NOT_YET = _("活动那天到了才能登记。")


def visible_events(actor, *, duty=READS):
    """Events in the area of the posts that carry one of these duties: an event is no secret of the unit that holds it."""
    return Event.objects.filter(scope.in_reach(actor, duty=duty))


def visible_homes(actor, *, duty=Duty.HOLD_EVENTS):
    """Homes on lists of events: those the actor has to do with, at events that the actor sees."""
    return EventHome.objects.filter(event__in=visible_events(actor, duty=duty), household__in=visible_households(actor, duty=duty))


def visible_attending(actor, year, *, duty=Duty.SEE_CARE):
    """Children who came to events of a year, of those whom the actor has to do with; who grew up meanwhile was a child then, and stays on the list."""
    return EventChild.objects.filter(_whose(actor, date(year, 1, 1), duty), event__in=visible_events(actor, duty=duty))


def counted_homes(actor):
    """The rows behind a number of homes: a home is counted where it lies, whoever held the event, and so its row is opened there."""
    return EventHome.objects.filter(_lying(actor, "household__village_id") | Q(household__in=visible_households(actor, duty=READS)))


def counted_attending(actor, year):
    """The rows behind a number of children, alike."""
    return EventChild.objects.filter(_whose(actor, date(year, 1, 1), Duty.SEE_CARE))


def _whose(actor, day, duty):
    """The Q of rows of children whom the actor has to do with; of places whose every child it may see, of those too who died since or stand in another record today."""
    whole = _lying(actor, "child__village_id") if duty == Duty.SEE_CARE else Q(pk__in=[])
    return whole | Q(child__in=visible_children(actor, day, duty=duty))


def _lying(actor, village):
    within = Q(pk__in=[])
    for reach in known_whole(actor):
        within |= Q(**{f"{village}__gte": reach.first, f"{village}__lt": reach.end})
    return within


def visible_shifts(actor, *, duty=Duty.HOLD_EVENTS):
    """Who helped at these events."""
    return Shift.objects.filter(event__in=visible_events(actor, duty=duty))


def keeps(actor, _row=None):
    """May the actor hold events at all; where, the act judges."""
    return first_refusal((actor.has_duty(Duty.HOLD_EVENTS), NO_DUTY))


def _mine(actor, event):
    return ((actor.has_duty(Duty.HOLD_EVENTS), NO_DUTY), (scope.covers(actor, event.area_id, duty=Duty.HOLD_EVENTS), ELSEWHERE))


def can_change(actor, event):
    """May the actor change what is planned, hold it or cancel it."""
    return first_refusal(*_mine(actor, event), (event.state == EventState.PLANNED, OVER))


def can_hold(actor, event, at):
    """May the actor enter the event as held: from its day on."""
    return first_refusal(*_mine(actor, event), (event.state == EventState.PLANNED, OVER), (event.day <= today(at), NOT_YET))


def can_arrange(actor, event):
    """May the actor arrange hosts, programme and helpers: until it is cancelled."""
    return first_refusal(*_mine(actor, event), (event.state != EventState.CANCELLED, CANCELLED))


def names_no_child(text, event):
    """Decide whether this may stand on a programme, which everybody reads who reads events, and which is printed: a class, a troupe, never a child's name."""
    return first_refusal((not names_a_child(text, event.area_id[:COUNTY], event.day), _("节目单谁都看得到:写班级、团队,不写孩子姓名。")))


def can_note(actor, event, at):
    """May the actor note who came: from the day on."""
    return first_refusal(*_mine(actor, event), (event.state != EventState.CANCELLED, CANCELLED), (event.day <= today(at), NOT_YET))


def can_receive(actor, home, at):
    """May the actor note that an invited home came."""
    return can_note(actor, home.event, at)


def can_note_hours(actor, shift, at):
    """May the actor put down somebody's hours."""
    return can_note(actor, shift.event, at)


def can_release(actor, shift):
    """May the actor take somebody off an event: while no hours stand."""
    return first_refusal(*_mine(actor, shift.event), (shift.from_at is None, _("时长已经登记,不能撤下。")))
