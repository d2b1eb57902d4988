"""Who draws up a project, who looks at it for township and county, who lets it be due and accepts it; and why not. Source: 国办发〔2007〕4号; 村民委员会组织法 28, 36."""

from itertools import chain

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import levies as policy
from wanjia.policy import meetings as law
from wanjia.verdict import first_refusal

from ..agenda import citing
from ..deciding.rules import NO_FILE_DUTY, open_objections
from ..duties import Duty
from ..fee_states import SpendState
from ..fees.rules import kept, reviewed
from ..levy_states import LevyState
from ..models import AgendaItem, Levy, LevyPayment, LevyShare, LevySpend
from ..rules import duty_in
from ..states import DECIDED

MATTER = "public_works"
NOT_DECIDED = _("请选村民会议、村民代表会议(本组的事由村民小组会议)通过的“公益事业、筹资筹劳”决定:会已经散,记录有第二个人签字,票数够。")
NO_APPROVAL = _("您的岗位没有复审筹资筹劳的权限。")
NOT_THE_UNIT = _("筹资筹劳由县里管农民负担的单位复审,您的单位不是。")
NOT_NOW = _("这个方案已经过了这一步。")
OWN = _("前面的步骤是您办的,这一步请另一个人办。")
NOT_POSTED = _("公示还没有期满,或者有异议没有答复。先在“公示和异议”里公示这个决定,期满、异议都答复以后才能开始收。")


def visible_levies(actor, *, duty=Duty.SEE_VILLAGE):
    """The projects of villages in reach."""
    return Levy.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_shares(actor, *, duty=Duty.KEEP_FEES):
    """What homes are due, of villages whose fees the actor keeps: who owes is nobody else's business."""
    return LevyShare.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_payments(actor, *, duty=Duty.KEEP_FEES):
    """The receipts of villages in reach."""
    return LevyPayment.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_spends(actor, *, duty=Duty.SEE_VILLAGE):
    """What projects' money was spent on, of villages in reach."""
    return LevySpend.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def items_for(_row, actor, _day):
    """The decisions that a project may cite, the newest first."""
    rows = AgendaItem.objects.filter(scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_FEES), state__in=DECIDED, matter=MATTER)
    return rows.select_related("body", "meeting__body").order_by("-decided_on", "pk")


def was_decided(item, village_id):
    """Decide whether a decision bears a project: of this village's assembly, representatives or group, closed and signed, by enough (组织法 28)."""
    return first_refusal((item is not None and citing.bears(item, village_id, MATTER), NOT_DECIDED))


def stood_its_days(levy, day):
    """Decide whether the decision hung its days and every objection was answered: the notice is over, and was not taken down (组织法 36)."""
    notice = levy.item.notices.filter(withdrawn_on=None).first()
    return first_refusal((notice is not None and notice.until_on < day and not open_objections(notice).exists(), NOT_POSTED))


def is_told_lately(told_on, day):
    """Decide whether a plan that is drawn up on a day may say since when it hangs: so few days back that no old meeting decided on what nobody had seen."""
    n = law.publication(day).back_days
    return first_refusal((told_on <= day, _("会前公告的日期要在今天以前。")), ((day - told_on).days <= n, _("会前公告最多补记 %(n)s 天。") % {"n": n}))


def not_before(day, first):
    """Decide whether what is written down of a home was on a day on which it could be: nothing is worked before it is due, nothing wished before the plan hung."""
    return first_refusal((day >= first, _("%(day)s 以前还没有这件事,日期要在那天以后。") % {"day": first}))


def _others(actor, levy, at, *more):
    hands = [hand for hand in (levy.drawn_by_id, levy.cited_by_id, *more) if hand]
    return (actor.id not in hands, OWN), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON)


def can_cite(actor, levy):
    """May the actor write down by which meeting a project was decided."""
    return first_refusal(*kept(actor, levy.village_id), (levy.state == LevyState.DRAFT, NOT_NOW))


def can_relieve(actor, levy):
    """May the actor write down who is let off: until homes are due."""
    return first_refusal(*kept(actor, levy.village_id), (levy.state in (LevyState.DRAFT, LevyState.DECIDED, LevyState.CHECKED, LevyState.APPROVED), NOT_NOW))


def can_undo_relief(actor, levy):
    """May the actor take a relief back that was written by mistake: one that stands, until homes are due; whose it is, the act judges."""
    return first_refusal(
        *reviewed(actor, levy.village_id), (levy.state in (LevyState.DRAFT, LevyState.DECIDED, LevyState.CHECKED, LevyState.APPROVED), NOT_NOW),
        (levy.reliefs.filter(undone_on=None).exists(), _("没有登记着的减免可以撤销。")),
    )  # fmt: skip


def may_rewrite(actor, relief):
    """Decide whether the actor may write a relief anew: his own, or nobody would know any more who had a hand in the roll."""
    own = relief is None or relief.made_by_id in (None, actor.id)
    return first_refusal((own, _("这一户的减免是别人登记的,先请另一个人撤销,再登记。")))


def may_undo(actor, relief, at):
    """Decide whether the actor may take this relief back: another hand than wrote it down."""
    return first_refusal((relief.made_by_id != actor.id, _("谁登记的谁不能撤销,请另一个人撤销。")), (not is_one_person(actor, relief.made_by_id, at), SAME_PERSON))


def signed_on_the_roll(signed, homes):
    """Decide whether so many homes can have signed: no more than stand on the roll of the day of the meeting."""
    return first_refusal((signed <= homes, _("名册上只有 %(n)s 户,签字的户不能更多。") % {"n": homes}))


def can_drop(actor, levy):
    """May the actor give a project up: until homes are due."""
    return can_relieve(actor, levy)


def can_check(actor, levy, at):
    """May the actor look at a project for the township (初审): another hand than drew it up."""
    return first_refusal(
        *duty_in(actor, levy.village_id, Duty.FILE_DECISIONS, NO_FILE_DUTY), (levy.state == LevyState.DECIDED, NOT_NOW), *_others(actor, levy, at),
    )  # fmt: skip


def can_approve(actor, levy, at):
    """May the actor look at a project for the county (复审): of a unit whose line does (policy/levies.toml), another hand than before."""
    lines = policy.in_force(at.date()).lines
    units = scope.units(actor, duty=Duty.APPROVE_LEVIES)
    return first_refusal(
        *duty_in(actor, levy.village_id, Duty.APPROVE_LEVIES, NO_APPROVAL), (any(unit.line in lines for unit in units), NOT_THE_UNIT),
        (levy.state == LevyState.CHECKED, NOT_NOW), *_others(actor, levy, at, levy.checked_by_id),
    )  # fmt: skip


def can_charge(actor, levy, at):
    """May the actor let a project be due: approved, by another hand than drew it up, looked at it for township or county, wrote down who is let off, or took that back."""
    before = (levy.checked_by_id, levy.approved_by_id, *chain.from_iterable(levy.reliefs.values_list("made_by_id", "undone_by_id")))
    return first_refusal(*reviewed(actor, levy.village_id), (levy.state == LevyState.APPROVED, _("县里复审通过以后,才能开始收。")), *_others(actor, levy, at, *before))


def can_accept(actor, levy, at):
    """May the actor accept what was built: another hand than drew it up, no spending waiting."""
    return first_refusal(
        *reviewed(actor, levy.village_id), (levy.state == LevyState.CHARGED, _("在收、在出工的项目才能验收。")), *_others(actor, levy, at),
        (not levy.spends.filter(state=SpendState.DRAWN).exists(), _("还有支出没有审批。")),
    )  # fmt: skip


def can_take(actor, share):
    """May the actor write down money of a home: while something is left to pay."""
    return first_refusal(*kept(actor, share.village_id), (share.left_fen > 0, _("这一户的筹资已经收齐,或者不用交。")))


def can_note_labour(actor, share):
    """May the actor write down days that a home worked."""
    return first_refusal(*kept(actor, share.village_id), (share.due_days > 0, _("这一户没有工要出。")))


def can_buy(actor, share):
    """May the actor write down that a home pays instead of days: while days are left."""
    return first_refusal(*kept(actor, share.village_id), (share.left_days > 0, _("这一户没有剩下的工。")))


def can_spend(actor, levy):
    """May the actor write down a spending: of a project whose money is being collected, or that was accepted."""
    return first_refusal(*kept(actor, levy.village_id), (levy.state in (LevyState.CHARGED, LevyState.DONE), _("开始收以后才有钱支出。")))
