"""Pages of the shop: what lies on its shelves, one thing, a receipt, the closes of months."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.areas.queries import villages_for
from wanjia.policy import points as policy
from wanjia.policy.money import yuan
from wanjia.reporting.figures.queries import drilled

from ..booking.queries import with_heads
from ..duties import Duty
from ..points.queries import in_force
from . import queries, rules
from .subjects import GOODS, MONTHS, REDEMPTIONS

SHOPS = 20  # villages of one page


@page("village/shop/", Duty.SEE_VILLAGE)
def shop(request):
    """What lies on the shelves and what it costs in points; whether the shelves answer for the points that are out."""
    found = page_of(request, queries.listed(rules.visible_goods(request.user)).order_by("village_id", "-offered", "name"))
    schemes = {one.village_id: in_force(one.village_id) for one in found}
    for one in found:
        one.price = policy.price(one.fen, schemes[one.village_id].fen) if schemes[one.village_id] else None
    villages = villages_for(Duty.SEE_VILLAGE)(None, request.user, request.day).filter(pk__in=rules.visible_goods(request.user).values("village"))[:SHOPS]
    return {"page": found, "shops": [(village, queries.standing(village.pk)) for village in villages], "keeps": request.user.has_duty(Duty.KEEP_POINTS),
            "n_waits": queries.to_check(request.user).count() if request.user.has_duty(Duty.REVIEW_POINTS) else 0}


@page("village/shop/goods/<uuid:good_id>/", Duty.SEE_VILLAGE, of=GOODS, moves=True)
def good(request, one):
    """One thing: how many there are, where they came from and went."""
    scheme = in_force(one.village_id)
    return {"page": page_of(request, one.moves.select_related("redemption").order_by("-day", "-pk")), "price": policy.price(one.fen, scheme.fen) if scheme else None}


@page("village/shop/redemptions/", Duty.SEE_VILLAGE)
def redemptions(request):
    """What homes took for points, the last first. ?figure=…"""
    figure = request.GET.get("figure", "")
    seen = drilled(rules.visible_redemptions(request.user), figure)
    found = page_of(request, seen["rows"].select_related("home", "good", "village").order_by("-day", "village_id", "-serial"))
    with_heads(found.object_list)
    return {"page": found, "figures": seen["figures"], "figure": figure, "day": request.day}


@page("village/shop/redemptions/<uuid:redemption_id>/", Duty.SEE_VILLAGE, of=REDEMPTIONS, moves=True)
def redemption(request, one):
    """A receipt: prints with a line to sign on."""
    with_heads([one])
    return {"left": one.entry.lines.get(account__home=one.home).account.balance}


@page("village/points/months/", Duty.SEE_VILLAGE)
def point_months(request):
    """The closes of months, the last first."""
    found = page_of(request, rules.visible_months(request.user).select_related("village").order_by("-month", "village_id"))
    left = [(village, months) for village in villages_for(Duty.KEEP_POINTS)(None, request.user, request.day)[:SHOPS] if (months := queries.months_left(village.pk, request.day))]
    return {"page": found, "left": left, "keeps": request.user.has_duty(Duty.KEEP_POINTS)}


@page("village/points/months/<uuid:point_month_id>/", Duty.SEE_VILLAGE, of=MONTHS, moves=True)
def point_month(request, one):
    """The close of a month as it is put up."""
    return {"shelves": yuan(one.stock_fen), "worth": yuan(one.closing * one.fen), "drawn_here": one.drawn_by_id == request.user.id and one.state == "points_drawn"}
