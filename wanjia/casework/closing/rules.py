"""The nine rules of an honest closing (rules.md §b.5), and who may close, recheck, reopen."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.policy.triage import rules as limits
from wanjia.verdict import first_refusal

from ..looking import CONCLUDED
from ..rules import concluded, covers, independent, looked_again, reaches_over, stands_above, state_refusal, this_round
from ..states import NEED, NeedState, Outcome, Word

RESUMES = (Duty.HANDLE_NEEDS, Duty.ASSIGN_NEEDS)


@dataclass(frozen=True)
class Item:
    """One line of the closing checklist: its number, what it asks, whether it holds, and what to do if not."""

    number: int
    asks: str
    holds: bool
    todo: str = ""


def checklist(need, at):
    """Return the nine lines for `need`, as they stand at `at`."""
    said = this_round(need.callbacks, need).filter(reached=True)
    heard = need.confirmed != "" and said.filter(word=need.confirmed).exists()
    has_evidence = bool(need.no_evidence_reason) or need.evidence.filter(taken_back_at=None).exists()
    planned_open = need.outcome == Outcome.PLANNED and (need.planned_on is None or need.planned_on > today(at))
    recheck = this_round(need.rechecks, need).filter(reached=True).last()
    needs_recheck = is_drawn(need)
    return [
        Item(1, _("有结果类型、结果说明,有佐证或写明为什么没有"),
             bool(need.outcome and need.outcome_text and has_evidence), _("请承办单位补齐结果和佐证。")),
        Item(2, _("已经答复诉求人,写明日期和方式"), bool(need.answered_on and need.answered_way), _("请承办单位先答复诉求人。")),
        Item(3, _("由别的单位回访过;或三次以上、不同日期和钟点都未联系上"), heard or need.callback_failed, _("请回访员回访。")),
        Item(4, _("记下了诉求人自己说的“是否解决”"), need.callback_failed or need.confirmed != "",
             _("请回访时问清是否解决。")),
        Item(5, _("列入计划的,到兑现日期才能销号"), not planned_open, _("列入计划的诉求留在长期清单上,到期再办、再销号。")),
        Item(6, _("全过程留痕,没有删改"), need.steps.exists(), _("请联系管理员核查办理过程。")),
        Item(7, _("诉求人没有说“没有解决”"), need.confirmed != Word.UNSOLVED, _("群众说没有解决,应当重新办理。")),
        Item(8, _("满意度是诉求人自己说的,没有代填"), need.satisfaction == "" or said.filter(satisfaction=need.satisfaction).exists(),
             _("满意度与回访记录不一致,请核对回访记录。")),
        Item(9, _("随机抽查的和涉及未成年人的,上一级已经抽查属实"), not needs_recheck or (recheck is not None and recheck.agrees),
             _("抽中复核(涉及未成年人的每件都要),请上一级抽查。")),
    ]  # fmt: skip


def is_drawn(need):
    """Tell whether the next tier must look at this need: every child's, and what the month's seed drew (see drawing)."""
    return need.involves_child or bool(need.drawn)


def can_close(actor, need, *, at):
    """Decide whether the actor may strike the need off (销号)."""
    first = first_refusal(
        (actor.has_duty(Duty.CLOSE_NEEDS), _("您的岗位没有销号权限。")),
        (covers(actor, need, duty=Duty.CLOSE_NEEDS), _("这件诉求不在您的辖区。")),
        (need.state == NeedState.VERIFIED, state_refusal(need, _("回访以后才能销号"))),
        (need.handler_id != actor.pk, _("责任人不能给自己经办的诉求销号。")),
    )
    if not first:
        return first
    return first_refusal(
        (not looked_again(actor, need), _("这件诉求是您的单位抽查的,请由别的单位销号。")),
        *((item.holds, _("还不能销号:%(todo)s") % {"todo": item.todo}) for item in checklist(need, at)),
    )


def can_recheck(actor, need):
    """Decide whether the actor may look at this need for the next tier (抽查).

    Before it is struck off, what was drawn and every child's; afterwards, what stands on the list for a complaint or a finding. Never
    whoever has a part in it, and never who asked the household or struck it off.
    """
    first = first_refusal(
        (actor.has_duty(OrgsDuty.RECHECK_NEEDS), _("您的岗位没有抽查权限。")),
        (covers(actor, need, duty=OrgsDuty.RECHECK_NEEDS), _("这件诉求不在您的辖区。")),
        (need.state in CONCLUDED, state_refusal(need, _("回访以后才抽查"))),
        (is_drawn(need) if need.state == NeedState.VERIFIED else need.recheck_for != "", _("这件诉求没有抽中,不需要抽查。")),
    )
    return first and first_refusal(
        (independent(actor, need), _("办理过这件诉求的单位不能自己抽查。")),
        (_above(actor, need), _("应由承办单位的上一级抽查。")),
        (not concluded(actor, need), _("回访过、销过号的单位不能自己抽查,请由别的上级单位抽查。")),
    )


def _above(actor, need):
    """The very post that rechecks stands in a unit above the handling one."""
    return any(stands_above(reach.unit, need.holder) for reach in reaches_over(actor, need, duty=OrgsDuty.RECHECK_NEEDS))


def can_reopen(actor, need, *, at):
    """Decide whether the actor may reopen an ended need for the household (重新办理)."""
    days = limits()["reopening"]["days"]
    return first_refusal(
        (actor.id is None or actor.has_duty(Duty.RECORD_NEEDS), _("您的岗位没有登记重新办理的权限。")),
        (actor.id is None or covers(actor, need, duty=Duty.RECORD_NEEDS), _("这件诉求不在您的辖区。")),
        (NEED.allows("reopen", need.state), state_refusal(need, _("只有已销号或已撤回的诉求才能重新办理"))),
        (
            need.reasonable != "",
            _("这件诉求撤回时还没有判定是否合理,请登记一件新的诉求,并写上原编号 %(number)s。") % {"number": need.number},
        ),
        (
            need.ended_at is not None and (at - need.ended_at).days < days,
            _("已经超过 %(days)s 天,请登记一件新的诉求,并写上原编号 %(number)s。") % {"days": days, "number": need.number},
        ),
    )


def can_resume(actor, need, *, at):
    """Decide whether a planned need whose day has come goes back to work (计划到期)."""
    return first_refusal(
        (actor.has_duty(*RESUMES), _("您的岗位没有办理权限。")),
        (covers(actor, need, duty=RESUMES), _("这件诉求不在您的辖区。")),
        (
            need.state == NeedState.VERIFIED and need.outcome == Outcome.PLANNED,
            state_refusal(need, _("只有列入计划的诉求才需要到期续办")),
        ),
        (need.planned_on is not None and need.planned_on <= today(at), _("还没有到计划兑现的日期。")),
    )
