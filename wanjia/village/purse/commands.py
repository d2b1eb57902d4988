"""The acts by which the fee's money moves: waivers asked and decided, receipts and their reversal, spending and what comes back."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.serials import next_serial
from wanjia.policy import fees as policy
from wanjia.policy.money import yuan as spelt
from wanjia.verdict import Conflict, Refused

from ..fee_states import FEE_SPEND, FEE_WAIVER, MoneyWay, SpendState
from ..fees import queries, rules
from ..fees.commands import KEEPS, REVIEWS, Village, Yuan, money
from ..fees.subjects import CHARGES, PAYMENTS, SPENDS, WAIVERS
from ..models import FeeCharge, FeePayment, FeePurse, FeeSpend, FeeWaiver
from ..rules import crosses_nothing

Left = Annotated[str, Asked(_("多少元"), _("例如 60 或 12.50。"), least=1, most=12, initial=lambda row, _actor, _day: spelt(row.left_fen))]
TOO_MUCH = _("这一户这一期只剩 %(n)s 元要交。")
MOST_SPENT = 10_000_000_00  # fen of one spending; the column holds twice as much
COUNTED = _("这张发票、收据已经登记过。")
PURSE_SHORT = _("账上只有 %(n)s 元,不够。")


@act(CHARGES, "fee_waiver_new", at="waivers/new", words=_("登记减免申请"), done=_("已登记,请另一个人决定。"), **KEEPS, may=rules.can_ask_waiver, rank=20, tone="quiet", lines={"fee_waiver.ask": _("登记减免申请")})
def ask_waiver(
    fee_charge, *, by, at, yuan: Left,
    reason: Annotated[str, Asked(_("为什么申请"), _("照他说的写。只有管收费的人和作决定的人能看。"), rows=2, least=2, most=200)],
):  # fmt: skip
    """Write down that a home asks to be let off (减免申请): so much, and why."""
    fen = _within(fee_charge, money(yuan))
    try:
        with transaction.atomic():
            one = FeeWaiver.objects.create(charge=fee_charge, fen=fen, reason=reason.strip(), asked_on=today(at), asked_at=at, asked_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这一户已经有一件申请在等决定。")) from None
    journal.record(act="fee_waiver.ask", subject=one, by=by, at=at, area_code=fee_charge.village_id)
    return one


@act(WAIVERS, "fee_waiver_decide", at="decide", words=_("决定减免"), done=_("已决定,请把答复告诉这一户。"), **REVIEWS, may=rules.can_decide_waiver, rank=10, lines={"fee_waiver.grant": _("同意减免"), "fee_waiver.refuse": _("没有同意减免")})
def decide_waiver(
    fee_waiver, *, by, at,
    grant: Annotated[bool, Asked(_("同意吗"), answers=(_("同意减免"), _("不同意")))],
    answer: Annotated[str, Asked(_("答复"), _("这句话要告诉这一户;不写病情和家里的事。"), rows=2, least=4, most=120)],
):  # fmt: skip
    """Decide a waiver (决定减免), with words that the home is told. It lets off what was asked, and nothing follows from a refusal."""
    crosses_nothing(policy.crossed, answer).or_raise()
    if grant and not _left(fee_waiver.charge_id, fee_waiver.fen).update(waived_fen=F("waived_fen") + fee_waiver.fen, version=F("version") + 1):
        raise Refused(_("这一户后来交了钱,剩下的没有这么多了。请不同意,照剩下的再申请。"))
    fee_waiver.answer, fee_waiver.decided_on, fee_waiver.decided_by_id = answer.strip(), today(at), by.id
    journal.move(fee_waiver, FEE_WAIVER, "grant" if grant else "refuse", by=by, at=at, saving=["answer", "decided_on", "decided_by_id"], area_code=fee_waiver.charge.village_id)
    return fee_waiver


@act(CHARGES, "fee_take", at="payments/new", words=_("收款"), done=lambda one: _("已记下,收据 %(n)s 号。请打印,交给这一户。") % {"n": one.serial}, **KEEPS, may=rules.can_take, rank=10,
     then=queries.to_page("fee_payment"), lines={"fee_payment.take": _("收垃圾清运费")})  # fmt: skip
def take_payment(
    fee_charge, *, by, at, yuan: Left, way: Annotated[MoneyWay, Asked(_("收款方式"))],
    words: Annotated[str, Asked(_("说明"), _("例如转账的流水号。"), most=120)] = "",
):  # fmt: skip
    """Write down money that a home paid (收款): all or a part; the receipt has the next number. Refused where less is left."""
    fen = money(yuan)
    queries.alone_in(fee_charge.village_id)
    if not _left(fee_charge.pk, fen).update(paid_fen=F("paid_fen") + fen, version=F("version") + 1):
        _within(FeeCharge.objects.get(pk=fee_charge.pk), fen)
        raise Conflict()
    one = _paid(fee_charge, fen, way, by=by, at=at, words=words.strip())
    journal.record(act="fee_payment.take", subject=one, by=by, at=at, area_code=one.village_id, serial=one.serial)
    return one


@act(PAYMENTS, "fee_reverse", at="reverse", words=_("冲正这张收据"), done=_("已冲正,原来的收据照样留着。"), **REVIEWS, may=rules.can_reverse_payment, rank=10, tone="danger", then=queries.to_page("fee_payment"), lines={"fee_payment.reverse": _("冲正收据")})
def reverse_payment(fee_payment, *, by, at, words: Annotated[str, Asked(_("为什么冲正"), _("写错在哪里。先告诉这一户。"), rows=2, least=4, most=120)]):
    """Take back a receipt that was wrong (冲正): another with a number of its own, below nought, that names the first; the home owes again."""
    charge = FeeCharge.objects.select_for_update(of=("self",), no_key=True).get(pk=fee_payment.charge_id)  # the charge first, then the purse: as whoever takes money
    queries.alone_in(fee_payment.village_id)
    FeeCharge.objects.filter(pk=charge.pk).update(paid_fen=F("paid_fen") - fee_payment.fen, version=F("version") + 1)
    one = _paid(charge, -fee_payment.fen, fee_payment.way, by=by, at=at, words=words.strip(), reverses=fee_payment)
    journal.record(act="fee_payment.reverse", subject=fee_payment, by=by, at=at, area_code=one.village_id, serial=one.serial)
    return one


@act(SPENDS, "fee_spend_new", at="new", words=_("登记支出"), done=_("已登记,另一个人审批以后才算支出。"), **KEEPS, may=rules.keeps, new=True, lines={"fee_spend.draw": _("登记收费支出")})
def draw_spend(
    *, by, at, village: Village, yuan: Yuan,
    what: Annotated[str, Asked(_("用在哪里"), _("要公开的,例如:10 月垃圾清运车费。不写人名。"), least=4, most=80)],
    payee: Annotated[str, Asked(_("付给谁"), _("不公开。"), least=2, most=60)],
    voucher: Annotated[str, Asked(_("发票、收据号"), least=1, most=40)],
    day: Annotated[date, Asked(_("票据日期"), initial=lambda _row, _actor, day: day)],
):  # fmt: skip
    """Write down what the fee's money is to be spent on (登记支出); it leaves the purse when another has approved it."""
    fen = money(yuan)
    if day > today(at):
        raise Refused(_("票据日期要在今天以前。"))
    if fen > MOST_SPENT:
        raise Refused(_("一笔支出最多 1000 万元。"))
    rules.names_no_payee(payee, what, voucher).or_raise()
    queries.alone_in(village.pk)
    if queries.is_counted(village.pk, voucher):
        raise Conflict(COUNTED)
    try:
        with transaction.atomic():
            one = FeeSpend.objects.create(
                village=village, serial=next_serial(FeeSpend.objects.filter(village=village)), fen=fen, what=what.strip(), payee=payee.strip(), voucher=voucher.strip(), day=day, drawn_at=at, drawn_by_id=by.id,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(COUNTED) from None
    journal.record(act="fee_spend.draw", subject=one, by=by, at=at, area_code=village.pk, fen=fen)
    return one


@act(SPENDS, "fee_spend_approve", at="approve", words=_("审批,支出"), done=_("已支出,上公开账。"), **REVIEWS, may=rules.can_decide_spend, rank=10, lines={"fee_spend.approve": _("审批收费支出")})
def approve_spend(fee_spend, *, by, at):
    """Approve a spending (审批): the money leaves the purse. Refused where less lies in it."""
    queries.alone_in(fee_spend.village_id)
    _move(fee_spend.village_id, -fee_spend.fen)
    fee_spend.paid_on, fee_spend.decided_at, fee_spend.decided_by_id = today(at), at, by.id
    journal.move(fee_spend, FEE_SPEND, "approve", by=by, at=at, saving=["paid_on", "decided_at", "decided_by_id"], area_code=fee_spend.village_id, fen=fee_spend.fen)
    return fee_spend


@act(SPENDS, "fee_spend_refuse", at="refuse", words=_("不批准"), done=_("已记下。"), **REVIEWS, may=rules.can_decide_spend, rank=20, tone="quiet", lines={"fee_spend.refuse": _("没有批准收费支出")})
def refuse_spend(fee_spend, *, by, at, reason: Annotated[str, Asked(_("原因"), least=4, most=120)]):
    """Do not approve a spending (不批准), with the reason."""
    fee_spend.reason, fee_spend.decided_at, fee_spend.decided_by_id = reason.strip(), at, by.id
    journal.move(fee_spend, FEE_SPEND, "refuse", by=by, at=at, saving=["reason", "decided_at", "decided_by_id"], area_code=fee_spend.village_id)
    return fee_spend


@act(SPENDS, "fee_spend_reverse", at="reverse", words=_("冲正这笔支出"), done=_("已冲正,钱回到账上。"), **REVIEWS, may=rules.can_reverse_spend, rank=30, tone="danger", aside=True, lines={"fee_spend.reverse": _("冲正收费支出")})
def reverse_spend(fee_spend, *, by, at, reason: Annotated[str, Asked(_("为什么冲正"), _("例如:多付的退回来了。要公开的,不写人名。"), least=4, most=120)]):
    """Write down that money came back, or never left (冲正): another line below nought that names the first."""
    rules.names_no_payee(fee_spend.payee, reason).or_raise()
    queries.alone_in(fee_spend.village_id)
    _move(fee_spend.village_id, fee_spend.fen)
    red = undone(fee_spend, reason, by=by, at=at)
    journal.record(act="fee_spend.reverse", subject=fee_spend, by=by, at=at, area_code=red.village_id, serial=red.serial)
    return fee_spend


def undone(one, reason, *, by, at, **of):
    """Write the red line of a spending within an act that holds the village's numbers, and say at the spending that it came back; returns the red line. of: what else it belongs to."""
    red = type(one)(
        village_id=one.village_id, serial=next_serial(type(one).objects.filter(village_id=one.village_id)), fen=-one.fen, what=one.what, payee=one.payee, voucher=one.voucher, day=one.day, reverses=one,
        reason=reason.strip(), state=SpendState.DRAWN, drawn_at=at, drawn_by_id=one.drawn_by_id, decided_at=at, decided_by_id=by.id, **of,
    )  # fmt: skip
    red.save(force_insert=True)
    red.paid_on = one.undone_on = today(at)
    journal.move(red, type(one).machine, "approve", by=by, at=at, saving=["paid_on"], area_code=one.village_id, fen=red.fen)
    one.version += 1
    one.save(update_fields=["undone_on", "version"])
    return red


def _left(charge_id, fen):
    """The charge, where so much of it is left at this very moment."""
    return FeeCharge.objects.filter(pk=charge_id, due_fen__gte=F("waived_fen") + F("paid_fen") + fen)


def _within(charge, fen):
    """Return an amount that is no more than is left. Raises Refused."""
    if fen > charge.left_fen:
        raise Refused(TOO_MUCH % {"n": spelt(charge.left_fen)})
    return fen


def _paid(charge, fen, way, *, by, at, words, reverses=None):
    """Write a receipt within an act; `alone_in` was called."""
    _move(charge.village_id, fen)
    return FeePayment.objects.create(
        village_id=charge.village_id, serial=next_serial(FeePayment.objects.filter(village_id=charge.village_id)), charge=charge, fen=fen, way=way, words=words, reverses=reverses, day=today(at), at=at, made_by_id=by.id,
    )  # fmt: skip


def _move(village_id, fen):
    """Move money into a village's purse or out of it, never below nought; `alone_in` was called. Raises Refused."""
    purse, _made = FeePurse.objects.get_or_create(village_id=village_id)
    if not FeePurse.objects.filter(pk=purse.pk, fen__gte=max(0, -fen)).update(fen=F("fen") + fen, version=F("version") + 1):
        raise Refused(PURSE_SHORT % {"n": spelt(queries.balance(village_id))})
