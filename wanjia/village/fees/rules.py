"""Who draws up, checks and adopts; who decides waivers and spending; who sees what a home owes; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy.spelling import joined
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..fee_states import RuleState, RunState, SpendState, WaiverState
from ..models import FeeCharge, FeePayment, FeeRule, FeeRun, FeeSpend, FeeWaiver
from ..rules import duty_in, within

NO_KEEP = _("您的岗位没有登记收费的权限。")
NO_REVIEW = _("您的岗位没有审核收费的权限。")
NOT_A_DRAFT = _("这一版已经启用或者不用,不能再改。要改的另拟一版。")
DRAWN_HERE = _("谁算的谁不能核对,请另一个人核对。")


def visible_rules(actor, *, duty=Duty.SEE_VILLAGE):
    """The rules of the fee of villages in reach, all versions."""
    return FeeRule.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_runs(actor, *, duty=Duty.KEEP_FEES):
    """The charge runs of villages in reach."""
    return FeeRun.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_charges(actor, *, duty=Duty.KEEP_FEES):
    """What homes are due, of villages whose fees the actor keeps: who owes is nobody else's business."""
    return FeeCharge.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_waivers(actor, *, duty=Duty.KEEP_FEES):
    """The waivers of villages in reach."""
    return FeeWaiver.objects.filter(scope.in_reach(actor, area="charge__village_id", duty=duty))


def visible_payments(actor, *, duty=Duty.KEEP_FEES):
    """The receipts of villages in reach."""
    return FeePayment.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_spends(actor, *, duty=Duty.SEE_VILLAGE):
    """What the fee's money was spent on, of villages in reach."""
    return FeeSpend.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor keep fees at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_FEES), NO_KEEP))


def kept(actor, village_id):
    """Return (does it hold, why not) of whoever keeps the fees of a village."""
    return duty_in(actor, village_id, Duty.KEEP_FEES, NO_KEEP)


def reviewed(actor, village_id):
    """Return (does it hold, why not) of whoever looks at the fees of a village."""
    return duty_in(actor, village_id, Duty.REVIEW_FEES, NO_REVIEW)


def can_draft(actor, rule):
    """May the actor change a version: until it is in force."""
    return first_refusal(*kept(actor, rule.village_id), (rule.state == RuleState.DRAFT, NOT_A_DRAFT))


def _writers(rule):
    """Return who drew up a version or wrote a clause of it."""
    lines = Entry.objects.filter(subject="village.feerule", subject_id=str(rule.pk), act="fee_rule.clause")
    return {rule.drawn_by_id, *lines.values_list("by_id", flat=True)}


def can_adopt(actor, rule, at):
    """May the actor put a version in force: by another hand than wrote any of it."""
    hands = _writers(rule)
    return first_refusal(
        *reviewed(actor, rule.village_id), (rule.state == RuleState.DRAFT, NOT_A_DRAFT), (actor.id not in hands, _("谁拟的谁不能启用,请另一个人核对会议决议后启用。")),
        (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON),
    )  # fmt: skip


def can_check_run(actor, run, at):
    """May the actor check a run and let it be due: another hand than drew it up."""
    return first_refusal(
        *reviewed(actor, run.village_id), (run.state == RunState.DRAWN, _("这一批已经生效或者不用。")), (run.drawn_by_id != actor.id, DRAWN_HERE), (not is_one_person(actor, run.drawn_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_drop_run(actor, run):
    """May the actor drop a run: before it is due."""
    return first_refusal(*kept(actor, run.village_id), (run.state == RunState.DRAWN, _("这一批已经生效或者不用。")))


def can_take(actor, charge):
    """May the actor write down money of a home: while something is left to pay."""
    return first_refusal(*kept(actor, charge.village_id), (charge.left_fen > 0, _("这一笔已经收齐,或者不用交。")))


def can_ask_waiver(actor, charge):
    """May the actor write down that a home asks to be let off: one at a time, while something is left to pay."""
    return first_refusal(
        *kept(actor, charge.village_id), (charge.left_fen > 0, _("这一笔已经收齐,或者不用交。")), (not charge.waivers.filter(state=WaiverState.ASKED).exists(), _("这一户已经有一件申请在等决定。")),
    )  # fmt: skip


def can_decide_waiver(actor, waiver, at):
    """May the actor decide a waiver: another hand than wrote it down."""
    return first_refusal(
        *reviewed(actor, waiver.charge.village_id), (waiver.state == WaiverState.ASKED, _("这一件已经决定过。")), (waiver.asked_by_id != actor.id, _("谁登记的谁不能决定,请另一个人决定。")),
        (not is_one_person(actor, waiver.asked_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_reverse_payment(actor, payment, at):
    """May the actor reverse a receipt: once, by another hand than took the money."""
    return first_refusal(
        *reviewed(actor, payment.village_id), (payment.reverses_id is None, _("红字收据不能再冲正。")), (not hasattr(payment, "reversed_by"), _("这张收据已经冲正。")),
        (payment.made_by_id != actor.id, _("谁收的谁不能冲正,请另一个人办。")), (not is_one_person(actor, payment.made_by_id, at), SAME_PERSON),
    )  # fmt: skip


def sees_payee(actor, spend):
    """Tell whether the actor keeps or looks at the fees of this village: to whom was paid is nobody else's business."""
    return within(actor, spend.village_id, Duty.KEEP_FEES) or within(actor, spend.village_id, Duty.REVIEW_FEES)


def names_no_payee(payee, *texts):
    """Decide whether what is put up of a spending, or of what came back of it, leaves out to whom it was paid."""
    whom = joined(payee)
    return first_refusal((not whom or not any(whom in joined(text) for text in texts), _("这些话、票据号要公开,不写付给谁。")))


def _decides_spend(actor, spend, at):
    return (
        *reviewed(actor, spend.village_id), (spend.drawn_by_id != actor.id, _("谁登记的谁不能审批,请另一个人审批。")), (not is_one_person(actor, spend.drawn_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_decide_spend(actor, spend, at):
    """May the actor approve or refuse a spending: another hand than wrote it down."""
    return first_refusal(*_decides_spend(actor, spend, at), (spend.state == SpendState.DRAWN, _("这一笔已经审批过。")))


def can_reverse_spend(actor, spend, at):
    """May the actor write down that money came back: of a spending that was paid, once, by another hand than wrote it down."""
    return first_refusal(
        *_decides_spend(actor, spend, at), (spend.state == SpendState.APPROVED and spend.reverses_id is None, _("只有已支出的可以冲正。")), (not hasattr(spend, "reversed_by"), _("这一笔支出已经冲正。")),
    )  # fmt: skip
