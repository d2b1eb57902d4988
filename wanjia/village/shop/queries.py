"""What is asked of the shop: homes that have points, the sums of a month, what the shelves and the points out come to."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.policy import points as policy
from wanjia.policy.statuses import months_after
from wanjia.registry.memberships import heads_of
from wanjia.verdict import Refused

from ..bodies.homes import homes_in, own_village
from ..booking.queries import points_out
from ..duties import Duty
from ..models import Good, PointAccount, PointLine, PointMonth, Redemption, StockMove
from ..point_states import EntryKind, Purse
from ..points.queries import in_force, promised, shelves
from . import rules

SIGNS = {EntryKind.AWARD: 1, EntryKind.REVERSAL: -1, EntryKind.REDEEM: -1, EntryKind.GIVE_BACK: 1}


def buyers(good, actor, _day):
    """The homes of the shop's village that have points, each with its head's name and how many."""
    rows = named_buyers(good, actor, _day)
    rows = list(rows.order_by("group_name", "number"))
    heads, has = heads_of(rows), dict(PointAccount.objects.filter(home__in=rows).values_list("home_id", "balance"))
    for home in rows:
        home.head, home.points = heads.get(home.pk, ("",))[0], has.get(home.pk, 0)
    return [home for home in rows if home.points > 0]


def named_buyers(good, actor, _day):
    """The homes that a call may name."""
    rows = homes_in(actor, Duty.KEEP_POINTS)
    return rows.filter(village_id=good.village_id) if good else rows.none()


def words_of_buyer(home):
    """Return a home as the shop's list offers it."""
    return " · ".join(filter(None, (getattr(home, "head", ""), home.group_name, home.number, f"{home.points} 分" if hasattr(home, "points") else "")))


def month_of(text):
    """Return (first day, first day of the next month) of "2026-11". Raises Refused."""
    try:
        first = date.fromisoformat(f"{text.strip()}-01")
        return first, months_after(first, 1)
    except (ValueError, OverflowError):  # the calendar ends with 9999
        raise Refused(_("月份写成 2026-11 这样。")) from None


def sums(village_id, first, end):
    """Return the sums of a month out of the book's lines and the moves of the shelves: {field of PointMonth: n}. first, end: its first day and the first day no longer."""
    lines = PointLine.objects.filter(account__village_id=village_id, account__purse=Purse.HOME)
    of_kind = {row["entry__kind"]: row["n"] for row in lines.filter(entry__day__gte=first, entry__day__lt=end).order_by().values("entry__kind").annotate(n=Sum("points"))}
    opening = lines.filter(entry__day__lt=first).aggregate(n=Sum("points"))["n"] or 0
    held = lines.filter(entry__day__lt=end).order_by().values("account").annotate(n=Sum("points")).filter(n__gt=0).count()
    shelf = StockMove.objects.filter(good__village_id=village_id, waits=False, day__lt=end).aggregate(n=Sum(F("pieces") * F("good__fen")))["n"] or 0
    scheme = in_force(village_id)
    parts = {name: of_kind.get(kind, 0) * SIGNS[kind] for name, kind in (("awarded", EntryKind.AWARD), ("reversed", EntryKind.REVERSAL), ("spent", EntryKind.REDEEM), ("returned", EntryKind.GIVE_BACK))}
    return {
        "opening": opening, **parts, "lapsed": -of_kind.get(EntryKind.LAPSE, 0) - of_kind.get(EntryKind.RESTORE, 0), "closing": opening + sum(of_kind.values()), "homes": held, "stock_fen": shelf, "fen": scheme.fen if scheme else 0,
        "redemptions": Redemption.objects.filter(village_id=village_id, day__gte=first, day__lt=end).count(),
    }  # fmt: skip


def standing(village_id):
    """Return how a village's shop stands today: points out, promised on the board, what the shelves cost in points, and whether these answer for those; None without rules."""
    scheme = in_force(village_id)
    if scheme is None:
        return None
    out, board, shelf = points_out(village_id), promised(village_id), shelves(scheme)
    most = policy.room(shelf, scheme.cover)
    return {"scheme": scheme, "out": out, "board": board, "shelf": shelf, "most": most, "short": max(0, out + board - most)}


def listed(rows):
    """Give goods what their list shows: pieces handed out, pieces that came and wait for a look."""
    return rows.select_related("village").annotate(
        given=Coalesce(Subquery(Redemption.objects.filter(good=OuterRef("pk"), returned_on=None).order_by().values("good").annotate(n=Sum("pieces")).values("n")), 0),
        coming=Coalesce(Subquery(StockMove.objects.filter(good=OuterRef("pk"), waits=True).order_by().values("good").annotate(n=Sum("pieces")).values("n")), 0),
    )  # fmt: skip


def faults(_day):
    """Yield (what, column, is, should) of each thing of which there are not as many as its moves say."""
    for one in Good.objects.annotate(should=Sum("moves__pieces", filter=Q(moves__waits=False), default=0)).exclude(on_hand=F("should")).order_by("pk"):
        yield one, _("库存(件)"), one.on_hand, one.should


def to_check(actor):
    """The things of which something came that waits for the actor's look: not what he took in himself."""
    came = StockMove.objects.filter(good=OuterRef("pk"), waits=True)
    return rules.visible_goods(actor, duty=Duty.REVIEW_POINTS).filter(Exists(came), ~Exists(came.filter(made_by_id=actor.id)))


def to_redemption(one):
    """To the page of what was handed out: its receipt is printed there."""
    return redirect("village:redemption", one.pk)


def months_left(village_id, day):
    """Return the months of a village before today's with bookings that nobody closed, the first first: "2026-10"."""
    closed = set(PointMonth.objects.filter(village_id=village_id).values_list("month", flat=True))
    days = PointLine.objects.filter(account__village_id=village_id, entry__day__lt=day.replace(day=1)).order_by().values_list("entry__day", flat=True).annotate(n=Count("pk"))
    return sorted({f"{one:%Y-%m}" for one in days} - closed)


def first_left(_row, actor, day):
    """Return the month that is to be closed next in the actor's own village, where there is one village and one such month."""
    village = own_village(Duty.KEEP_POINTS)(None, actor, day)
    return next(iter(months_left(village.pk, day)), None) if village else None
