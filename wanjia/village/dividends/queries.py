"""What is asked of dividends: the shares as of a day, what a plan comes to, who waits for money, whether what was given is what the rule gives."""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import day_start
from wanjia.policy import collective as policy
from wanjia.policy.money import yuan
from wanjia.reporting.posted import Posted

from ..duties import Duty
from ..income import queries as book
from ..models import DividendRun, DividendShare, MoneyVoucher, ShareHolding
from ..money_states import RunState, VoucherKind, VoucherState
from . import rules


def holdings_on(village_id, day):
    """The homes of a village that hold shares on a day, by their number."""
    return ShareHolding.objects.filter(village_id=village_id, hundredths__gte=1).on(day).select_related("home").order_by("home__number", "pk")


def plan_of(village_id, year, parts, fen):
    """Return what a year's plan comes to: the sums of its book, the reserve first, what there is to share out, what is shared out (fen: less than all of it; None: all)."""
    sums = book.sums(village_id, year)
    reserve = policy.reserve(sums["income_fen"] - sums["cost_fen"], parts)
    there = sums["income_fen"] - sums["cost_fen"] + sums["carried_fen"] - reserve
    return sums | {"reserve_fen": reserve, "total_fen": there if fen is None else fen}, there


def amounts(holdings, total):
    """Return {number of a home: fen} of a sum by shares: what a printed sheet is worked out anew by."""
    return policy.split(total, {one.home.number: one.hundredths for one in holdings})


def still_so(run):
    """Tell whether book and shares are what they were when a dividend was drawn up."""
    plan, there = plan_of(run.village_id, run.year, run.reserve_parts, run.total_fen)
    held = [(one.home_id, one.hundredths) for one in holdings_on(run.village_id, run.day)]
    return run.total_fen <= there and all(getattr(run, name) == fen for name, fen in plan.items()) and held == list(run.shares.order_by("serial").values_list("home_id", "hundredths"))


def per_share(run):
    """Return what one share is given, in fen, the rest left off."""
    return run.total_fen * 100 // run.hundredths


def unpaid(actor):
    """The homes that wait for a dividend which was adopted."""
    return rules.visible_shares(actor).filter(run__state=RunState.ADOPTED, paid_on=None)


def unpaid_count(actor, _day):
    """Return how many homes wait for a dividend, for whoever pays it."""
    return unpaid(actor).count() if actor.has_duty(Duty.KEEP_MONEY) else 0


def to_adopt(actor):
    """The dividends that wait for the actor's look: a plan, or receipts of homes that were paid; not what he drew up or paid himself."""
    mine = rules.visible_runs(actor, duty=Duty.REVIEW_MONEY)
    receipts = DividendShare.objects.filter(paid_on__isnull=False, voucher=None)
    own = receipts.filter(paid_by_id=actor.id).values("run")
    return mine.filter(state=RunState.DRAWN).exclude(drawn_by_id=actor.id) | mine.filter(state=RunState.ADOPTED, pk__in=receipts.values("run")).exclude(pk__in=own)


def listed(rows):
    """Give dividends what their list shows: homes that wait."""
    return rows.select_related("village").annotate(waiting=Count("shares", filter=Q(shares__paid_on=None, state=RunState.ADOPTED)))


def on_board(village, day, limit, _group_name=""):
    """Return what the village's board says of the collective's money: each year that was shared out in totals and by the share, and this year's account so far. No home's amount."""
    rows = DividendRun.objects.filter(village=village, state=RunState.ADOPTED, adopted_on__lte=day).order_by("-adopted_on", "-year")[:limit]
    said = [Posted(SAID % _of_board(one), one.adopted_on) for one in rows]
    return [*_so_far(village, day), *said][:limit]


SAID = _("%(year)s 年集体收入 %(income)s 元,支出 %(cost)s 元,提取公积公益金 %(reserve)s 元,分红 %(total)s 元:%(homes)s 户 %(shares)s 份,每份 %(each)s 元。")
SO_FAR = _("%(year)s 年到 %(day)s:集体收入 %(income)s 元,支出 %(cost)s 元。")


def _of_board(run):
    told = {"income": run.income_fen, "cost": run.cost_fen, "reserve": run.reserve_fen, "total": run.total_fen, "shares": run.hundredths, "each": per_share(run)}
    return {"year": run.year, "homes": run.homes} | {name: yuan(fen) for name, fen in told.items()}


def _so_far(village, day):
    lines = MoneyVoucher.objects.filter(village=village, year=day.year, state=VoucherState.BOOKED, booked_at__lt=day_start(day))
    if not lines.exists():
        return []
    sums = book.sums(village.pk, day.year)
    return [Posted(SO_FAR % {"year": day.year, "day": day, "income": yuan(sums["income_fen"]), "cost": yuan(sums["cost_fen"])}, day)]


def faults(_day):
    """Yield (what, column, is, should) of each adopted dividend that does not add up: its homes' amounts worked out anew by its shares, its sums out of the book, its vouchers."""
    for run in DividendRun.objects.filter(state=RunState.ADOPTED).select_related("village").order_by("pk"):
        yield from _faults_of(run)


def _faults_of(run):
    rows = list(run.shares.select_related("home").order_by("serial"))
    should = policy.split(run.total_fen, {one.home.number: one.hundredths for one in rows}) if rows else {}
    for one in rows:
        if one.fen != should[one.home.number]:
            yield one, _("金额(分)"), one.fen, should[one.home.number]
    sums = book.sums(run.village_id, run.year) | {"hundredths": sum(one.hundredths for one in rows), "homes": len(rows)}
    for name, n in sums.items():
        if getattr(run, name) != n:
            yield run, run._meta.get_field(name).verbose_name, getattr(run, name), n
    told = dict(run.vouchers.order_by().values_list("kind").annotate(n=Sum("fen")))
    paid = run.shares.filter(voucher__isnull=False).aggregate(n=Sum("fen"))["n"] or 0
    for kind, n in ((VoucherKind.RESERVE, run.reserve_fen), (VoucherKind.DIVIDEND, run.total_fen), (VoucherKind.PAYOUT, paid)):
        if told.get(kind, 0) != n:
            yield run, kind.label, told.get(kind, 0), n


def left_over(run):
    """Return what is there to share out and is not: it stays for the next year."""
    return run.income_fen - run.cost_fen + run.carried_fen - run.reserve_fen - run.total_fen
