"""Who may call a session, decide on its items, end it, call it off, sign its minutes; until when an item may be put off."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import CHINA, WorkingCalendar, today
from wanjia.orgs import scope
from wanjia.orgs.models import Level, Tier
from wanjia.policy.triage import rules as limits
from wanjia.verdict import Conflict, first_refusal

from ..queries import is_decidable, open_agenda
from ..rules import raised_refusal, state_refusal
from ..states import SESSION, ItemState, SessionState

UNSIGNED = (SessionState.CALLED, SessionState.HELD)


def can_call(actor):
    """Decide whether the actor may call a session."""
    return first_refusal((actor.has_duty(Duty.HOLD_SESSIONS), _("您的岗位没有召集会商的权限。")))


def covers_area(actor, area):
    """Decide whether the actor may call a session for this area."""
    return first_refusal((scope.covers(actor, area.code, duty=Duty.HOLD_SESSIONS), _("只能召集本辖区的会商。")))


def can_keep(actor, session):
    """Decide whether the actor may keep the record of this session: while it is called."""
    return first_refusal(
        (actor.has_duty(Duty.HOLD_SESSIONS), _("您的岗位没有召集会商的权限。")),
        (scope.covers(actor, session.area_id, duty=Duty.HOLD_SESSIONS), _("这次会商不在您的辖区。")),
        (session.state == SessionState.CALLED, _("这次会商现在是“%(state)s”,不能再改。") % {"state": session.get_state_display()}),
    )


def settled(_actor, item, *, at):
    """Return the Conflict that a second hand at one item is told: who decided, and when; None while nobody has."""
    if item.state not in (ItemState.DECIDED, ItemState.PUT_OFF):
        return None
    said = item.decision
    facts = {"who": said.by.name, "when": f"{said.at.astimezone(CHINA):%Y-%m-%d %H:%M}", "state": item.get_state_display()}
    return Conflict(_("这个议题%(who)s在 %(when)s 记为“%(state)s”,您这一次没有保存。请看下一件。") % facts)


def raised_over(session, need):
    """Tell whether a need was raised over the head of a session: its tier decides no more on it (提级)."""
    return need.raised_from == Tier.TOWNSHIP and session.area.level != Level.COUNTY


def can_decide(actor, item, *, at=None):
    """Decide whether the actor may write down what the session decides on this item, now."""
    day, kept = today(at or timezone.now()), can_keep(actor, item.session)
    return first_refusal(
        (kept, kept.reason),
        (item.session.on <= day, _("会商定在 %(day)s,到那天再议。") % {"day": item.session.on}),
        (item.state == ItemState.OPEN, _("这个议题已经是“%(state)s”。") % {"state": item.get_state_display()}),
        (is_decidable(item.need, day), state_refusal(item.need, _("不用再议,请看下一件"))),
        (not raised_over(item.session, item.need), raised_refusal(item.need)),
    )


def can_be_added(session, need, day):
    """Decide whether a need may be put on the agenda of this session by name."""
    agenda, most = need and open_agenda(need), limits()["session"]["most_items"]
    return first_refusal(
        (need is not None, _("这次会商的辖区里没有这个编号的诉求,请核对编号。")),
        (agenda is None, _("这件诉求已经列在 %(day)s 的会商上。") % {"day": agenda and agenda.session.on}),
        (need is not None and is_decidable(need, day), need and state_refusal(need, _("不用会商。主办单位办不了的,由它提请会商裁定"))),
        (need is None or not raised_over(session, need), need and raised_refusal(need)),
        (session.items.count() < most, _("一次会商最多列 %(n)s 件,请列入下一次。") % {"n": most}),
    )


def can_dissent(actor, item):
    """Decide whether another opinion may still be written beside an item: until the minutes are signed off."""
    session = item.session
    return first_refusal(
        (actor.has_duty(Duty.HOLD_SESSIONS), _("您的岗位没有召集会商的权限。")),
        (scope.covers(actor, session.area_id, duty=Duty.HOLD_SESSIONS), _("这次会商不在您的辖区。")),
        (session.state in UNSIGNED, _("这次会商现在是“%(state)s”,纪要签发以前才能补记不同意见。") % {"state": session.get_state_display()}),
        (item.state in (ItemState.OPEN, ItemState.DECIDED, ItemState.PUT_OFF), _("这个议题没有议,不记不同意见。")),
    )


def can_hold(actor, session, *, at=None):
    """Decide whether the session may end: each item is decided or put off, and each unit's coming is noted."""
    kept, day = can_keep(actor, session), today(at or timezone.now())
    if not kept:
        return kept
    waiting = [item for item in open_items(session) if is_decidable(item.need, day) and not raised_over(session, item.need)]
    return first_refusal(
        (not waiting, _("还有 %(n)s 件没有议定,不能结束:每一件都要定下主办单位和期限,或写明理由改到下次。") % {"n": len(waiting)}),
        (not session.seats.filter(noted_at=None).exists(), _("请先登记各单位谁来参会。")),
    )


def can_call_off(actor, session):
    """Decide whether the session may be called off: nothing is decided yet."""
    kept, done = can_keep(actor, session), session.items.filter(state=ItemState.DECIDED).count()
    return first_refusal(
        (kept, kept.reason),
        (not done, _("已经议定 %(n)s 件,不能取消。没有议的请写明理由改到下次,再结束会商。") % {"n": done}),
    )


def can_sign(actor, session):
    """Decide whether the actor may sign the minutes off: by the chair's duty, and never whoever kept the record."""
    return first_refusal(
        (actor.has_duty(Duty.SIGN_SESSIONS), _("您的岗位没有签发会商纪要的权限。")),
        (scope.covers(actor, session.area_id, duty=Duty.SIGN_SESSIONS), _("这次会商不在您的辖区。")),
        (SESSION.allows("sign", session.state), _("这次会商现在是“%(state)s”,结束以后才能签发纪要。") % {"state": session.get_state_display()}),
        (actor.pk not in recorders(session), _("纪要由没有记录这次会商的人签发。")),
    )


def recorders(session):
    """Return the ids of who wrote down what the session decided or who dissents, or ended it."""
    wrote = session.items.order_by().values_list("decision__by", "dissents__by")
    return {session.kept_by_id, *(person for pair in wrote for person in pair)} - {None}


def open_items(session):
    """Return the items nobody has decided on, in the order of the agenda."""
    return session.items.filter(state=ItemState.OPEN).select_related("need__holder")


def latest_day(need, day):
    """Return the last day to which an item may be put off: within a few working days, and never past the promised day while it lies ahead."""
    calendar = WorkingCalendar.load()
    if need.due_on <= day:
        return calendar.add(day, 1).on
    return min(need.due_on, calendar.add(day, limits()["session"]["put_off_days"]).on)


def can_wait_until(need, until, day):
    """Decide whether an item may be put off to this day."""
    last = latest_day(need, day)
    return first_refusal(
        (until > day, _("改到哪天,请填今天以后的日期。")),
        (until <= last, _("这件最迟只能改到 %(day)s:办理时限照旧,不因改期延长。") % {"day": last}),
    )


def is_day_ahead(on, day):
    """Decide whether a session may be called for this day."""
    return first_refusal((day <= on <= day + timedelta(days=limits()["session"]["ahead_days"]), _("会商日期请填今天到 30 天以内。")))
