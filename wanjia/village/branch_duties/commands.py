"""The acts of duties: opened, claimed, decided by the branch through another hand, given up, ended."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Conflict, first_refusal

from ..branch.commands import AT_A_SCREEN, KEEPS, Branch, day_of
from ..branch_states import HOLDING, HoldingState
from ..models import BranchDuty, DutyHolding, PartyMember
from . import rules
from .subjects import DUTIES, HOLDINGS

BY_CONSENT = _("本人同意,村民查“这条巷谁管”时看得到姓名;不同意只写已有人负责。")


@act(DUTIES, "duty_new", at="new", words=_("设一个岗位"), done=_("已设。"), **KEEPS, **AT_A_SCREEN, may=rules.keeps, new=True, lines={"branch_duty.open": _("设党员岗位")})
def open_duty(
    *, by, at,
    body: Branch,
    name: Annotated[str, Asked(_("岗位"), _("例如:环境卫生、矛盾调解、护学、民情代办、关爱老幼。"), least=2, most=30)],
    does: Annotated[str, Asked(_("职责"), least=4, most=120)],
    area_words: Annotated[str, Asked(_("管哪里"), _("照村里的叫法写全:哪个小组、哪条巷、哪段沟,用顿号隔开。村民按这个查。"), least=2, most=120)],
    from_on: Annotated[date, Asked(_("从哪天起"), initial=day_of)],
):  # fmt: skip
    """Open a duty in the catalogue (设岗): what it is for, and where."""
    try:
        with transaction.atomic():
            one = BranchDuty.objects.create(body=body, name=name.strip(), does=does.strip(), area_words=area_words.strip(), from_on=from_on, opened_at=at, opened_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这里已经有这个岗位。")) from None
    journal.record(act="branch_duty.open", subject=one, by=by, at=at, area_code=body.area_id)
    return one


@act(DUTIES, "duty_end", at="end", words=_("撤销岗位"), done=_("已撤销。"), **KEEPS, **AT_A_SCREEN, may=rules.can_end, aside=True, tone="danger", lines={"branch_duty.end": _("撤销党员岗位")})
def end_duty(branch_duty, *, by, at):
    """End a duty from today on."""
    BranchDuty.objects.filter(pk=branch_duty.pk).update(to_on=max(today(at), branch_duty.from_on), version=branch_duty.version + 1)
    branch_duty.refresh_from_db()
    journal.record(act="branch_duty.end", subject=branch_duty, by=by, at=at, area_code=branch_duty.body.area_id)
    return branch_duty


@act(DUTIES, "duty_claim", at="claim", words=_("登记认领"), done=_("已登记,等支部确定。"), **KEEPS, **AT_A_SCREEN, may=rules.can_claim, rank=10, lines={"duty_holding.claim": _("认领党员岗位")})
def claim_duty(
    branch_duty, *, by, at,
    member: Annotated[PartyMember, Asked(_("党员"), among=rules.members_for, named=rules.members_of)],
    named: Annotated[bool, Asked(_("同意公开姓名"), BY_CONSENT, answers=(_("同意"), _("不同意")))],
    claimed_on: Annotated[date, Asked(_("哪天认领"), initial=day_of)],
):  # fmt: skip
    """Write down that a member claims a duty (认领), and whether the name may stand on the public page."""
    first_refusal((branch_duty.from_on <= claimed_on <= today(at), _("认领日期要在设岗以后,不晚于今天。"))).or_raise()
    try:
        with transaction.atomic():
            one = DutyHolding.objects.create(duty=branch_duty, member=member, named=named, claimed_on=claimed_on, claimed_at=at, claimed_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这名党员已经认领或者在岗。")) from None
    journal.record(act="duty_holding.claim", subject=one, by=by, at=at, area_code=branch_duty.body.area_id)
    return branch_duty


@act(HOLDINGS, "holding_decide", at="decide", words=_("支部同意,上岗"), done=_("已上岗,公示。"), **KEEPS, **AT_A_SCREEN, may=rules.can_decide, rank=10, lines={"duty_holding.decide": _("支部确定岗位")})
def decide_duty(
    duty_holding, *, by, at,
    decided_words: Annotated[str, Asked(_("哪次会议确定"), _("例如:11 月支部委员会会议。"), least=4, most=80)],
    from_on: Annotated[date, Asked(_("任期从哪天起"), initial=day_of)],
    until_on: Annotated[date, Asked(_("任期到哪天"))],
):  # fmt: skip
    """Write down that the branch gives somebody the duty for a term (支部确定): public from the first day of it."""
    others = DutyHolding.objects.filter(duty=duty_holding.duty, state=HoldingState.HELD)
    first_refusal(
        (not others.exists(), rules.TAKEN), (duty_holding.claimed_on <= from_on <= until_on, _("任期要从认领以后起,止日不早于起日。")), (duty_holding.duty.to_on is None, rules.ENDED),
        (duty_holding.member.to_on is None, _("这名党员已经离开本支部。")),
    ).or_raise()  # fmt: skip
    duty_holding.decided_words, duty_holding.from_on, duty_holding.until_on = decided_words.strip(), from_on, until_on
    duty_holding.decided_at, duty_holding.decided_by_id = at, by.id
    saving = ["decided_words", "from_on", "until_on", "decided_at", "decided_by_id"]
    try:
        with transaction.atomic():
            journal.move(duty_holding, HOLDING, "decide", by=by, at=at, saving=saving, area_code=duty_holding.duty.body.area_id)
    except IntegrityError:
        raise Conflict(rules.TAKEN) from None
    return duty_holding


@act(HOLDINGS, "holding_refuse", at="refuse", words=_("支部没有同意"), done=_("已记下。"), **KEEPS, **AT_A_SCREEN, may=rules.can_decide, rank=20, tone="quiet", lines={"duty_holding.refuse": _("支部没有同意认领")})
def refuse_duty(duty_holding, *, by, at, reason: Annotated[str, Asked(_("原因"), least=4, most=120)]):
    """Write down that the branch gives the duty to somebody else, with the reason."""
    duty_holding.reason, duty_holding.decided_at, duty_holding.decided_by_id = reason.strip(), at, by.id
    journal.move(duty_holding, HOLDING, "refuse", by=by, at=at, saving=["reason", "decided_at", "decided_by_id"], area_code=duty_holding.duty.body.area_id)
    return duty_holding


@act(HOLDINGS, "holding_end", at="end", words=_("登记卸任"), done=_("已登记。"), **KEEPS, **AT_A_SCREEN, may=rules.can_end_holding, aside=True, tone="danger", lines={"duty_holding.end": _("卸任党员岗位")})
def end_holding(duty_holding, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=120)]):
    """Write down that somebody gave the duty up, from today on."""
    duty_holding.reason, duty_holding.ended_on = reason.strip(), today(at)
    journal.move(duty_holding, HOLDING, "end", by=by, at=at, saving=["reason", "ended_on"], area_code=duty_holding.duty.body.area_id)
    return duty_holding


@act(HOLDINGS, "holding_hide", at="hide", words=_("撤下公开姓名"), done=_("已撤下,公开的页面马上跟着变。"), **KEEPS, **AT_A_SCREEN, may=rules.can_hide, aside=True, tone="quiet", lines={"duty_holding.hide": _("撤下岗位公开姓名")})
def hide_holder(duty_holding, *, by, at):
    """Take the holder's name off the public page, by the holder's own word (撤回同意,个人信息保护法第十五条). It comes back by a new claim alone, which another hand decides on."""
    DutyHolding.objects.filter(pk=duty_holding.pk).update(named=False, version=duty_holding.version + 1)
    duty_holding.refresh_from_db()
    journal.record(act="duty_holding.hide", subject=duty_holding, by=by, at=at, area_code=duty_holding.duty.body.area_id)
    return duty_holding
