"""The acts of the shop: things come and go, a home takes one for points or brings it back, a month is closed and checked."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area
from wanjia.orgs.serials import next_serial
from wanjia.policy import points as policy
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..bodies.homes import NO_HOME, asked_village
from ..booking import queries as book_of
from ..booking.commands import book
from ..duties import Duty
from ..models import Good, PointMonth, Redemption, StockMove
from ..point_states import MONTH, EntryKind, GoodSource, StockKind, Way
from ..points.queries import in_force
from ..points.rules import keeps
from ..rules import hundredths
from . import queries, rules
from .subjects import GOODS, MONTHS, REDEMPTIONS

KEEPS = {"duty": Duty.KEEP_POINTS}
DEAREST = 100_000  # fen a piece
GONE = _("没有这么多了,只剩 %(n)s 件。")


@act(GOODS, "good_new", at="new", words=_("新进一样东西"), done=_("已登记,另一个人核对件数、价钱以后才能兑换。"), **KEEPS, may=keeps, new=True, lines={"good.stock": _("爱心超市进货")})
def take_in(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_POINTS)],
    name: Annotated[str, Asked(_("物品"), _("例如:洗衣粉 1 公斤。"), least=2, most=40)],
    source: Annotated[GoodSource, Asked(_("货源"))],
    yuan: Annotated[str, Asked(_("一件值多少元"), _("进价,或者捐赠的市价。几分由它照积分办法折算。"), least=1, most=8)],
    pieces: Annotated[int, Asked(_("几件"), least=1, most=9999)],
):  # fmt: skip
    """Take something new in (进货): its pieces count when another hand has looked at number and worth."""
    fen = _fen(yuan)
    try:
        with transaction.atomic():
            one = Good.objects.create(village=village, name=name.strip(), source=source, fen=fen)
    except IntegrityError:
        raise Conflict(_("已经有叫这个名字的东西,到它那里补货;价钱不同的,名字里写明规格。")) from None
    return _came(one, pieces, by=by, at=at)


@act(GOODS, "good_restock", at="restock", words=_("补货"), done=_("已登记,另一个人核对以后入账。"), **KEEPS, may=rules.can_stock, rank=20, lines={"good.stock": _("爱心超市进货")})
def restock(
    good, *, by, at,
    pieces: Annotated[int, Asked(_("几件"), least=1, most=9999)],
    words: Annotated[str, Asked(_("说明"), _("例如:11 月村里购。"), most=80)] = "",
):  # fmt: skip
    """Take more of it in (补货): it counts when another hand has looked at it."""
    return _came(good, pieces, by=by, at=at, words=words)


@act(GOODS, "good_check", at="check", words=_("核对进货,入账"), done=_("已入账,可以兑换。"), duty=Duty.REVIEW_POINTS, may=rules.can_check_stock, rank=5, lines={"good.check": _("核对爱心超市进货")})
def check_stock(good, *, by, at):
    """Let what came count (核对入账): what a piece is worth and how many there are was one hand's word, and all points are answered for with it."""
    moves = list(rules.waits_for(good).select_for_update())
    pieces = sum(one.pieces for one in moves)
    StockMove.objects.filter(pk__in=[one.pk for one in moves], waits=True).update(waits=False, day=today(at), checked_by=by.id)
    Good.objects.filter(pk=good.pk).update(on_hand=F("on_hand") + pieces, version=F("version") + 1)
    good.refresh_from_db()
    journal.record(act="good.check", subject=good, by=by, at=at, area_code=good.village_id, pieces=pieces)
    return good


@act(GOODS, "good_count", at="count", words=_("盘点"), done=_("已改成数到的件数,差额留着。"), **KEEPS, may=rules.can_stock, rank=30, tone="quiet", lines={"good.count": _("爱心超市盘点")})
def count_stock(
    good, *, by, at,
    counted: Annotated[int, Asked(_("数到几件"), least=0, most=99999)],
    words: Annotated[str, Asked(_("说明"), _("例如:3 件过期,已销毁。"), least=2, most=80)],
):  # fmt: skip
    """Say how many there really are (盘点): what is missing is a move of its own, with its reason; what is too many came somehow, and is taken in."""
    difference = counted - good.on_hand
    if difference > 0:
        raise Refused(_("比账上多 %(n)s 件。多出来的按补货登记,由另一个人核对。") % {"n": difference})
    if difference:
        _stock(good, StockKind.LOSS, difference, by=by, at=at, words=words)
    journal.record(act="good.count", subject=good, by=by, at=at, area_code=good.village_id, counted=counted, difference=difference)
    return good


@act(GOODS, "good_shelve", at="shelve", words=_("上架、下架"), done=_("已改好。"), **KEEPS, may=rules.can_stock, rank=40, aside=True, lines={"good.shelve": _("爱心超市上架、下架")})
def shelve(good, *, by, at, offered: Annotated[bool, Asked(_("上架吗"), answers=(_("上架"), _("下架,不再兑换")))]):
    """Offer it or take it from the list; what is not offered answers for no points."""
    good.offered, good.version = offered, good.version + 1
    good.save(update_fields=["offered", "version"])
    journal.record(act="good.shelve", subject=good, by=by, at=at, area_code=good.village_id, offered=offered)
    return good


@act(GOODS, "good_redeem", at="redeem", words=_("兑换"), done=lambda one: _("已兑换,回执 %(n)s 号。请打印,领的人签字。") % {"n": one.serial}, **KEEPS, may=rules.can_redeem, rank=10,
     then=lambda _request, _row, one: queries.to_redemption(one), lines={"redemption.give": _("积分兑换")})  # fmt: skip
def redeem(
    good, *, by, at,
    home: Annotated[Household, Asked(_("哪一户"), named=queries.named_buyers, **searched(queries.buyers, queries.words_of_buyer))],
    pieces: Annotated[int, Asked(_("几件"), least=1, most=99, initial=1)],
    way: Annotated[Way, Asked(_("兑换方式"), _("老人、残疾人不方便的,送货上门。"), initial=Way.SHOP)],
):  # fmt: skip
    """Hand something out for points (兑换): so many pieces, so many points, one receipt. Refused where either is not there any more."""
    if not queries.named_buyers(good, by, today(at)).filter(pk=home.pk).exists():
        raise Refused(NO_HOME)
    book_of.alone_in(good.village_id)
    points = policy.price(good.fen, in_force(good.village_id).fen) * pieces
    entry = book(EntryKind.REDEEM, home, -points, by=by, at=at)
    one = Redemption.objects.create(
        village_id=good.village_id, serial=next_serial(Redemption.objects.filter(village_id=good.village_id)), home=home, good=good, pieces=pieces, points=points, day=today(at), way=way, entry=entry, given_at=at, given_by_id=by.id,
    )  # fmt: skip
    _stock(good, StockKind.OUT, -pieces, by=by, at=at, redemption=one)
    journal.record(act="redemption.give", subject=one, by=by, at=at, area_code=good.village_id, points=points, pieces=pieces)
    return one


@act(REDEMPTIONS, "redemption_return", at="return", words=_("退货退分"), done=_("已退,分回到这一户。"), **KEEPS, may=rules.can_return, rank=10, tone="quiet", lines={"redemption.return": _("爱心超市退货退分")})
def give_back(redemption, *, by, at, words: Annotated[str, Asked(_("为什么退"), _("没有用过的才退。"), least=2, most=80)]):
    """Take back what a home had, unused, and give its points back (退货): a booking that names the first."""
    Good.objects.select_for_update(no_key=True).get(pk=redemption.good_id)  # the thing first, then the book: as whoever redeems, or the two wait for each other
    book_of.alone_in(redemption.village_id)
    redemption.back = book(EntryKind.GIVE_BACK, redemption.home, redemption.points, reverses=redemption.entry, words=words.strip(), by=by, at=at)
    redemption.returned_on, redemption.version = today(at), redemption.version + 1
    redemption.save(update_fields=["back", "returned_on", "version"])
    _stock(redemption.good, StockKind.BACK, redemption.pieces, by=by, at=at, redemption=redemption)
    journal.record(act="redemption.return", subject=redemption, by=by, at=at, area_code=redemption.village_id, points=redemption.points)
    return redemption


@act(MONTHS, "month_close", at="new", words=_("算积分月结"), done=_("已算好,请另一个人核对后张贴。"), **KEEPS, may=keeps, new=True, lines={"point_month.draw": _("算积分月结")})
def close_month(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_POINTS)],
    month: Annotated[str, Asked(_("月份"), _("例如 2026-10。"), least=7, most=7, initial=queries.first_left)],
):  # fmt: skip
    """Draw up the close of a month (月结) out of the book: points out before, given, taken back, spent, come back, out after; what lies on the shelves."""
    first, end = queries.month_of(month)
    if end > today(at):
        raise Refused(_("这个月还没有过完。"))
    book_of.alone_in(village.pk)
    before = [one for one in queries.months_left(village.pk, today(at)) if one < f"{first:%Y-%m}"]
    if before:
        raise Refused(_("先结 %(month)s。") % {"month": before[0]})
    try:
        with transaction.atomic():
            one = PointMonth.objects.create(village=village, month=f"{first:%Y-%m}", **queries.sums(village.pk, first, end), drawn_at=at, drawn_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这个月已经算过。")) from None
    journal.record(act="point_month.draw", subject=one, by=by, at=at, area_code=village.pk, closing=one.closing)
    return one


@act(MONTHS, "month_check", at="check", words=_("核对签字"), done=_("已核对,可以张贴。"), duty=Duty.REVIEW_POINTS, may=rules.can_check, rank=10, lines={"point_month.check": _("核对积分月结")})
def check_month(point_month, *, by, at):
    """Check the close of a month (核对): its sums are held against the book once more."""
    first, end = queries.month_of(point_month.month)
    if any(getattr(point_month, name) != n for name, n in queries.sums(point_month.village_id, first, end).items() if name != "fen"):
        raise Refused(_("合计和流水对不上,请找上级查明。"))
    point_month.checked_at, point_month.checked_by_id = at, by.id
    journal.move(point_month, MONTH, "check", by=by, at=at, saving=["checked_at", "checked_by_id"], area_code=point_month.village_id)
    return point_month


def _came(good, pieces, *, by, at, words=""):
    """Write down what came; nobody counts on it before another hand has looked."""
    StockMove.objects.create(good=good, kind=StockKind.IN, pieces=pieces, day=today(at), words=words.strip(), waits=True, at=at, made_by_id=by.id)
    journal.record(act="good.stock", subject=good, by=by, at=at, area_code=good.village_id, pieces=pieces)
    return good


def _stock(good, kind, pieces, *, by, at, words="", redemption=None):
    """Move pieces onto the shelves or off them within an act, never below nought; returns the thing as it stands then."""
    least = max(0, -pieces)
    if not Good.objects.filter(pk=good.pk, on_hand__gte=least).update(on_hand=F("on_hand") + pieces, version=F("version") + 1):
        raise Refused(GONE % {"n": Good.objects.get(pk=good.pk).on_hand})
    StockMove.objects.create(good=good, kind=kind, pieces=pieces, day=today(at), words=words.strip(), redemption=redemption, at=at, made_by_id=by.id)
    good.refresh_from_db()
    return good


def _fen(yuan):
    """Return fen of what is written as yuan. Raises Refused."""
    fen = hundredths(yuan)
    if not 0 < fen <= DEAREST:
        raise Refused(_("一件要在 0.01 元到 1000 元之间。"))
    return fen
