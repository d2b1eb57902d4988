"""Who sees the collective's book, who draws up and who approves; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import CollectiveDeal, MoneyVoucher
from ..money_states import DealState, VoucherKind, VoucherState
from ..rules import duty_in, within

NO_KEEP = _("您的岗位没有登记集体收支的权限。")
NO_REVIEW = _("您的岗位没有审批集体收支的权限。")
DRAWN = _("谁登记的谁不能审批,请另一个人审批。")


def visible_deals(actor, *, duty=Duty.SEE_VILLAGE):
    """The contracts of collectives in reach."""
    return CollectiveDeal.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_vouchers(actor, *, duty=Duty.SEE_VILLAGE):
    """The vouchers of collectives in reach."""
    return MoneyVoucher.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))



def keeps(actor, _row=None):
    """May the actor keep the book at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_MONEY), NO_KEEP))


def kept(actor, one):
    """Return what lets the actor keep what lies in a village."""
    return duty_in(actor, one.village_id, Duty.KEEP_MONEY, NO_KEEP)


def reviewed(actor, one):
    """Return what lets the actor look at what another drew up there."""
    return duty_in(actor, one.village_id, Duty.REVIEW_MONEY, NO_REVIEW)


def sees_party(actor, village_id):
    """Tell whether the actor keeps or looks at this collective's book: with whom a contract is, and so whose rent is late, is nobody else's business."""
    return within(actor, village_id, Duty.KEEP_MONEY) or within(actor, village_id, Duty.REVIEW_MONEY)


def can_check_deal(actor, deal, at):
    """May the actor put a contract in force: another hand than drew it up."""
    return first_refusal(
        *reviewed(actor, deal), (deal.state == DealState.DRAWN, _("这份合同已经核对过。")), (deal.drawn_by_id != actor.id, DRAWN), (not is_one_person(actor, deal.drawn_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_drop_deal(actor, deal):
    """May the actor say that a contract which is not in force does not hold."""
    return first_refusal(*kept(actor, deal), (deal.state == DealState.DRAWN, _("这份合同已经核对过。")))


def can_end_deal(actor, deal, at):
    """May the actor say that a contract ended: it was in force. Another hand than drew it up, for what is due after that day is asked of nobody."""
    return first_refusal(
        *reviewed(actor, deal), (deal.state == DealState.IN_FORCE, _("这份合同不在履行中。")), (deal.drawn_by_id != actor.id, DRAWN), (not is_one_person(actor, deal.drawn_by_id, at), SAME_PERSON),
    )  # fmt: skip


def leaves_what_was_due(deal, ended_on, day):
    """Decide whether a contract may have ended on a day: nothing that was due since is taken off by it."""
    gone = deal.dues.filter(due_on__gt=ended_on, due_on__lte=day).order_by("-due_on").first()
    return first_refusal((gone is None, _("%(day)s 那一期已经到期,终止的日子不能早于它。") % {"day": gone.due_on if gone else ""}))


def can_receive(actor, deal):
    """May the actor write down what came by a contract: it is or was in force."""
    return first_refusal(*kept(actor, deal), (deal.state in (DealState.IN_FORCE, DealState.ENDED), _("这份合同还没有核对,或者不作数。")))


def can_book(actor, voucher, at):
    """May the actor approve a voucher: another hand than drew it up."""
    return first_refusal(
        *reviewed(actor, voucher), (voucher.state == VoucherState.DRAWN, _("这张凭证已经审批过。")), (voucher.drawn_by_id != actor.id, DRAWN),
        (not is_one_person(actor, voucher.drawn_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_refuse(actor, voucher):
    """May the actor keep a voucher from the book: before it is on it."""
    return first_refusal(*reviewed(actor, voucher), (voucher.state == VoucherState.DRAWN, _("这张凭证已经审批过。")))


def can_reverse(actor, voucher):
    """May the actor propose to reverse a voucher: it is on the book, is money in or out, what the reserve was used for, or what stood there at the start, and was not reversed. Another hand approves."""
    first = voucher.kind in (VoucherKind.OPENING, VoucherKind.INCOME, VoucherKind.COST, VoucherKind.USE)
    return first_refusal(
        *kept(actor, voucher), (voucher.state == VoucherState.BOOKED, _("入了账的才能冲正。")), (first, _("只有收入、支出、使用公积公益金和期初可以冲正。")),
        (not voucher.reversals.exclude(state=VoucherState.REFUSED).exists(), _("这张凭证已经冲正,或者冲正等着审批。")),
    )  # fmt: skip
