"""What is asked of the collective's book: what a year comes to, what is due, whether all adds up."""

from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.locks import hold
from wanjia.policy.money import yuan
from wanjia.policy.spelling import is_among
from wanjia.verdict import Refused

from ..duties import Duty
from ..models import DealDue, DividendRun, MoneyAccount, MoneyLine, MoneyVoucher
from ..money_states import Category, DealState, Purse, RunState, VoucherKind, VoucherState, kind_of, sides
from ..rules import hundredths
from . import rules

MOST = 100_000_000_00  # fen of one voucher: a hundred million yuan
MOST_YEARS = 9  # whose sheets one row links to
SHARED = (VoucherKind.RESERVE, VoucherKind.DIVIDEND)


def alone_in(village_id):
    """Let nobody else write into this collective's book until the running transaction ends."""
    hold(f"money of|{village_id}")


def fen_told(text):
    """Return fen of what is written as yuan. Raises Refused."""
    fen = hundredths(text)
    if not 0 < fen <= MOST:
        raise Refused(_("金额要在 0.01 元到 1 亿元之间。"))
    return fen


def shared_out(village_id, year):
    """Tell whether a year was shared out already: its account is what the members were told, and is written into no more."""
    return DividendRun.objects.filter(village_id=village_id, year__gte=year, state=RunState.ADOPTED).exists()


def sums(village_id, year):
    """Return what a year's book comes to before it is shared out: {income_fen, cost_fen, carried_fen}, carried: what earlier years left and nobody had, below nought where they lost."""
    lines = MoneyLine.objects.filter(voucher__village_id=village_id)
    found = lines.aggregate(
        income=Sum("fen", filter=Q(account__purse=Purse.INCOME, voucher__year=year)), cost=Sum("fen", filter=Q(account__purse=Purse.COST, voucher__year=year)),
        before=Sum("fen", filter=Q(account__purse__in=(Purse.INCOME, Purse.COST, Purse.PROFIT), voucher__year__lt=year)),
        opened=Sum("fen", filter=Q(account__purse=Purse.PROFIT, voucher__year=year) & ~Q(voucher__kind__in=SHARED)),
    )  # fmt: skip
    income, cost, before, opened = (int(found[name] or 0) for name in ("income", "cost", "before", "opened"))  # PostgreSQL adds up to decimals
    return {"income_fen": -income, "cost_fen": cost, "carried_fen": -before - opened}


def by_category(village_id, year):
    """Return [(words, fen, kind)] of a year's money by category, what was reversed taken off: as it is published."""
    rows = MoneyLine.objects.filter(voucher__village_id=village_id, voucher__year=year, account__purse__in=(Purse.INCOME, Purse.COST))
    told = {}
    for row in rows.order_by().values("voucher__category", "voucher__reverses__category").annotate(n=Sum("fen")):
        category = row["voucher__category"] or row["voucher__reverses__category"]
        told[category] = told.get(category, 0) + int(row["n"])
    return [(one.label, abs_of(one, told[one.value]), kind_of(one.value)) for one in Category if one.value in told]


def abs_of(category, fen):
    """Return a category's amount as people say it: income stands on the credit side of the book."""
    return -fen if kind_of(category) == VoucherKind.INCOME else fen


def is_cited(village_id, paper, *kinds):
    """Tell whether a paper, however its number is spelt, stands already for money that went out of this collective (kinds: of these alone): booked and not taken back, or waiting for a look; `alone_in` was called."""
    gone = MoneyVoucher.objects.filter(village_id=village_id, kind__in=kinds or (VoucherKind.COST, VoucherKind.USE)).exclude(state=VoucherState.REFUSED).exclude(reversals__state=VoucherState.BOOKED)
    return is_among(paper, gone.order_by().values_list("paper", flat=True).iterator())


def used(village_id, year):
    """Return what the reserve was used for in a year, in fen, what was taken back left off."""
    of_use = Q(voucher__kind=VoucherKind.USE) | Q(voucher__reverses__kind=VoucherKind.USE)
    return int(MoneyLine.objects.filter(of_use, voucher__village_id=village_id, voucher__year=year, account__purse=Purse.RESERVE).aggregate(n=Sum("fen"))["n"] or 0)


def standing(village_id):
    """Return {account: fen} of a collective now, each as people say it: cash, reserve, dividends owed; and the years that it knows."""
    kept = dict(MoneyAccount.objects.filter(village_id=village_id).values_list("purse", "fen"))
    return {"cash": kept.get(Purse.CASH, 0), "reserve": -kept.get(Purse.RESERVE, 0), "owed": -kept.get(Purse.PAYABLE, 0), "years": years_of(village_id)[:MOST_YEARS]}


def years_of(village_id):
    """Return the years that a collective's book knows, the last first."""
    return list(MoneyVoucher.objects.filter(village_id=village_id, state=VoucherState.BOOKED).order_by("-year").values_list("year", flat=True).distinct())


def dues():
    """Return what is due by contracts that hold or held, with how much came or waits for a look (`got`) and what is still out (`out`)."""
    got = MoneyVoucher.objects.filter(due=OuterRef("pk")).exclude(state=VoucherState.REFUSED).exclude(reversals__state=VoucherState.BOOKED).order_by().values("due").annotate(n=Sum("fen")).values("n")
    rows = DealDue.objects.filter(Q(deal__state=DealState.IN_FORCE) | Q(deal__state=DealState.ENDED, due_on__lte=F("deal__ended_on")))
    return rows.annotate(got=Coalesce(Subquery(got), 0)).annotate(out=F("fen") - F("got"))


def dues_open(deal, _actor, _day):
    """What is due by a contract and did not come wholly."""
    return dues().filter(deal=deal, out__gt=0).order_by("due_on") if deal else DealDue.objects.none()


def dues_of(deal, _actor, _day):
    """All that a call may name of a contract."""
    return deal.dues.all() if deal else DealDue.objects.none()


def words_of_due(one):
    """Return what is due as a list offers it."""
    return f"{one.due_on} {yuan(one.fen)} 元" + (f",还差 {yuan(one.out)} 元" if hasattr(one, "out") and one.out != one.fen else "")


def overdue(actor, day):
    """The contracts in reach with money that should have come by a day and did not, for whoever keeps them."""
    late = dues().filter(due_on__lt=day, out__gt=0).values("deal")
    return rules.visible_deals(actor, duty=Duty.KEEP_MONEY).filter(pk__in=late)


def to_review(actor):
    """The vouchers that wait for the actor's look: not what he drew up himself."""
    return rules.visible_vouchers(actor, duty=Duty.REVIEW_MONEY).filter(state=VoucherState.DRAWN).exclude(drawn_by_id=actor.id)


def deals_to_check(actor):
    """The contracts that wait for the actor's look."""
    return rules.visible_deals(actor, duty=Duty.REVIEW_MONEY).filter(state=DealState.DRAWN).exclude(drawn_by_id=actor.id)



def faults(_day):
    """Yield (what, column, is, should) of each account that is not the sum of its lines, and of each voucher whose lines are not what it stands for."""
    for one in MoneyAccount.objects.annotate(should=Sum("lines__fen", default=0)).exclude(fen=F("should")).select_related("village").order_by("pk"):
        yield one, _("余额(分)"), one.fen, one.should
    twice = MoneyVoucher.objects.annotate(n=Count("lines"), total=Sum("lines__fen", default=0))
    for one in twice.exclude(n=2, total=0, state=VoucherState.BOOKED).exclude(~Q(state=VoucherState.BOOKED), n=0).order_by("pk"):
        yield one, _("分录"), one.total, 0
    for line in _unlike():
        yield line.voucher, _("分录"), line.fen, line.should or 0


def _unlike():
    """Yield the lines that say something else than the voucher that they stand for."""
    first = Subquery(MoneyLine.objects.filter(voucher=OuterRef("voucher__reverses"), account=OuterRef("account")).values("fen")[:1])
    yield from MoneyLine.objects.filter(voucher__kind=VoucherKind.REVERSAL).annotate(should=-first).exclude(fen=F("should"), should__isnull=False).select_related("voucher").order_by("pk")
    for kind, category in ((kind, "") for kind in VoucherKind if kind not in (VoucherKind.REVERSAL, VoucherKind.OPENING)):
        yield from _of_kind(MoneyLine.objects.filter(voucher__kind=kind), *sides(kind, category))
    for category in (Category.BEFORE, Category.BEFORE_RESERVE):
        yield from _of_kind(MoneyLine.objects.filter(voucher__kind=VoucherKind.OPENING, voucher__category=category), *sides(VoucherKind.OPENING, category))


def _of_kind(rows, to, out):
    """Yield the lines of one kind that are not its amount into the one account and out of the other."""
    right = Q(account__purse=to, fen=F("voucher__fen")) | Q(account__purse=out, fen=-F("voucher__fen"))
    yield from rows.exclude(right).annotate(should=F("voucher__fen")).select_related("voucher").order_by("pk")
