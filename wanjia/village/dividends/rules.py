"""Who sees shares and what a home was given, who draws up, adopts and pays a dividend; whether the meeting that it cites decided it; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import collective as policy
from wanjia.verdict import first_refusal

from ..agenda import citing
from ..duties import Duty
from ..income.rules import kept, reviewed
from ..models import AgendaItem, DividendRun, DividendShare, MoneyVoucher, ShareHolding
from ..money_states import RunState, VoucherState
from ..states import DECIDED

DRAWN = _("谁拟的方案谁不能核对,请另一个人核对。")
CHECKED = _("这个方案已经核对过,或者不用。")
NOT_DECIDED = _("请选成员大会通过的“收益分配”决定:会已经散,记录有第二个人签字,同意的够全体成员的三分之二(农村集体经济组织法第二十七条)。")
TOLD_LATE = _("方案要在成员大会前 %(n)s 天交给全体成员,这次只提前 %(told)s 天(%(source)s)。")


def visible_holdings(actor, *, duty=Duty.KEEP_MONEY):
    """The shares of homes in reach: for whoever keeps them or looks at what another drew up, not for everybody who sees the village."""
    return ShareHolding.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_runs(actor, *, duty=Duty.SEE_VILLAGE):
    """The dividends of collectives in reach: their totals."""
    return DividendRun.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_shares(actor, *, duty=Duty.KEEP_MONEY):
    """What homes in reach were given: for whoever pays it out."""
    return DividendShare.objects.filter(scope.in_reach(actor, area="run__village_id", duty=duty))


def items_for(_row, actor, _day):
    """The decisions that a dividend may cite: of the members' meetings of the actor's villages, passed, the newest first."""
    rows = AgendaItem.objects.filter(scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_MONEY), state__in=DECIDED, matter__in=[one.decides for one in policy.editions()])
    return rows.select_related("body", "meeting__body").order_by("-decided_on", "pk")


def was_decided(item, village_id, told_on):
    """Decide whether a decision bears a dividend: of this village's members' meeting, closed and signed, by enough of all members, who had the plan early enough (art. 27, 46)."""
    day = item.meeting.day if item.meeting else None
    edition = policy.in_force(day) if day else None
    carried = edition is not None and citing.bears(item, village_id, edition.decides)
    told = (day - told_on).days if day else 0
    words = {"n": edition.told_days, "told": max(0, told), "source": edition.source} if edition else {}
    return first_refusal((carried, NOT_DECIDED), (not carried or told >= edition.told_days, TOLD_LATE % words if words else TOLD_LATE))


def bears_no_other(item, year):
    """Decide whether a decision bears the dividend of no other year: each year's account is told and decided on by itself (art. 46)."""
    used = DividendRun.objects.filter(item=item).exclude(state=RunState.DROPPED).exclude(year=year)
    return first_refusal((not used.exists(), _("这个决定已经用在另一年的分红上,一年一定。")))


def can_adopt(actor, run, at):
    """May the actor let a dividend be paid: another hand than drew it up, and than wrote the shares that it goes by; no voucher of its years waits."""
    hands = set(ShareHolding.objects.filter(village=run.village_id).on(run.day).values_list("set_by", flat=True)) if run.state == RunState.DRAWN else set()
    waits = MoneyVoucher.objects.filter(village=run.village_id, year__lte=run.year, state=VoucherState.DRAWN)
    return first_refusal(
        *reviewed(actor, run), (run.state == RunState.DRAWN, CHECKED), (run.drawn_by_id != actor.id, DRAWN), (not is_one_person(actor, run.drawn_by_id, at), SAME_PERSON),
        (actor.id not in hands, _("份额是您登记的,请另一个人核对。")), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON), (not waits.exists(), _("这一年还有没审批的收支,先审批。")),
    )  # fmt: skip


def can_drop(actor, run):
    """May the actor drop a dividend: until it is adopted."""
    return first_refusal(*kept(actor, run), (run.state == RunState.DRAWN, CHECKED))


def can_pay(actor, share):
    """May the actor pay a home: once, when the dividend was adopted."""
    return first_refusal(*kept(actor, share.run), (share.run.state == RunState.ADOPTED, _("这个方案还没有核对。")), (share.paid_on is None, _("这一户已经发了。")))


def can_unpay(actor, share):
    """May the actor take back that a home was paid: until another hand looked at its receipt."""
    return first_refusal(*kept(actor, share.run), (share.paid_on is not None, _("这一户还没有发。")), (share.voucher_id is None, _("这一户的收据已经核对入账。")))


def receipts(run):
    """Return the homes of a dividend that were paid and whose receipts nobody else looked at yet."""
    return run.shares.filter(paid_on__isnull=False, voucher=None)


def can_check(actor, run, at):
    """May the actor look at the receipts and let what was paid leave the book: another hand than paid."""
    hands = set(receipts(run).values_list("paid_by", flat=True))
    return first_refusal(
        *reviewed(actor, run), (hands, _("没有等核对的收据。")), (actor.id not in hands, _("谁发的谁不能核对收据,请另一个人核对。")), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON),
    )  # fmt: skip
