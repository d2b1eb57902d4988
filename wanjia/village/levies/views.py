"""Pages of money and labour for a project: the projects and what waits, one with its course and money, what a home is due, a receipt, a spending; the papers."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.policy import levies as policy
from wanjia.policy.money import in_words
from wanjia.registry.memberships import heads_of
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.figures.queries import drilled

from ..booking.queries import with_heads
from ..deciding.queries import seal_of
from ..duties import Duty
from ..fee_states import SpendState
from ..fees.rules import sees_payee
from ..levy_states import LevyState
from ..models import LevyShare
from ..rules import within
from . import queries, rules
from .subjects import LEVIES, PAYMENTS, SHARES, SPENDS

ON_PAPER = 400  # homes of one sheet
OPENS = (Duty.SEE_VILLAGE, Duty.APPROVE_LEVIES)
HANDS = (Duty.KEEP_FEES, Duty.REVIEW_FEES)


@page("village/levies/", *OPENS)
def levies(request):
    """The projects in reach, what waits for the actor. ?figure=… the projects that one counts."""
    user, figure = request.user, request.GET.get("figure", "")
    seen = drilled(rules.visible_levies(user, duty=OPENS), figure)
    found = page_of(request, seen["rows"].select_related("village").order_by("-year", "village_id", "-serial"))
    n = sum(rows.count() for rows in queries.waiting(user, request.day))
    spends = queries.spends_to_decide(user).select_related("levy", "village").order_by("day", "pk") if user.has_duty(Duty.REVIEW_FEES) else []
    return {"page": found, "figures": seen["figures"], "figure": figure, "day": request.day, "n_waits": n, "spends": spends, "keeps": user.has_duty(Duty.KEEP_FEES), "edition": policy.in_force(request.day)}


@page("village/levies/<uuid:levy_id>/", *OPENS, of=LEVIES, moves=True)
def levy(request, one):
    """A project: its course with each hand's word, what came and went; before it is due the roll home by home, for the two hands alone."""
    hand, drawn = sees_payee(request.user, one), one.state not in (LevyState.CHARGED, LevyState.DONE, LevyState.DROPPED)
    found = queries.lines(one, request.day) if hand and drawn else []
    heads = heads_of([line.home for line in found])
    notice = one.item.notices.filter(withdrawn_on=None).first() if one.item_id else None
    return {
        "page": page_of(request, [(line, heads.get(line.home.pk, ("",))[0]) for line in found]), "sums": queries.sums(found), "hand": hand, "drawn": drawn, "told": queries.told([one])[one.pk], "notice": notice,
        "spends": one.spends.order_by("-day", "-serial"), "keeper": within(request.user, one.village_id, Duty.KEEP_FEES), "charged": one.charged_on is not None,
        "reliefs": one.reliefs.select_related("home") if hand else [],
    }  # fmt: skip


@page("village/levies/<uuid:levy_id>/homes/", Duty.KEEP_FEES, of=LEVIES)
def levy_homes(request, one):
    """What each home is due of a project and what is left. Nobody but whoever keeps the fees sees it."""
    found = page_of(request, one.shares.select_related("home").order_by("home__group_name", "home__number"))
    with_heads(found.object_list)
    return {"page": found}


@page("village/levies/<uuid:levy_id>/plan/", *OPENS, of=LEVIES)
def levy_plan_paper(request, one):
    """The plan as it is put up and sent on (方案表、公示): what, how much, by which caps, the course; no home, no name."""
    return _paper("levy_plan", f"{one.village.name}一事一议筹资筹劳方案{one.year}年第{one.serial}件", one, request, told=queries.told([one])[one.pk], spends=one.spends.filter(state=SpendState.APPROVED).order_by("paid_on", "serial"))


@page("village/levies/<uuid:levy_id>/roll/", Duty.KEEP_FEES, of=LEVIES)
def levy_roll_paper(request, one):
    """The roll to collect and sign by (花名册): each home with heads, labourers, money and days; not to be put up. Who is let off all of it signs nothing, and stands not before the neighbours who sign."""
    rows = list(one.shares.select_related("home").order_by("home__group_name", "home__number"))
    if not rows:
        rows = [LevyShare(levy=one, home=line.home, heads=line.heads, workers=line.workers, due_fen=line.fen, due_days=line.days) for line in queries.lines(one, request.day)]
    rows = [row for row in rows if row.due_fen or row.due_days]
    rows, cut = rows[:ON_PAPER], max(0, len(rows) - ON_PAPER)
    return _paper("levy_roll", f"{one.name}筹资筹劳花名册", one, request, rows=with_heads(rows), cut=cut, drawn=one.state not in (LevyState.CHARGED, LevyState.DONE))


def _paper(template, name, one, request, **more):
    context = {"levy": one, "name": name, "author": one.village.name, "made": request.at, "day": request.day, "seal": seal_of(one.village), "edition": policy.in_force(one.told_on), **more}
    return beside(pdf(f"village/papers/{template}.html", context, name=f"{template}-{one.pk}"), f"{name}.pdf")


@page("village/levies/shares/<uuid:levy_share_id>/", Duty.KEEP_FEES, of=SHARES, moves=True)
def levy_share(request, one):
    """What one home is due of a project: money, days; its receipts and days worked."""
    with_heads([one])
    return {"page": page_of(request, one.payments.order_by("serial")), "labour": one.labour.order_by("day", "at"), "edition": policy.in_force(request.day)}


@page("village/levies/receipts/<uuid:levy_payment_id>/", *HANDS, of=PAYMENTS, moves=True)
def levy_payment(request, one):
    """A receipt and what reversed it; leads to its paper."""
    return _receipt(one)


def _receipt(one):
    return {"head": heads_of([one.share.home]).get(one.share.home_id, ("",))[0], "spelt": in_words(one.fen)}


@page("village/levies/receipts/<uuid:levy_payment_id>/paper/", Duty.KEEP_FEES, of=PAYMENTS)
def levy_receipt_paper(request, one):
    """The receipt as it is handed over (筹资筹劳专用凭证): number, home, amount in words, or days paid instead."""
    return _paper("levy_receipt", f"{one.village.name}筹资收据{one.serial}号", one.share.levy, request, payment=one, share=one.share, **_receipt(one))


@page("village/levies/spends/<uuid:levy_spend_id>/", Duty.SEE_VILLAGE, of=SPENDS, moves=True)
def levy_spend(request, one):
    """A spending: what, how much, by which voucher; to whom, for whoever keeps or looks at fees alone."""
    return {"whom": sees_payee(request.user, one), "mine": one.state == SpendState.DRAWN and one.drawn_by_id == request.user.id}
