"""The acts by which a project's money and labour come and go: receipts and their reversal, days worked, labour paid instead by one's own wish, spending."""

from datetime import date
from typing import Annotated

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.serials import next_serial
from wanjia.policy import levies as policy
from wanjia.policy.money import yuan as spelt
from wanjia.verdict import Conflict, Refused

from ...fee_states import LEVY_SPEND, MoneyWay, SpendState
from ...fees.commands import KEEPS, REVIEWS, Yuan, money
from ...fees.queries import spelt_among, to_page
from ...fees.rules import can_decide_spend, can_reverse_payment, can_reverse_spend, names_no_payee
from ...models import Levy, LevyLabour, LevyPayment, LevyShare, LevySpend
from ...purse.commands import COUNTED, MOST_SPENT, PURSE_SHORT, Left, undone
from ...rules import crosses_nothing
from .. import queries, rules
from ..subjects import LEVIES, PAYMENTS, SHARES, SPENDS

TOO_MUCH = _("这一户只剩 %(n)s 元要交。")
TOO_MANY = _("这一户只剩 %(n)s 个工日。")
FUTURE = _("日期要在今天以前。")
RECEIPT = {"done": lambda one: _("已记下,收据 %(n)s 号。请打印,交给这一户。") % {"n": one.serial}, "then": to_page("levy_payment")}
Way = Annotated[MoneyWay, Asked(_("收款方式"))]


@act(SHARES, "levy_take", at="payments/new", words=_("收款"), **RECEIPT, **KEEPS, may=rules.can_take, rank=10, lines={"levy_payment.take": _("收筹资款")})
def take_levy_payment(levy_share, *, by, at, yuan: Left, way: Way, words: Annotated[str, Asked(_("说明"), _("例如转账的流水号。"), most=120)] = ""):
    """Write down money that a home gave (收款): all or a part; the receipt has the next number."""
    fen = money(yuan)
    if not LevyShare.objects.filter(pk=levy_share.pk, due_fen__gte=F("paid_fen") + fen).update(paid_fen=F("paid_fen") + fen, version=F("version") + 1):
        raise Refused(TOO_MUCH % {"n": spelt(levy_share.left_fen)})
    return _received(levy_share, "levy_payment.take", fen, by=by, at=at, way=way, words=words.strip())


@act(SHARES, "levy_buy", at="instead/new", words=_("登记以资代劳"), **RECEIPT, **KEEPS, may=rules.can_buy, rank=30, tone="quiet", lines={"levy_payment.buy": _("登记以资代劳")})
def buy_labour(
    levy_share, *, by, at, days: Annotated[int, Asked(_("代几个工日"), least=1, most=60)],
    wished_on: Annotated[date, Asked(_("哪天书面申请的"), _("只凭本人或者家里人自愿写的申请。没有申请的不能收,不能要求谁交。"))],
    way: Way, words: Annotated[str, Asked(_("说明"), most=120)] = "",
):  # fmt: skip
    """Write down that a home paid instead of days, as it asked in writing (以资代劳): at the published price of a day, at once; nobody ever owes it."""
    if wished_on > today(at):
        raise Refused(FUTURE)
    rules.not_before(wished_on, levy_share.levy.told_on).or_raise()
    if not _left(levy_share, days).update(days_bought=F("days_bought") + days, version=F("version") + 1):
        raise Refused(TOO_MANY % {"n": levy_share.left_days})
    fen = days * policy.in_force(today(at)).commute_fen
    return _received(levy_share, "levy_payment.buy", fen, by=by, at=at, way=way, words=words.strip(), days=days, wished_on=wished_on)


@act(PAYMENTS, "levy_reverse", at="reverse", words=_("冲正这张收据"), done=_("已冲正,原来的收据照样留着。"), **REVIEWS, may=can_reverse_payment, rank=10, tone="danger", then=to_page("levy_payment"), lines={"levy_payment.reverse": _("冲正筹资收据")})
def reverse_levy_payment(levy_payment, *, by, at, words: Annotated[str, Asked(_("为什么冲正"), _("写错在哪里。先告诉这一户。"), rows=2, least=4, most=120)]):
    """Take back a receipt that was wrong (冲正): another of its own number, below nought; the home owes the money, or the days, again."""
    share, days, fen = LevyShare.objects.select_for_update(of=("self",), no_key=True).get(pk=levy_payment.share_id), levy_payment.days, levy_payment.fen
    paid = {"days_bought": F("days_bought") - days} if days else {"paid_fen": F("paid_fen") - fen}
    LevyShare.objects.filter(pk=share.pk).update(**paid, version=F("version") + 1)
    one = _paid(share, -fen, by=by, at=at, way=levy_payment.way, words=words.strip(), days=-days, wished_on=levy_payment.wished_on, reverses=levy_payment)
    journal.record(act="levy_payment.reverse", subject=levy_payment, by=by, at=at, area_code=one.village_id, serial=one.serial)
    return one


@act(SHARES, "levy_labour", at="labour/new", words=_("记出工"), done=_("已记下。"), **KEEPS, may=rules.can_note_labour, rank=20, lines={"levy_share.work": _("记出工")})
def note_labour(
    levy_share, *, by, at, day: Annotated[date, Asked(_("哪天"), initial=lambda _row, _actor, day: day)],
    days: Annotated[int, Asked(_("几个工日"), _("一个工日按八小时。记错的写负数更正,写明原因。"), least=-60, most=60)],
    words: Annotated[str, Asked(_("说明"), most=120)] = "",
):  # fmt: skip
    """Write down days that a home worked (出工); what was written wrong is taken back below nought, with the reason."""
    if day > today(at):
        raise Refused(FUTURE)
    rules.not_before(day, levy_share.levy.charged_on).or_raise()
    if not days or (days < 0 and len(words.strip()) < 2):
        raise Refused(_("写几个工日;更正的写负数,写明原因。"))
    if not _left(levy_share, days).filter(days_done__gte=-days).update(days_done=F("days_done") + days, version=F("version") + 1):
        raise Refused(TOO_MANY % {"n": levy_share.left_days if days > 0 else levy_share.days_done})
    LevyLabour.objects.create(share=levy_share, day=day, days=days, words=words.strip(), at=at, made_by_id=by.id)
    journal.record(act="levy_share.work", subject=levy_share, by=by, at=at, area_code=levy_share.village_id, days=days)
    return levy_share


@act(LEVIES, "levy_spend_new", at="spends/new", words=_("登记支出"), done=_("已登记,另一个人审批以后才算支出。"), **KEEPS, may=rules.can_spend, rank=15, then=to_page("levy_spend"), lines={"levy_spend.draw": _("登记筹资支出")})
def draw_levy_spend(
    levy, *, by, at, yuan: Yuan,
    what: Annotated[str, Asked(_("用在哪里"), _("要公开的,例如:水泥 20 吨。不写人名。"), least=4, most=80)],
    payee: Annotated[str, Asked(_("付给谁"), _("不公开。"), least=2, most=60)],
    voucher: Annotated[str, Asked(_("发票、收据号"), least=1, most=40)],
    day: Annotated[date, Asked(_("票据日期"), initial=lambda _row, _actor, day: day)],
):  # fmt: skip
    """Write down what a project's money is to be spent on (登记支出); it leaves when another has approved it."""
    fen, village = money(yuan), levy.village
    if day > today(at):
        raise Refused(_("票据日期要在今天以前。"))
    if fen > MOST_SPENT:
        raise Refused(_("一笔支出最多 1000 万元。"))
    names_no_payee(payee, what, voucher).or_raise()
    crosses_nothing(policy.crossed, what).or_raise()
    queries.alone_in(village.pk)
    if spelt_among(voucher, LevySpend.objects.filter(village=village, reverses=None, undone_on=None).exclude(state=SpendState.REFUSED)):
        raise Conflict(COUNTED)
    one = LevySpend.objects.create(
        levy=levy, village=village, serial=next_serial(LevySpend.objects.filter(village=village)), fen=fen, what=what.strip(), payee=payee.strip(), voucher=voucher.strip(), day=day, drawn_at=at, drawn_by_id=by.id,
    )  # fmt: skip
    journal.record(act="levy_spend.draw", subject=one, by=by, at=at, area_code=village.pk, fen=fen)
    return one


@act(SPENDS, "levy_spend_decide", at="decide", words=_("审批支出"), done=_("已记下。"), **REVIEWS, may=can_decide_spend, rank=10, lines={"levy_spend.approve": _("审批筹资支出"), "levy_spend.refuse": _("没有批准筹资支出")})
def decide_levy_spend(
    levy_spend, *, by, at, grant: Annotated[bool, Asked(_("批准吗"), answers=(_("批准,支出"), _("不批准")))],
    reason: Annotated[str, Asked(_("原因"), _("不批准的写明原因。"), most=120)] = "",
):  # fmt: skip
    """Approve a spending (审批), and the money leaves; or refuse it with the reason. Refused where less came than that."""
    if not grant and len(reason.strip()) < 2:
        raise Refused(_("不批准的写明原因。"))
    if grant:
        _move(levy_spend.levy_id, -levy_spend.fen)
        levy_spend.paid_on = today(at)
    levy_spend.reason, levy_spend.decided_at, levy_spend.decided_by_id = reason.strip(), at, by.id
    journal.move(levy_spend, LEVY_SPEND, "approve" if grant else "refuse", by=by, at=at, saving=["reason", "paid_on", "decided_at", "decided_by_id"], area_code=levy_spend.village_id, fen=levy_spend.fen)
    return levy_spend


@act(SPENDS, "levy_spend_reverse", at="reverse", words=_("冲正这笔支出"), done=_("已冲正,钱回到账上。"), **REVIEWS, may=can_reverse_spend, rank=30, tone="danger", aside=True, lines={"levy_spend.reverse": _("冲正筹资支出")})
def reverse_levy_spend(levy_spend, *, by, at, reason: Annotated[str, Asked(_("为什么冲正"), _("例如:多付的退回来了。要公开的,不写人名。"), least=4, most=120)]):
    """Write down that a project's money came back, or never left (冲正): another line below nought, under its own number, that names the first."""
    one, village_id = levy_spend, levy_spend.village_id
    names_no_payee(one.payee, reason).or_raise()
    crosses_nothing(policy.crossed, reason).or_raise()
    _move(one.levy_id, one.fen)
    queries.alone_in(village_id)
    red = undone(one, reason, by=by, at=at, levy_id=one.levy_id)
    journal.record(act="levy_spend.reverse", subject=one, by=by, at=at, area_code=village_id, serial=red.serial)
    return one


def _left(share, days):
    """The home's row, where so many days are left at this very moment."""
    return LevyShare.objects.filter(pk=share.pk, due_days__gte=F("days_done") + F("days_bought") + days)


def _received(share, said, fen, *, by, at, **facts):
    """Write a receipt and its line of the journal."""
    one = _paid(share, fen, by=by, at=at, **facts)
    journal.record(act=said, subject=one, by=by, at=at, area_code=one.village_id, serial=one.serial)
    return one


def _paid(share, fen, *, by, at, **facts):
    """Write a receipt under the next number of the village; the project's money first, then the numbers: as whoever writes a spending down."""
    _move(share.levy_id, fen)
    queries.alone_in(share.village_id)
    serial = next_serial(LevyPayment.objects.filter(village_id=share.village_id))
    return LevyPayment.objects.create(village_id=share.village_id, serial=serial, share=share, fen=fen, day=today(at), at=at, made_by_id=by.id, **facts)


def _move(levy_id, fen):
    """Move money into a project or out of it, never below nought. Raises Refused."""
    if not Levy.objects.filter(pk=levy_id, held_fen__gte=max(0, -fen)).update(held_fen=F("held_fen") + fen, version=F("version") + 1):
        raise Refused(PURSE_SHORT % {"n": Levy.objects.get(pk=levy_id).yuan["held"]})
