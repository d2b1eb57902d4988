"""Who keeps which class, who may put a child on its roll, hand a child over, close an afternoon; and why not."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.orgs import scope
from wanjia.orgs.roles import Role
from wanjia.policy import care_day
from wanjia.verdict import first_refusal

from ..children.rules import sees_child
from ..class_states import ENROLMENT, OPEN_HERE, SESSION, UNHELD, ClassKind, Enrolled, Here, SessionState
from ..duties import Duty
from ..helpers.rules import clear_on, may_be_near_children
from ..models import CareClass, Collector, Enrolment, Helper, Presence, Session

HOLDS = (Duty.KEEP_CLASSES, Duty.ACCOMPANY)  # who calls a roll: whoever keeps classes there, and the class's own leader, as long as he may be near children
NO_DUTY = _("您的岗位没有办课堂的权限。")
ELSEWHERE = _("这个课堂不由您管。")
OVER = _("今天的课已经下课。")


def visible_classes(actor, *, duty=HOLDS):
    """Classes that the actor keeps: of the area of a post that keeps classes, of the own school for a school's post; and those the actor leads."""
    within = Q(pk__in=[])
    for post in scope.posts(actor, duty=Duty.KEEP_CLASSES):
        reach = scope.reach_of(post)
        here = Q(area_id__gte=reach.first, area_id__lt=reach.end)
        within |= here & Q(unit=post.organisation_id) if post.role == Role.SCHOOL_WORKER else here
    asked = duty if isinstance(duty, tuple) else (duty,)
    if Duty.ACCOMPANY in asked and scope.handles_content(actor, duty=Duty.ACCOMPANY):
        within |= Q(leader__user=actor.id, leader__in=Helper.objects.filter(clear_on(today(timezone.now()))))
    return CareClass.objects.filter(within)


def visible_enrolments(actor, *, duty=HOLDS):
    """The rolls of these classes."""
    return Enrolment.objects.filter(care_class__in=visible_classes(actor, duty=duty))


def visible_collectors(actor, *, duty=HOLDS):
    """The adults listed for children of these rolls."""
    rolls = visible_enrolments(actor, duty=duty).exclude(state=Enrolled.OUT)
    return Collector.objects.filter(child__in=rolls.values("child"))


def visible_sessions(actor, *, duty=HOLDS):
    """The sessions of these classes."""
    return Session.objects.filter(care_class__in=visible_classes(actor, duty=duty))


def visible_presences(actor, *, duty=HOLDS):
    """The children of these sessions."""
    return Presence.objects.filter(session__care_class__in=visible_classes(actor, duty=duty))


def keeps(actor, _row=None):
    """May the actor open classes at all; where, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_CLASSES), NO_DUTY))


def _holds(actor, care_class, duty=HOLDS):
    return (
        (actor.has_duty(*duty), NO_DUTY),
        (visible_classes(actor, duty=duty).filter(pk=care_class.pk).exists(), ELSEWHERE),
    )


def can_change(actor, care_class):
    """May the actor change the class: its leader, seats, last day."""
    return first_refusal(*_holds(actor, care_class, (Duty.KEEP_CLASSES,)))


def can_enrol(actor, care_class, at):
    """May the actor put a child on the roll (报名): of a class that is not over."""
    return first_refusal(*_holds(actor, care_class, (Duty.KEEP_CLASSES,)), (today(at) < care_class.until_on, _("这个课堂已经结束。")))


def can_sign(actor, child, at):
    """May the actor put this child on the roll of a class that it keeps; of which, the act judges."""
    day = today(at)
    return first_refusal(
        (actor.has_duty(Duty.KEEP_CLASSES), NO_DUTY),
        (sees_child(actor, child.pk, day, duty=Duty.KEEP_CLASSES), _("这个孩子不在您管的名单里。")),
        (visible_classes(actor, duty=(Duty.KEEP_CLASSES,)).filter(until_on__gt=day).exists(), _("您这里没有在办的课堂,先开课堂再报名。")),
    )


def can_leave(actor, enrolment):
    """May the actor take a child off the roll."""
    return first_refusal(
        *_holds(actor, enrolment.care_class, (Duty.KEEP_CLASSES,)),
        (ENROLMENT.allows("leave", enrolment.state), _("这个孩子已经退出。")),
    )


def can_list(actor, enrolment):
    """May the actor list an adult who fetches this child."""
    return first_refusal(
        *_holds(actor, enrolment.care_class, (Duty.KEEP_CLASSES,)),
        (enrolment.state != Enrolled.OUT, _("这个孩子已经退出。")),
    )


def _sees(actor, collector):
    return (
        (actor.has_duty(Duty.KEEP_CLASSES), NO_DUTY),
        (visible_collectors(actor, duty=Duty.KEEP_CLASSES).filter(pk=collector.pk).exists(), ELSEWHERE),
    )


def can_confirm(actor, collector):
    """May the actor confirm a listed adult with the guardian: somebody else than who listed; nobody lets a stranger in alone."""
    return first_refusal(
        *_sees(actor, collector),
        (collector.to_on is None, _("这位接送人已经取消。")),
        (collector.confirmed_at is None, _("已经核实过。")),
        (collector.listed_by_id != actor.id, _("谁登记的接送人,要另一个人向监护人核实。")),
    )


def can_drop(actor, collector):
    """May the actor strike an adult off the list; at once, whoever says so."""
    return first_refusal(*_sees(actor, collector), (collector.to_on is None, _("这位接送人已经取消。")))


def bells_on(classes, day):
    """Return {key of a class: whose weekday's bells ring there on `day` – 1 is Monday, 0 a day that makes up for another, None no school}.

    By the year of the school whose site it is, where an app that keeps schools says so; elsewhere by the calendar of working days.
    """
    told, calendar = {}, WorkingCalendar.load()
    for days in gather("SCHOOL_DAYS"):
        told |= days([(one.pk, one.unit_id, one.area_id, one.place) for one in classes], day)
    plain = (day.isoweekday() if day.weekday() < 5 else 0) if calendar.works(day) else None
    return {one.pk: told.get(one.pk, plain) for one in classes}


def held_on(care_class, day, bells):
    """Decide whether the class is held on `day`: in its time; an afternoon's on school days whose bells are those of its weekdays, a weekend's on its weekdays without school.

    bells: of this class, as bells_on says.
    """
    within = care_class.from_on <= day < care_class.until_on
    if care_class.kind == ClassKind.AFTERNOON:
        fits = bells == 0 or str(bells) in care_class.weekdays
    else:
        fits = bells is None and str(day.isoweekday()) in care_class.weekdays
    return first_refusal((within, _("这个课堂今天不在开课日期里。")), (fits, _("今天不是这个课堂上课的日子。")))


def can_open(actor, care_class, at):
    """May the actor open today's session: on a day on which it is held, once, by a leader who is clear."""
    day = today(at)
    held, clear = held_on(care_class, day, bells_on([care_class], day)[care_class.pk]), may_be_near_children(care_class.leader, day)
    return first_refusal(
        *_holds(actor, care_class), (held, held.reason),
        (not Session.objects.filter(care_class=care_class, day=day).exclude(state__in=UNHELD).exists(), _("今天的课已经开始点名。")),
        (clear, clear.reason),
    )


def can_see_roll(actor, session):
    """May the actor read the names of a session's roll."""
    return first_refusal(*_holds(actor, session.care_class))


def _now(actor, presence):
    session = presence.session
    return (*_holds(actor, session.care_class), (session.state == SessionState.OPEN, OVER))


def can_mark(actor, presence):
    """May the actor call the roll of one child, while the session is open and the child was not fetched."""
    return first_refusal(*_now(actor, presence), (presence.state != Here.FETCHED, _("孩子已经接走。")))


def can_hand_over(actor, presence):
    """May the actor hand this child over: a child who is there."""
    return first_refusal(*_now(actor, presence), (presence.state == Here.PRESENT, _("到了的孩子才能接走。")))


def may_fetch(collector, child, day):
    """Decide whether this adult may fetch this child on `day`: on the child's list, confirmed, not struck off."""
    return first_refusal(
        (collector is not None and collector.child_id == child.pk, _("接送码不对,或者这个人不在孩子的接送名单上。不要把孩子交给他,先给监护人打电话。")),
        (collector is not None and collector.confirmed_at is not None, _("这位接送人还没有向监护人核实,今天不能接。")),
        (collector is not None and collector.from_on <= day and (collector.to_on is None or day < collector.to_on), _("这位接送人已经取消,不能接。")),
    )


def can_close(actor, session):
    """May the actor end a session: nobody is still expected, looked for, or there."""
    left = session.roll.filter(state__in=OPEN_HERE).count()
    return first_refusal(
        *_holds(actor, session.care_class),
        (SESSION.allows("close", session.state), OVER),
        (left == 0, _("还有 %(n)s 个孩子没有接走,或者没有问清在哪里,不能下课。") % {"n": left}),
    )


def late(presence, at):
    """Tell whether a child of a session is an alarm at `at`: not there long after the beginning, or not fetched long after the end."""
    numbers, one = care_day.in_force(presence.session.day), presence.session.care_class
    if presence.state in (Here.EXPECTED, Here.MISSING):
        return at >= _moment(presence.session.day, one.starts, numbers.late_after)
    return presence.state == Here.PRESENT and at >= _moment(presence.session.day, one.ends, numbers.fetched_within)


def is_silenced(presence, at):
    """Tell whether "excused" would end a question that stands: a child who was there, who is looked for, who is late. Then somebody says whose word it is."""
    return presence.state != Here.EXPECTED or late(presence, at)


def overdue(care_class, day, at):
    """Tell whether a class held on `day` should have been opened by `at`."""
    return at >= overdue_from(care_class.starts, day)


def overdue_from(starts, day):
    """Return the moment from which the roll of a class that begins at `starts` should have been called on `day`."""
    return _moment(day, starts, care_day.in_force(day).late_after)


def _moment(day, clock, minutes):
    return timezone.make_aware(datetime.combine(day, clock), CHINA) + timedelta(minutes=minutes)
