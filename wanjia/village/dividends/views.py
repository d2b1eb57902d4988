"""Pages of dividends: the years, one year with its homes for whoever pays them, shares; the sheet that is worked out anew, a home's receipt, the account that is put up."""

from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.orgs.areas.queries import villages_for
from wanjia.policy import collective as policy
from wanjia.registry.memberships import heads_of
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..booking.queries import with_heads
from ..duties import Duty
from ..income import queries as book
from ..models import DividendRun
from ..money_states import RunState
from ..rules import within
from . import queries, rules
from .subjects import RUNS, SHARES

MONEY = (Duty.KEEP_MONEY, Duty.REVIEW_MONEY)
ON_PAPER = 1000  # homes of one sheet


@page("village/money/dividends/", Duty.SEE_VILLAGE)
def dividends(request):
    """The dividends of collectives in reach, in totals; what waits for a look. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_runs(request.user), figure)
    n_waits = queries.to_adopt(request.user).distinct().count() if request.user.has_duty(Duty.REVIEW_MONEY) else 0
    found = page_of(request, queries.listed(seen["rows"]).order_by("-year", "village_id", "pk"))
    return {"page": found, "figures": seen["figures"], "figure": figure, "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_MONEY), "n_waits": n_waits}


def _opens(actor, run):
    """Tell whether somebody may see what each home is given."""
    return any(actor.has_duty(duty) and within(actor, run.village_id, duty) for duty in MONEY)


@page("village/money/dividends/<uuid:dividend_run_id>/", Duty.SEE_VILLAGE, of=RUNS, moves=True)
def dividend_run(request, one):
    """A year's dividend: how it was worked out, by which decision; the homes, those that wait first, for whoever pays them."""
    private = _opens(request.user, one)
    rows = one.shares.select_related("home").order_by("paid_on", "serial") if private else one.shares.none()
    found = page_of(request, rows)
    with_heads(found.object_list)
    return {
        "page": found, "private": private, "each": queries.per_share(one), "left": queries.left_over(one), "waiting": one.shares.filter(paid_on=None).count() if one.state == RunState.ADOPTED else 0,
        "receipts": rules.receipts(one).count(), "mine": one.state == RunState.DRAWN and one.drawn_by_id == request.user.id, "edition": policy.in_force(one.item.meeting.day),
    }  # fmt: skip


@page("village/money/dividends/<uuid:dividend_run_id>/sheet/", *MONEY, of=RUNS)
def dividend_sheet(request, one):
    """The sheet that homes sign (分红发放表), with all that is needed to work it out anew by hand. For whoever pays, not for the board."""
    rows = list(one.shares.select_related("home").order_by("serial")[:ON_PAPER])
    heads = heads_of([row.home for row in rows])
    for row in rows:
        row.head = heads.get(row.home_id, ("",))[0]
    name = f"{one.village.name}{one.year} 年分红发放表"
    context = {
        "run": one, "rows": rows, "cut": max(0, one.homes - len(rows)), "each": queries.per_share(one), "left": queries.left_over(one), "edition": policy.in_force(one.item.meeting.day), "name": name,
        "author": one.village.name, "made": request.at, "day": request.day,
    }  # fmt: skip
    return beside(pdf("village/papers/dividend.html", context, name=f"dividend-{one.pk}"), f"{name}.pdf")


@page("village/money/receipts/<uuid:dividend_share_id>/", *MONEY, of=SHARES, moves=True)
def dividend_share(request, one):
    """What one home is given, whether it was paid, and how it is worked out; prints as its receipt."""
    with_heads([one])
    return {}


@page("village/money/receipts/<uuid:dividend_share_id>/paper/", *MONEY, of=SHARES)
def dividend_receipt(request, one):
    """A home's receipt (分红收据): two copies, one to sign and one to keep; of a dividend that another hand adopted."""
    if one.run.state != RunState.ADOPTED:
        raise Http404
    with_heads([one])
    name = f"{one.run.village.name}{one.run.year} 年分红收据 {one.serial} 号"
    context = {"one": one, "run": one.run, "each": queries.per_share(one.run), "copies": ("存根,集体留存", "收据,农户留存"), "name": name, "author": one.run.village.name, "made": request.at, "day": request.day}
    return beside(pdf("village/papers/receipt.html", context, name=f"receipt-{one.pk}"), f"{name}.pdf")


@page("village/money/holdings/", *MONEY)
def share_holdings(request):
    """The shares of homes as of a day, by number: nobody is ranked. ?on=…"""
    rows = rules.visible_holdings(request.user) | rules.visible_holdings(request.user, duty=Duty.REVIEW_MONEY)
    found = page_of(request, rows.distinct().on(request.day).select_related("home", "village").order_by("village_id", "home__number", "pk"))
    with_heads(found.object_list)
    return {"page": found, "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_MONEY)}


@page("village/money/account/<str:area_id>/<int:year>/", Duty.SEE_VILLAGE)
def account_sheet(request, area_id, year):
    """The account of a year as it is put up (集体财务公开表): totals by category, reserve, dividend by the share. No name, no home's amount."""
    village = villages_for(Duty.SEE_VILLAGE)(None, request.user, request.day).filter(pk=area_id).first()
    if village is None or year not in book.years_of(village.pk):
        raise Http404
    run = DividendRun.objects.filter(village=village, year=year, state=RunState.ADOPTED).select_related("item__meeting__body").first()
    name = f"{village.name}集体经济组织 {year} 年财务公开表"
    context = {
        "rows": book.by_category(village.pk, year), **book.sums(village.pk, year), "standing": book.standing(village.pk), "used": book.used(village.pk, year), "run": run, "each": queries.per_share(run) if run else 0,
        "left": queries.left_over(run) if run else 0, "edition": policy.in_force(request.day), "village": village, "year": year, "name": name, "author": village.name, "made": request.at, "day": request.day,
    }  # fmt: skip
    return beside(pdf("village/papers/account.html", context, name=f"account-{area_id}-{year}"), f"{name}.pdf")
