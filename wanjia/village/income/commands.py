"""The acts of the collective's book: contracts drawn up, checked, ended; money written down by one and approved by another; what was wrong reversed."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.policy.statuses import months_after
from wanjia.registry.models import Household
from wanjia.verdict import Refused

from ..bodies.homes import NO_HOME, asked_village, to_choose
from ..duties import Duty
from ..models import CollectiveDeal, DealDue, MoneyVoucher
from ..money_states import DEAL, VOUCHER, Category, Deal, VoucherKind, kind_of
from . import queries, rules
from .booking import commands as booking
from .subjects import DEALS, VOUCHERS

KEEPS, REVIEWS = {"duty": Duty.KEEP_MONEY}, {"duty": Duty.REVIEW_MONEY}
LONGEST = 70  # years of a contract
SHARED_OUT = _("%(year)s 年的账已经分红、公布,不能再记。记到今年,写明是哪一年的。")


@act(DEALS, "deal_new", at="new", words=_("登记集体合同"), done=_("已登记,另一个人核对原件后生效。"), **KEEPS, may=rules.keeps, new=True, lines={"collective_deal.draw": _("登记集体合同")})
def draw_deal(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_MONEY)],
    kind: Annotated[Deal, Asked(_("合同类型"))],
    what: Annotated[str, Asked(_("标的"), _("例如:二组鱼塘 12 亩。"), least=2, most=60)],
    party: Annotated[str, Asked(_("对方"), _("合同上写的个人或者单位;不对外公布。"), least=2, most=60)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    to_on: Annotated[date, Asked(_("到哪天止"))],
    yuan: Annotated[str, Asked(_("一年多少元"), _("入股的写保底分红。"), least=1, most=16)],
    due_on: Annotated[date, Asked(_("第一次哪天交"), _("以后每年这一天。"))],
    basis: Annotated[str, Asked(_("哪次会议定的"), most=120)] = "",
    home: Annotated[Household | None, Asked(_("本村哪一户"), _("外面来的不填。"), **to_choose(Duty.KEEP_MONEY, _("不是本村的")))] = None,
):  # fmt: skip
    """Draw up a contract of the collective (集体合同) as its paper has it, with what is due by it each year; in force when another hand has looked at the paper."""
    fen = queries.fen_told(yuan)
    if not from_on <= due_on <= to_on or to_on.year - from_on.year > LONGEST:
        raise Refused(_("起止、交款的日子对不上:起在前,止在后,交款在中间,最长 %(n)s 年。") % {"n": LONGEST})
    if home is not None and home.village_id != village.pk:
        raise Refused(NO_HOME)
    queries.alone_in(village.pk)
    one = CollectiveDeal.objects.create(
        village=village, serial=next_serial(CollectiveDeal.objects.filter(village=village)), kind=kind, what=what.strip(), party=party.strip(), home=home, basis=basis.strip(), from_on=from_on, to_on=to_on, fen=fen,
        drawn_at=at, drawn_by_id=by.id,
    )  # fmt: skip
    days = (months_after(due_on, 12 * n) for n in range(to_on.year - due_on.year + 1))
    DealDue.objects.bulk_create([DealDue(deal=one, due_on=day, fen=fen) for day in days if day <= to_on])
    journal.record(act="collective_deal.draw", subject=one, by=by, at=at, area_code=village.pk, fen=fen)
    return one


@act(DEALS, "deal_check", at="check", words=_("核对原件,生效"), done=_("已生效。"), **REVIEWS, may=rules.can_check_deal, rank=10, lines={"collective_deal.check": _("核对集体合同")})
def check_deal(collective_deal, *, by, at):
    """Put a contract in force (核对): by another hand, with the paper before it."""
    collective_deal.checked_at, collective_deal.checked_by_id = at, by.id
    journal.move(collective_deal, DEAL, "check", by=by, at=at, saving=["checked_at", "checked_by_id"], area_code=collective_deal.village_id)
    return collective_deal


@act(DEALS, "deal_drop", at="drop", words=_("不作数"), done=_("已记下。"), **KEEPS, may=rules.can_drop_deal, aside=True, rank=30, tone="danger", lines={"collective_deal.drop": _("集体合同不作数")})
def drop_deal(collective_deal, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Say that a contract which is not in force does not hold (不作数)."""
    collective_deal.reason = reason.strip()
    journal.move(collective_deal, DEAL, "drop", by=by, at=at, saving=["reason"], area_code=collective_deal.village_id)
    return collective_deal


@act(DEALS, "deal_end", at="end", words=_("终止合同"), done=_("已终止,以后的不再催。"), **REVIEWS, may=rules.can_end_deal, aside=True, rank=40, tone="danger", lines={"collective_deal.end": _("终止集体合同")})
def end_deal(
    collective_deal, *, by, at,
    ended_on: Annotated[date, Asked(_("哪天终止"))],
    reason: Annotated[str, Asked(_("为什么终止"), least=4, most=120)],
):  # fmt: skip
    """Say that a contract ended (终止): nothing is due after that day; what was due before stays due."""
    if not collective_deal.from_on <= ended_on <= min(today(at), collective_deal.to_on):
        raise Refused(_("终止的日子要在合同期里、今天以前。"))
    rules.leaves_what_was_due(collective_deal, ended_on, today(at)).or_raise()
    collective_deal.ended_on, collective_deal.reason = ended_on, reason.strip()
    journal.move(collective_deal, DEAL, "end", by=by, at=at, saving=["ended_on", "reason"], area_code=collective_deal.village_id)
    return collective_deal


@act(DEALS, "deal_receive", at="receive", words=_("登记收款"), done=_("已登记,等另一个人审批入账。"), **KEEPS, may=rules.can_receive, rank=5, lines={"money_voucher.draw": _("登记集体收支")})
def receive_due(
    collective_deal, *, by, at,
    due: Annotated[DealDue, Asked(_("哪一期"), among=queries.dues_open, named=queries.dues_of, shown=queries.words_of_due)],
    yuan: Annotated[str, Asked(_("收到多少元"), least=1, most=16)],
    day: Annotated[date, Asked(_("哪天收的"), initial=lambda _row, _actor, day: day)],
    paper: Annotated[str, Asked(_("票据号"), least=2, most=40)],
):  # fmt: skip
    """Write down what came of what is due (收款): a part or the whole, never more; on the book when another hand approved it."""
    fen = queries.fen_told(yuan)
    out = queries.dues().filter(pk=due.pk).values_list("out", flat=True).first() or 0
    if fen > out:
        raise Refused(_("这一期只差 %(yuan)s 元。") % {"yuan": queries.yuan(max(0, out))})
    category = Category.INVESTMENT if collective_deal.kind == Deal.STAKE else Category.OPERATING
    return _drawn(collective_deal.village, category, fen, day, paper, collective_deal.what, due=due, by=by, at=at)


@act(VOUCHERS, "voucher_new", at="new", words=_("登记一笔收支"), done=_("已登记,等另一个人审批入账。"), **KEEPS, may=rules.keeps, new=True, lines={"money_voucher.draw": _("登记集体收支")})
def draw_voucher(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_MONEY)],
    category: Annotated[Category, Asked(_("收支类别"), select=True)],
    yuan: Annotated[str, Asked(_("多少元"), least=1, most=16)],
    day: Annotated[date, Asked(_("哪天收付"), initial=lambda _row, _actor, day: day)],
    paper: Annotated[str, Asked(_("票据号"), _("发票、收据、银行回单上的号。"), least=2, most=40)],
    words: Annotated[str, Asked(_("摘要"), _("例如:卖苗木 2000 株。"), least=2, most=120)],
):  # fmt: skip
    """Write down money that came or went (收支), or what stood there when the book began; on the book when another hand approved it. What comes by a contract is written down at the contract."""
    return _drawn(village, category, queries.fen_told(yuan), day, paper, words, by=by, at=at)


@act(VOUCHERS, "voucher_book", at="book", words=_("核对票据,入账"), done=lambda one: _("已入账,凭证 %(n)s 号。") % {"n": one.serial}, **REVIEWS, may=rules.can_book, rank=10, lines={"money_voucher.book": _("审批集体收支")})
def book_voucher(money_voucher, *, by, at):
    """Approve a voucher (审批): it has its number and stands on the book from now on."""
    queries.alone_in(money_voucher.village_id)
    _still_open(money_voucher.village_id, money_voucher.year)
    return booking.booked(money_voucher, by=by, at=at)


@act(VOUCHERS, "voucher_refuse", at="refuse", words=_("不入账"), done=_("已记下。"), **REVIEWS, may=rules.can_refuse, rank=20, tone="quiet", lines={"money_voucher.refuse": _("集体收支不入账")})
def refuse_voucher(money_voucher, *, by, at, reason: Annotated[str, Asked(_("为什么不入账"), least=4, most=120)]):
    """Keep a voucher from the book (不入账), with the reason."""
    money_voucher.reason = reason.strip()
    journal.move(money_voucher, VOUCHER, "refuse", by=by, at=at, saving=["reason"], area_code=money_voucher.village_id)
    return money_voucher


@act(VOUCHERS, "voucher_reverse", at="reverse", words=_("提出冲正"), done=_("已登记,等另一个人审批;原来的一笔照样留着。"), **KEEPS, may=rules.can_reverse, rank=30, tone="danger", lines={"money_voucher.draw": _("登记集体收支")})
def reverse_voucher(money_voucher, *, by, at, words: Annotated[str, Asked(_("为什么冲正"), least=4, most=120)]):
    """Propose to take back what was booked wrongly (冲正): another voucher of today that names the first, for another hand to approve; nothing is deleted."""
    one = MoneyVoucher.objects.create(
        village_id=money_voucher.village_id, kind=VoucherKind.REVERSAL, fen=money_voucher.fen, day=today(at), year=today(at).year, words=words.strip(), reverses=money_voucher, drawn_at=at, drawn_by_id=by.id,
    )  # fmt: skip
    journal.record(act="money_voucher.draw", subject=one, by=by, at=at, area_code=one.village_id, fen=one.fen)
    return one


def _drawn(village, category, fen, day, paper, words, *, by, at, due=None):
    if day > today(at):
        raise Refused(_("日期要在今天以前。"))
    _still_open(village.pk, day.year)
    if kind_of(category) in (VoucherKind.COST, VoucherKind.USE):
        _cited_once(village.pk, category, paper.strip())
    one = MoneyVoucher.objects.create(
        village=village, kind=kind_of(category), category=category, fen=fen, day=day, year=day.year, paper=paper.strip(), words=words.strip(), due=due, drawn_at=at, drawn_by_id=by.id,
    )  # fmt: skip
    journal.record(act="money_voucher.draw", subject=one, by=by, at=at, area_code=village.pk, fen=fen, category=str(category))
    return one


def _cited_once(village_id, category, paper):
    """Refuse a paper that was paid already where the reserve pays, or paid, by it: a cost may lie on several vouchers of one paper, what the reserve is used for on one. Raises Refused."""
    queries.alone_in(village_id)
    if queries.is_cited(village_id, paper, *([] if kind_of(category) == VoucherKind.USE else [VoucherKind.USE])):
        raise Refused(_("这张发票、收据已经登记过。"))


def _still_open(village_id, year):
    """Refuse what belongs to a year that was shared out. Raises Refused."""
    if queries.shared_out(village_id, year):
        raise Refused(SHARED_OUT % {"year": year})
