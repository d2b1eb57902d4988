"""Two months of points in the demo county's village: rules adopted by another hand, deeds claimed and put up, an objection upheld, a shop that is counted, a month closed. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Post, User
from wanjia.orgs.roles import Role
from wanjia.registry.models import Household
from wanjia.verdict import Conflict, Refused

from ..booking.queries import points_out
from ..models import BylawClause, Good, GoverningBody, PointAccount, PointClaim, PointItem, PointObjection, PointScheme
from ..points import commands as points
from ..shop import commands as shop

DAYS = 62  # so long ago it began
CLAUSES = [
    ("works", "参加一次人居环境清扫", 10), ("works", "义务管护村道、水池一个月", 20), ("peace", "劝和一次邻里纠纷", 15), ("customs", "红白喜事从简,不超过议定的桌数", 20), ("praise", "季度评比评上", 30),
    ("other_deed", "接送、照看邻居家老人一次", 10),
]  # fmt: skip
GOODS = [("洗衣粉 1 公斤", "village", "9.90", 40), ("食用油 5 升", "civil", "62", 10), ("毛巾", "donated", "6.50", 60), ("手电筒", "village", "18", 12), ("大米 5 公斤", "civil", "32", 20)]
DEEDS = ["清扫村口到学校的路", "管护三组水池和管道", "劝和两家的地界", "丧事从简办了八桌", "第三季度环境卫生评上", "送邻居老人去卫生院"]  # by clause
HOMES = 16


def live(code, say):
    """Live them once, in the village whose bodies meet; returns {what: how many}."""
    told, body = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="council").select_related("area").first()
    if body is None or PointScheme.objects.exists():
        return told
    keeper, other = (holder(Role.VILLAGE_WORKER, body.area_id), holder(Role.TOWNSHIP_WORKER, body.area.parent_id))
    homes = list(Household.objects.filter(village=body.area, memberships__to_on=None).distinct().order_by("number")[:HOMES])
    if not (keeper and other and homes):
        return told
    begun = timezone.now().astimezone(CHINA).replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=DAYS)
    _founded(body.area, keeper, other, begun)
    for n in range(DAYS):
        _day(n, body.area, homes, keeper, other, begun + timedelta(days=n), told)
    told["points"] = points_out(body.area_id)
    say(f"  积分:申报 {told['claims']} 件,兑换 {told['redeemed']} 笔,各户现有 {told['points']} 分 / {told['claims']} claims of points, {told['redeemed']} redemptions, {told['points']} points out")
    return told


def holder(role, area):
    """Return who holds a role in an area, the first by name of account; None where nobody does."""
    post = Post.objects.filter(role=role, to_on=None, organisation__area_id=area, user__is_active=True).order_by("user__username").first()
    return User.objects.get(pk=post.user_id) if post else None


def cited(village, kind):
    """Return how the demo's rules name what they go by: the first clause of the by-law in force, or a meeting where there is none."""
    clause = BylawClause.objects.filter(of__bylaw__village=village, of__bylaw__kind=kind, of__state="bylaw_in_force").select_related("of__bylaw").first()
    return {"cites": clause} if clause else {}


def _founded(village, keeper, other, at):
    """The rules as the representatives decided on them, and what lies on the shelves."""
    one = points.draw_scheme(village=village, **(cited(village, "points_rules") or {"resolved": "村民代表会议讨论通过积分办法", "resolved_on": today(at) - timedelta(days=3)}), fen=100, cover=100, by=keeper, at=at)
    for n, (head, words, worth) in enumerate(CLAUSES, 1):
        points.write_clause(point_scheme_id=one.pk, clause=n, head=head, words=words, points=worth, by=keeper, at=at)
    points.adopt_scheme(point_scheme_id=one.pk, by=other, at=at + timedelta(hours=4))
    for name, source, yuan, pieces in GOODS:
        one = shop.take_in(village=village, name=name, source=source, yuan=yuan, pieces=pieces, by=keeper, at=at + timedelta(hours=5))
        shop.check_stock(good_id=one.pk, by=other, at=at + timedelta(hours=6))


def _day(n, village, homes, keeper, other, at, told):
    """What happens on a day: every other one somebody claims, on the next it is looked at; on Saturdays the shop is open; on the third of a month the one before is closed."""
    points.watch(at)
    if n % 2 == 0 and n > 0:
        _claimed(n, homes, keeper, other, at, told)
    if n == 21:
        _objected(keeper, other, at)
    if at.isoweekday() == 6:
        _redeemed(n, village, keeper, at, told)
    if today(at).day == 3 and n > 3:
        month = shop.close_month(village=village, month=f"{today(at) - timedelta(days=3):%Y-%m}", by=keeper, at=at)
        shop.check_month(point_month_id=month.pk, by=other, at=at + timedelta(hours=3))


def _claimed(n, homes, keeper, other, at, told):
    home, item = homes[n // 2 * 5 % len(homes)], PointItem.objects.order_by("clause")[n // 2 % len(CLAUSES)]
    try:
        one = points.propose_points(home=home, item=item, day=today(at) - timedelta(days=1), words=DEEDS[n // 2 % len(DEEDS)], by=keeper, at=at)
        told["claims"] += 1
        if n < DAYS - 3:  # the last ones wait for a look
            points.post_claim(point_claim_id=one.pk, by=other, at=at + timedelta(hours=6))
    except (Refused, Conflict):  # the shelves answer for no more, or it was claimed already
        return


def _objected(keeper, other, at):
    """Somebody objects to what stands on the board, and is right."""
    one = PointClaim.objects.filter(state="claim_posted").order_by("pk").first()
    if one is not None:
        points.object_to_claim(point_claim_id=one.pk, words="那天下雨,没有人出工", by=keeper, at=at)
        points.answer_point_objection(point_claim_id=one.pk, objection=PointObjection.objects.get(claim=one), upheld=True, answer="查了签到表,当天没有组织", by=other, at=at + timedelta(hours=2))


def _redeemed(n, village, keeper, at, told):
    """The home with the most points takes what it can; one in three has it carried home."""
    account = PointAccount.objects.filter(village=village, purse="home").select_related("home").order_by("-balance").first()
    for good in Good.objects.filter(village=village, on_hand__gt=0).order_by("-fen") if account else ():
        try:
            shop.redeem(good_id=good.pk, home=account.home, pieces=1, way="at_home" if n % 3 == 0 else "at_shop", by=keeper, at=at)
        except Refused:  # it has not so many
            continue
        told["redeemed"] += 1
        return
