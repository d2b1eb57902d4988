"""Pages of the collective's book: how it stands, a voucher, contracts and what is due."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.areas.queries import villages_for
from wanjia.policy import collective as policy
from wanjia.reporting.figures.queries import drilled

from ..duties import Duty
from ..money_states import DealState, VoucherState
from . import queries, rules
from .subjects import DEALS, VOUCHERS

BOOKS = 20  # villages of one page


@page("village/money/", Duty.SEE_VILLAGE)
def money(request):
    """How the collectives in reach stand this year, what waits for approval, the vouchers on the book. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_vouchers(request.user), figure)
    rows = seen["rows"].select_related("village", "reverses").order_by("-day", "-serial", "pk")
    villages = villages_for(Duty.SEE_VILLAGE)(None, request.user, request.day).filter(pk__in=rules.visible_vouchers(request.user).values("village"))[:BOOKS]
    return {
        "waits": page_of(request, rows.filter(state=VoucherState.DRAWN), word="waits"), "page": page_of(request, rows.exclude(state=VoucherState.DRAWN)), "figures": seen["figures"], "figure": figure,
        "books": [(village, queries.standing(village.pk), queries.sums(village.pk, request.day.year)) for village in villages], "day": request.day, "keeps": request.user.has_duty(Duty.KEEP_MONEY),
        "edition": policy.in_force(request.day), "n_waits": queries.to_review(request.user).count() if request.user.has_duty(Duty.REVIEW_MONEY) else 0,
    }  # fmt: skip


@page("village/money/vouchers/<uuid:money_voucher_id>/", Duty.SEE_VILLAGE, of=VOUCHERS, moves=True)
def money_voucher(request, one):
    """One voucher: what for, between which accounts, who drew it up and who approved it, what reversed it."""
    return {
        "lines": one.lines.select_related("account"), "back": one.reversals.exclude(state=VoucherState.REFUSED).first(),
        "mine": one.state == VoucherState.DRAWN and one.drawn_by_id == request.user.id,
    }  # fmt: skip


@page("village/money/deals/", Duty.SEE_VILLAGE)
def collective_deals(request):
    """The contracts of collectives in reach; what is due and did not come."""
    rows = rules.visible_deals(request.user).select_related("village", "home").order_by("state", "to_on", "pk")
    late = queries.dues().filter(deal__in=rules.visible_deals(request.user), due_on__lt=request.day, out__gt=0).select_related("deal__village").order_by("due_on", "pk")
    n_waits = queries.deals_to_check(request.user).count() if request.user.has_duty(Duty.REVIEW_MONEY) else 0
    n_late = queries.overdue(request.user, request.day).count() if request.user.has_duty(Duty.KEEP_MONEY) else 0
    found = page_of(request, rows)
    for one in found.object_list:
        one.whom = one.party if rules.sees_party(request.user, one.village_id) else "—"
    return {"page": found, "late": page_of(request, late, word="late"), "keeps": request.user.has_duty(Duty.KEEP_MONEY), "n_waits": n_waits + n_late}


@page("village/money/deals/<uuid:collective_deal_id>/", Duty.SEE_VILLAGE, of=DEALS, moves=True)
def collective_deal(request, one):
    """One contract: what is due by it and what came; with whom, for whoever keeps or looks at this book alone."""
    due = queries.dues().filter(deal=one) if one.state in (DealState.IN_FORCE, DealState.ENDED) else one.dues.all()
    return {"page": page_of(request, due.order_by("due_on")), "day": request.day, "mine": one.state == DealState.DRAWN and one.drawn_by_id == request.user.id, "whom": rules.sees_party(request.user, one.village_id)}
