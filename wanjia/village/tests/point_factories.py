"""A small world of points: 大同村 has rules in force and soap on its shelf; the Wang home swept the lane."""

from datetime import timedelta

from wanjia.kernel.calendar import today
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.tests.factories import worker

from ..models import Good, PointAccount, PointAppeal, PointClaim, PointEntry, PointLapse, PointMonth, PointScheme, Redemption
from ..point_states import ClaimState, Purse, SchemeState
from ..points.appeals.commands import appeal_line
from ..points.commands import book_points, object_to_claim, post_claim, propose_points, refuse_claim
from ..points.lapses.commands import tell_lapse
from ..shop.commands import check_stock, redeem, take_in

DAY = today(MONDAY)
TOLD = MONDAY.replace(year=2027, month=12, day=15)  # thirty days before the fourteenth of January
OVER = MONDAY.replace(year=2028, month=1, day=15)
BOOKED = MONDAY + timedelta(days=4)  # the days on the board are over
RESOLVED = {"resolved": "2026 年第三季度村民代表会议第 2 项", "resolved_on": DAY - timedelta(days=20)}


def who(user, at=MONDAY):
    """Who does it, and when."""
    return {"by": type(user).objects.get(pk=user.pk), "at": at}


def scheme(world, state=SchemeState.IN_FORCE, **facts):
    """The rules of the village: one yuan a point; in force since last month, with one clause. Drawn up by one, adopted by another."""
    found = PointScheme.objects.filter(village=world.datong, state=state).first()
    if found is not None:
        return found
    serial = PointScheme.objects.filter(village=world.datong).count() + 1
    held = {"from_on": DAY - timedelta(days=15), "adopted_at": MONDAY - timedelta(days=15), "adopted_by": world.clerk} if state == SchemeState.IN_FORCE else {}
    given = {"village": world.datong, "serial": serial, "fen": 100, "cover": 100, "drawn_at": MONDAY - timedelta(days=16), "drawn_by": world.register.yang, **RESOLVED, **held}
    one = PointScheme.objects.create(**given | facts)
    one.items.create(clause=1, head="works", words="参加一次人居环境清扫", points=10)
    if state != SchemeState.DRAFT:
        PointScheme.objects.filter(pk=one.pk).update(state=state)
        one.refresh_from_db()
    return one


def item(world):
    """The clause."""
    return scheme(world).items.get(clause=1)


def coming(world, pieces=40, yuan="10"):
    """Soap came, ten points a piece; nobody else has looked at it yet."""
    return Good.objects.filter(village=world.datong, name="洗衣粉").first() or take_in(village=world.datong, name="洗衣粉", source="village", yuan=yuan, pieces=pieces, **who(world.register.yang))


def soap(world, pieces=40, yuan="10"):
    """Soap on the shelf: another hand has looked at it."""
    one = coming(world, pieces, yuan)
    return check_stock(good_id=one.pk, **who(world.clerk)) if one.moves.filter(waits=True).exists() else one


def claim(world, state=ClaimState.PROPOSED, **facts):
    """The Wang home swept; claimed by one, posted by another, booked by the clock."""
    soap(world)
    asked = {"home": world.register.home, "item": item(world), "day": DAY, "words": "清扫村口到学校的路"} | facts
    one = PointClaim.objects.filter(home=asked["home"], day=asked["day"], item=asked["item"]).exclude(state=ClaimState.REFUSED).first() or propose_points(**asked, **who(world.register.yang))
    if state != ClaimState.PROPOSED and one.state == ClaimState.PROPOSED:
        one = post_claim(point_claim_id=one.pk, **who(world.clerk))
    if state == ClaimState.BOOKED and one.state == ClaimState.POSTED:
        book_points(by=CLOCK, at=BOOKED)
    one.refresh_from_db()
    return one


def objected(world, **facts):
    """Somebody objects to the claim on the board."""
    one = claim(world, ClaimState.POSTED, **facts)
    object_to_claim(point_claim_id=one.pk, words="那天没有看见他家来", **who(world.visitor))
    return one.objections.get()


def refused(world, **facts):
    """The clerk gave no points for it."""
    one = claim(world, **facts)
    return refuse_claim(point_claim_id=one.pk, reason="签到表上没有他家", **who(world.clerk))


def reviewer(world):
    """A second worker of the township, who had no hand in anything."""
    return User.objects.filter(username="xisha9").first() or worker("xisha9", "周乡干", world.clerk.posts.get().organisation, Role.TOWNSHIP_WORKER)


def appeal(world, line=None, **facts):
    """The Wang home appeals against a line: written down by who proposed it, given to another of the village."""
    line = line or (PointClaim.objects.filter(state=ClaimState.BOOKED).first() or claim(world, ClaimState.BOOKED))
    return PointAppeal.objects.filter(claim=line).first() or appeal_line(point_claim_id=line.pk, **{"words": "这一件是隔壁家做的", "owner": world.visitor} | facts, **who(world.register.yang, BOOKED))


def entry(world):
    """The booking of the claim."""
    claim(world, ClaimState.BOOKED)
    return PointEntry.objects.get(kind="award")


def account(world):
    """The points of the Wang home."""
    entry(world)
    return PointAccount.objects.get(purse=Purse.HOME)


def redemption(world):
    """The Wang home took a piece of soap for its ten points."""
    entry(world)
    found = Redemption.objects.first()
    return found or redeem(good_id=soap(world).pk, home=world.register.home, pieces=1, way="at_shop", **who(world.register.yang, BOOKED))


def month(world):
    """October, in which nothing happened, is drawn up."""
    return PointMonth.objects.filter(village=world.datong).first() or PointMonth.objects.create(
        village=world.datong, month="2026-10", opening=0, awarded=0, reversed=0, spent=0, returned=0, closing=0, homes=0, redemptions=0, stock_fen=0, fen=0, drawn_at=MONDAY, drawn_by=world.register.yang,
    )  # fmt: skip


def lapse(world):
    """The ten points of 2026 lapse by a version that says so; the home was told in December 2027, and may spend them until mid January."""
    scheme(world, lapse_years=1)
    entry(world)
    return PointLapse.objects.first() or tell_lapse(point_scheme_id=scheme(world).pk, year=2026, **who(world.register.yang, TOLD))


__all__ = ["BOOKED", "DAY", "OVER", "RESOLVED", "TOLD", "account", "appeal", "claim", "coming", "entry", "item", "lapse", "month", "objected", "redemption", "refused", "reviewer", "scheme", "soap", "who"]
