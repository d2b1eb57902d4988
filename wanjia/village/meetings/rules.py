"""Who sees a meeting, who may call, open, count and close it; and why not."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import meetings as law
from wanjia.verdict import first_refusal

from ..bodies.rules import can_keep, mine
from ..duties import Duty
from ..models import Meeting, MeetingSeat
from ..states import VOTED, Counting, ItemState, MeetingState
from . import verdict

NOT_CALLED = _("这次会议已经开了、散了或者取消了。")
NOT_OPEN = _("会议没有在开。先“开会”,散会以后不再改。")
SEATED = _("有成员名单的会议按名单签到。")
TOO_LATE = _("最多补记 %(n)s 天,这次会议太早了。")
TOO_SHORT = _("通知要提前 %(n)s 天,这次只提前了 %(told)s 天(%(source)s)。%(how)s")
LESS = _("已经有表决结果,到会人数不能再改少。")


def visible_meetings(actor, *, duty=Duty.SEE_VILLAGE):
    """The meetings of bodies of the villages of these posts."""
    return Meeting.objects.filter(scope.in_reach(actor, area="body__area_id", duty=duty))


def visible_roll(actor, *, duty=Duty.SEE_VILLAGE):
    """The rolls of these, seat by seat."""
    return MeetingSeat.objects.filter(scope.in_reach(actor, area="meeting__body__area_id", duty=duty))


def can_call(actor, body):
    """May the actor call this body together."""
    return can_keep(actor, body)


def is_told_in_time(rule, told_on, day, urgent):
    """Decide whether a notice was early enough: by the rule's days, or later with a reason where the rule allows that."""
    told = (day - told_on).days
    how = _("确有紧急情况的,写明原因。") if rule.urgent else _("这种会议不能缩短。")
    return first_refusal((told >= rule.notice_days or (rule.urgent and len(urgent) >= 4), TOO_SHORT % {"n": rule.notice_days, "told": told, "source": rule.source, "how": how}))


def is_recent(day, at):
    """Decide whether what was on a day may still be written down."""
    n = law.publication(today(at)).back_days
    return first_refusal((today(at) - day <= timedelta(days=n), TOO_LATE % {"n": n}))


def _called(actor, meeting):
    return *mine(actor, meeting.body.area_id), (meeting.state == MeetingState.CALLED, NOT_CALLED)


def can_cancel(actor, meeting):
    """May the actor cancel a meeting that was not opened."""
    return first_refusal(*_called(actor, meeting))


def can_open(actor, meeting, at):
    """May the actor open a meeting: on its day, or so many days later where it was kept on paper."""
    n = law.publication(today(at)).back_days
    return first_refusal(
        *_called(actor, meeting), (meeting.day <= today(at), _("还没到开会的日子。")), (today(at) - meeting.day <= timedelta(days=n), TOO_LATE % {"n": n}),
    )  # fmt: skip


def _open(actor, meeting):
    return *mine(actor, meeting.body.area_id), (meeting.state == MeetingState.OPENED, NOT_OPEN)


def can_mark(actor, row):
    """May the actor say who came, while the meeting is open."""
    return first_refusal(*_open(actor, row.meeting))


def can_mark_all(actor, meeting):
    """May the actor say of all who are still unmarked that they came: while the meeting is open and nothing was decided; after that each by itself."""
    seated = meeting.counting == Counting.SEATS
    return first_refusal(*_open(actor, meeting), (seated, _("没有成员名单的会议,登记签到册。")), (not has_voted(meeting), _("已经有表决结果,后来的一个一个签到。")))


def can_count(actor, meeting):
    """May the actor say how many signed the roll, while an assembly is open."""
    return first_refusal(*_open(actor, meeting), (meeting.counting != Counting.SEATS, SEATED))


def has_voted(meeting):
    """Tell whether something was decided here already."""
    return meeting.items.filter(state__in=VOTED).exists()


def can_fail(actor, meeting):
    """May the actor let a meeting go home: too few came, and nothing was decided."""
    found = verdict.standing(meeting)
    return first_refusal(*_open(actor, meeting), (not (found and found.valid), _("人数已经够了,按“散会”办理。")), (not has_voted(meeting), LESS))


def can_close(actor, meeting):
    """May the actor close a meeting: enough came, and each item of its agenda has its conclusion."""
    left = meeting.items.filter(state=ItemState.ON_AGENDA).count()
    enough = verdict.may_decide(meeting) if meeting.state == MeetingState.OPENED else None
    return first_refusal(*_open(actor, meeting), (enough, enough.reason if enough is not None else NOT_OPEN), (not left, _("还有 %(n)s 项议题没有结论。没议到的选“暂缓”。") % {"n": left}))


def can_sign(actor, meeting, at):
    """May the actor sign the minutes as the second person: by another hand than kept them, or wrote down what was decided."""
    hands = {meeting.recorder_id, meeting.closed_by_id, *meeting.items.values_list("decided_by_id", flat=True)}
    return first_refusal(
        *mine(actor, meeting.body.area_id), (meeting.state == MeetingState.CLOSED, _("散会以后才能核对签字。")), (meeting.signed_at is None, _("会议记录已经签过字。")),
        (actor.id not in hands, _("记录的人不能自己核对签字,请另一个到会的人。")), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON),
    )  # fmt: skip
