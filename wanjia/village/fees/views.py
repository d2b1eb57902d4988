"""Pages of fees: the account and what waits, the rules, a run, what homes are due, a waiver, a receipt, a spending; the papers."""

from django.db.models import Case, F, When
from django.http import Http404

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.orgs.areas.queries import villages_for
from wanjia.orgs.models import Area
from wanjia.policy import fees as policy
from wanjia.policy.money import in_words, yuan
from wanjia.policy.quarters import days_of
from wanjia.registry.memberships import heads_of
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..bodies.homes import named, sought, words_of_home
from ..booking.queries import with_heads
from ..bylaws import citing
from ..deciding.queries import seal_of
from ..duties import Duty
from ..fee_states import RuleState, SpendState
from . import queries, rules
from .subjects import CHARGES, PAYMENTS, RULES, RUNS, SPENDS, WAIVERS

VILLAGES = 20  # of one page
QUARTERS = 8  # of one page, the last ones
PAID_LAST = Case(When(due_fen__gt=F("paid_fen") + F("waived_fen"), then=0), default=1)
HANDS = (Duty.KEEP_FEES, Duty.REVIEW_FEES)


@page("village/fees/", Duty.SEE_VILLAGE, template="list")
def fees(request):
    """The account of each village by quarters, what waits for a look, the rules in force, what was spent. No home and no arrears."""
    user = request.user
    waits = [list(rows.select_related(*related)) for rows, related in zip(queries.to_review(user), (("village",), ("charge__home", "charge__village"), ("village",), ("village",)), strict=True)] if user.has_duty(Duty.REVIEW_FEES) else [[]] * 4
    for one, home in zip(waits[1], named([one.charge.home for one in waits[1]]), strict=True):
        one.head = words_of_home(home)
    villages = villages_for(Duty.SEE_VILLAGE)(None, user, request.day).filter(pk__in=rules.visible_rules(user).values("village"))[:VILLAGES]
    found = rules.visible_rules(user).filter(state__in=(RuleState.IN_FORCE, RuleState.DRAFT)).select_related("village").order_by("village_id", "serial")
    runs = [] if not user.has_duty(*HANDS) else page_of(request, _own(rules.visible_runs, user).select_related("village").order_by("-from_on", "village_id"), word="runs")
    return {
        "accounts": [(village, queries.account(village.pk, request.day)[-QUARTERS:], yuan(queries.balance(village.pk))) for village in villages], "waits": waits, "n_waits": sum(map(len, waits)), "runs": runs,
        "rules": page_of(request, found, word="rules"), "page": page_of(request, rules.visible_spends(user).select_related("village").order_by("-day", "village_id", "-serial")),
        "keeps": user.has_duty(Duty.KEEP_FEES), "edition": policy.in_force(request.day),
    }  # fmt: skip


def _own(visible, user):
    """The rows that one of the two hands opens: whoever keeps the fees, or whoever looks at them."""
    return visible(user, duty=Duty.KEEP_FEES) | visible(user, duty=Duty.REVIEW_FEES)


@page("village/fees/rules/<uuid:fee_rule_id>/", Duty.SEE_VILLAGE, of=RULES, moves=True)
def fee_rule(request, one):
    """A version of the rules: the rate, who pays less, the meeting that adopted it."""
    return {"clauses": one.clauses.all(), "cited": citing.shown(one.cites, request.day), "drawn_here": one.state == RuleState.DRAFT and one.drawn_by_id == request.user.id, "edition": policy.in_force(one.from_on)}


@page("village/fees/runs/<uuid:fee_run_id>/", *HANDS, of=RUNS, moves=True)
def fee_run(request, one):
    """A run home by home before it is due; then its sums alone: who paid is on the page of whoever keeps the fees."""
    drawn = one.state == "run_drawn"
    found = queries.lines(one.rule, one.as_of) if drawn else []
    heads = heads_of([line.home for line in found])
    shown = [(line, heads.get(line.home.pk, ("",))[0]) for line in found]
    return {"page": page_of(request, shown), "drawn": drawn, "mine": drawn and one.drawn_by_id == request.user.id, "same": not drawn or queries.sums(found)["due_fen"] == one.due_fen}


@page("village/fees/charges/", Duty.KEEP_FEES)
def fee_charges(request):
    """What each home is due and what is left of it, those with something left first, by group and number. Nobody but whoever keeps the fees sees it. ?figure=… ?q= a name, a number or a group."""
    figure, asked = request.GET.get("figure", ""), request.GET.get("q", "").strip()
    seen = drilled(rules.visible_charges(request.user), figure)
    rows = seen["rows"].filter(sought(asked, "home")) if asked else seen["rows"]
    found = page_of(request, rows.select_related("home", "village", "clause").order_by(PAID_LAST, "-from_on", "village_id", "home__group_name", "home__number"))
    with_heads(found.object_list)
    return {"page": found, "figures": seen["figures"], "figure": figure, "asked": asked, "day": request.day}


@page("village/fees/charges/<uuid:fee_charge_id>/", Duty.KEEP_FEES, of=CHARGES, moves=True)
def fee_charge(request, one):
    """What one home is due for a period, what it paid and was let off. Prints as its statement."""
    with_heads([one])
    return {"cited": citing.shown(one.run.rule.cites, one.from_on), "page": page_of(request, one.payments.order_by("serial")), "waivers": one.waivers.order_by("asked_on", "pk")}


@page("village/fees/waivers/<uuid:fee_waiver_id>/", *HANDS, of=WAIVERS, moves=True)
def fee_waiver(request, one):
    """A waiver: what is asked and why, what was answered."""
    return {"head": heads_of([one.charge.home]).get(one.charge.home_id, ("",))[0], "mine": one.state == "waiver_asked" and one.asked_by_id == request.user.id}


@page("village/fees/receipts/<uuid:fee_payment_id>/", *HANDS, of=PAYMENTS, moves=True)
def fee_payment(request, one):
    """A receipt and what reversed it; leads to its paper."""
    return _receipt(one)


def _receipt(one):
    return {"head": heads_of([one.charge.home]).get(one.charge.home_id, ("",))[0], "spelt": in_words(one.fen)}


@page("village/fees/receipts/<uuid:fee_payment_id>/paper/", Duty.KEEP_FEES, of=PAYMENTS)
def fee_receipt_paper(request, one):
    """The receipt as it is handed over (收款收据): number, home, amount in words."""
    name = f"{one.village.name}收据{one.serial}号"
    context = {"payment": one, "charge": one.charge, "name": name, "author": one.village.name, "made": request.at, "seal": seal_of(one.village), **_receipt(one)}
    return beside(pdf("village/papers/fee_receipt.html", context, name=f"{one.pk}"), f"{name}.pdf")


@page("village/fees/spends/<uuid:fee_spend_id>/", Duty.SEE_VILLAGE, of=SPENDS, moves=True)
def fee_spend(request, one):
    """A spending: what, how much, by which voucher; to whom, for whoever keeps or looks at fees alone."""
    return {"whom": rules.sees_payee(request.user, one), "mine": one.state == SpendState.DRAWN and one.drawn_by_id == request.user.id}


@page("village/fees/account/<str:area_id>/<int:year>/<int:quarter>/", Duty.SEE_VILLAGE)
def fee_account_paper(request, area_id, year, quarter):
    """The account of a quarter as it is put up (公开账): due, let off, waived, came, spent line by line, left. No home."""
    village = Area.objects.filter(pk=area_id, pk__in=rules.visible_rules(request.user).values("village")).first()
    one = next((one for one in queries.account(area_id, request.day) if (one.year, one.n) == (year, quarter)), None) if village else None
    if one is None:
        raise Http404
    first, last = days_of(year, quarter)
    homes, exempt, due = queries.due_in(area_id, first, last)
    name = f"{village.name}垃圾清运费公开账 {year} 年第 {quarter} 季度"
    context = {
        "one": one, "spends": queries.spent_in(area_id, first, last), "homes": homes, "exempt": exempt, "due": yuan(due), "rule": queries.rule_on(area_id, min(request.day, last)), "day": request.day, "name": name,
        "author": village.name, "made": request.at, "seal": seal_of(village), "edition": policy.in_force(request.day), "open": last >= request.day,
    }  # fmt: skip
    return beside(pdf("village/papers/fee_account.html", context, name=f"fees-{area_id}-{one.word}"), f"{name}.pdf")
