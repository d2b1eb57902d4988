"""Admit or decline, and look again when the household asks."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.policy.triage import step_days
from wanjia.verdict import Refused

from ..commands import advance, end_holding, hand_over, start_step
from ..queries import triage_desk
from ..states import DeclineGround, Reasonable, Way
from ..subjects import NEEDS
from . import pages, rules


@act(
    NEEDS, "screen", call="admit", words=_("判定是否合理"), done=_("已受理,转入研判。"), duty=Duty.SCREEN_NEEDS, may=rules.can_screen, rank=10,
    template="casework/screening/screen.html", more=pages.how_many_wait, then=pages.onward, lines={"need.admit": _("受理诉求")},
)  # fmt: skip
def admit_need(
    need, *, by, at,
    reasonable: Annotated[Reasonable, Asked(_("判定"), but=(Reasonable.NO,))] = Reasonable.YES,
    decision_reason: Annotated[str, Asked(_("说明"), _("部分合理的,写明哪些支持、哪些不支持。"), rows=2, most=300)] = "",
):  # fmt: skip
    """Take a need up as reasonable, wholly or partly (受理); a partly reasonable one needs its reason."""
    if reasonable == Reasonable.NO:
        raise Refused(_("判定为不合理时请用“不予受理”,并写明理由。"))
    if reasonable == Reasonable.PARTLY and not decision_reason.strip():
        raise Refused(_("部分合理的,请写明哪些支持、哪些不支持。"))
    need.reasonable, need.decision_reason = Reasonable(reasonable), decision_reason.strip()
    start_step(need, "triage", at)
    advance(need, "admit", by=by, at=at, words=need.decision_reason)
    return need


@act(
    NEEDS, "decline", words=_("不予受理"), done=_("已记为不予受理,仍计入台账;诉求人可以申请复核。"), duty=Duty.SCREEN_NEEDS, may=rules.can_screen,
    then=pages.onward, button=False,
)  # fmt: skip
def decline_need(
    need, *, by, at,
    decline_ground: Annotated[DeclineGround, Asked(_("依据"), select=True, none=_("请选择"))],
    decision_reason: Annotated[str, Asked(
        _("告诉诉求人的理由"), _("诉求人会看到这句话,请用大白话写清楚为什么、可以找谁。"), rows=3, most=300,
    )],
    told_on: Annotated[date, Asked(_("告知日期"), initial=lambda _need, _actor, day: day)],
    told_way: Annotated[Way, Asked(_("告知方式"), but=(Way.SLIP,))],
):  # fmt: skip
    """Decline a need (不予受理): with its ground, a reason in plain words, and the day and way the person was told.

    Source: 社会救助法 (2026) art. 45: a refusal is given in writing with its reasons. The need stays counted.
    """
    if len(decision_reason.strip()) < 5:
        raise Refused(_("请把理由写清楚(至少 5 个字),诉求人会看到这句话。"))
    if told_on is None or told_on > today(at) or told_on < need.recorded_on:
        raise Refused(_("请填写告知诉求人的日期:不早于登记日,不晚于今天。"))
    need.reasonable, need.decline_ground = Reasonable.NO, DeclineGround(decline_ground)
    need.decision_reason, need.told_on, need.told_way = decision_reason.strip(), told_on, told_way
    need.ended_at, need.withdrawal_asked_at = at, None
    end_holding(need, at=at)
    advance(need, "decline", by=by, at=at, words=need.decision_reason)
    return need


@act(
    NEEDS, "appeal", words=_("申请复核"), done=_("已重新进入判定,编号不变。"), duty=Duty.RECORD_NEEDS, may=rules.can_appeal, aside=True, rank=90,
)  # fmt: skip
def appeal_decision(need, *, by, at, words: Annotated[str, Asked(_("诉求人申请复核的理由"), rows=3)]):
    """Look again at a declined need because the household asks (申请复核): same number, back on the desk.

    By a slip that another unit printed the household opens a new promise. Written down by staff, or by a slip whose code the
    desk itself knows, what was left of the old one when it was declined goes on (`rules.day_left`): else whoever declines and
    asks again in turn would never be late.
    """
    if not words.strip():
        raise Refused(_("请写明诉求人申请复核的理由。"))
    anew = by.id is None and rules.opens_anew(need)
    hand_over(need, triage_desk(need.village, today(at)), by=by, at=at)
    calendar, day = WorkingCalendar.load(), today(at)
    need.due_on = calendar.add(day, step_days("reply")).on if anew else rules.day_left(need, day, calendar)
    need.reasonable, need.ended_at, need.due_days = "", None, None
    start_step(need, "screen", at)
    advance(need, "appeal", by=by, at=at, words=words)
    return need
