"""A year of the collective's money in the demo county's village: a pond that is let, a book with income and costs, a members' meeting, a dividend of which some homes still wait; plots and incomes. All words are invented."""

from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.roles import Role
from wanjia.registry.models import Household

from ..agenda import commands as agenda
from ..bodies import commands as bodies
from ..dividends import commands as dividends
from ..income import commands as income
from ..meetings import commands as meetings
from ..models import BodySeat, CollectiveDeal, GoverningBody
from ..yields import commands as yields
from .points import holder

BEGAN, HELD = 60, 30  # days ago: the book was opened; the members met
HOMES, FEWEST = 24, 8
BOOK = [
    ("opening_profit", "21600", (1, 1), "期初未分配收益"), ("in_operating", "168000", (4, 12), "卖苗木 2.1 万株"), ("in_investment", "36000", (12, 5), "光伏电站入股保底分红"),
    ("in_subsidy", "60000", (9, 20), "稻田养鱼项目补助"), ("in_operating", "48000", (3, 1), "二组鱼塘承包款"), ("out_operating", "76400", (5, 8), "苗木管护、鱼苗"), ("out_public", "52000", (10, 30), "硬化三组入户路"),
    ("out_office", "38250.60", (12, 28), "误工补贴、办公"),
]  # fmt: skip
PLOTS = [("rice", 1050, "1600"), ("fish", 112, "3400"), ("rice", 980, "1450"), ("fish", 96, "2900"), ("greens", 900, "6200")]


def live(code, say):
    """Live them once, in the village whose council meets; returns {what: how many}."""
    told, council = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="council").select_related("area").first()
    if council is None or CollectiveDeal.objects.exists():
        return told
    village = council.area
    keeper, other = holder(Role.VILLAGE_WORKER, village.pk), holder(Role.TOWNSHIP_WORKER, village.parent_id)
    homes = list(Household.objects.filter(village=village, memberships__to_on=None).distinct().order_by("number")[:HOMES])
    if not (keeper and other and len(homes) >= FEWEST):
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0)
    one = _Till(village, keeper, other, homes, told)
    one.opened(now - timedelta(days=BEGAN))
    item = one.met(now - timedelta(days=HELD))
    if item is not None:
        one.shared_out(item, now - timedelta(days=HELD - 2))
    one.fields(now - timedelta(days=5))
    say(f"  集体收支:凭证 {told['vouchers']} 张,分红 {told['paid']} 户 / {told['vouchers']} vouchers, {told['paid']} homes paid")
    return told


class _Till:
    """The village's clerk and the township's, who approves."""

    def __init__(self, village, keeper, other, homes, told):
        self.village, self.keeper, self.other, self.homes, self.told = village, keeper, other, homes, told

    def opened(self, at):
        """Two contracts, last year's book, the shares, something of this year that waits."""
        year = today(at).year
        for what, party, yuan, day in (("二组鱼塘 12 亩", "邻县水产合作社", "48000", date(year, 3, 1)), ("旧村小教室", "镇上竹编作坊", "6000", today(at) + timedelta(days=20))):
            given = {"kind": "deal_land", "what": what, "party": party, "from_on": date(year, 1, 1), "to_on": date(year + 4, 12, 31), "yuan": yuan, "due_on": day}
            deal = income.draw_deal(village=self.village, **given, by=self.keeper, at=at)
            income.check_deal(collective_deal_id=deal.pk, by=self.other, at=at + timedelta(hours=2))
        deal = CollectiveDeal.objects.get(village=self.village, what="二组鱼塘 12 亩")
        self._booked(income.receive_due(collective_deal_id=deal.pk, due=deal.dues.first(), yuan="40000", day=date(year, 3, 2), paper="收据 0301", by=self.keeper, at=at), at)
        for category, yuan, (month, day), words in BOOK:
            self._booked(self._drawn(category, yuan, date(year - 1, month, day), words, at), at)
        self._booked(self._drawn("in_subsidy", "30000", date(year, 6, 18), "水产项目补助", at), at)
        self._drawn("out_office", "1280.50", today(at), "秋季误工补贴", at)
        for n, home in enumerate(self.homes):
            dividends.set_shares(home=home, shares=f"{2 + n % 4}.5" if n % 6 == 0 else f"{1 + n % 5}", from_on=date(year - 1, 1, 1), basis=f"成员名册第 {n // 8 + 1} 页", by=self.keeper, at=at)

    def _drawn(self, category, yuan, day, words, at):
        n = 1001 + self.told["drawn"]
        self.told["drawn"] += 1
        return income.draw_voucher(village=self.village, category=category, yuan=yuan, day=day, paper=f"票据 {n}", words=words, by=self.keeper, at=at)

    def _booked(self, one, at):
        income.book_voucher(money_voucher_id=one.pk, by=self.other, at=at + timedelta(hours=3))
        self.told["vouchers"] += 1

    def met(self, at):
        """The members' meeting decides on the distribution; its minutes are witnessed by two of the committee."""
        seats = list(BodySeat.objects.filter(body__area=self.village, body__kind="committee", to_on=None)[:2])
        if len(seats) < 2:
            return None
        who = {"by": self.keeper, "at": at}
        body = bodies.found_body(area=self.village, kind="collective", name=f"{self.village.short_name}集体经济组织成员大会", from_on=today(at) - timedelta(days=400), aliases="", term_until=None, **who)
        item = agenda.propose_item(
            governing_body_id=body.pk, title=f"{today(at).year - 1} 年收益分配方案", words="提取公积公益金三成,其余按份额分。", source="committee", kind="major", matter="collective_assets",
            proposed_on=today(at) - timedelta(days=12), **who,
        )  # fmt: skip
        held = meetings.call_meeting(governing_body_id=body.pk, day=today(at), place="文化广场", told_on=today(at) - timedelta(days=13), counting="members", **who)
        agenda.put_item(agenda_item_id=item.pk, meeting=held, **who)
        meetings.open_meeting(meeting_id=held.pk, members=86, **who)
        meetings.count_heads(meeting_id=held.pk, present=66, proxies=7, sheets=4, **who)
        agenda.note_words(agenda_item_id=item.pk, minutes="有人想少提一点公积金,议下来修路还要钱,照三成提。", **who)
        agenda.rule_on_item(
            agenda_item_id=item.pk, ruling="pass", votes_for=68, votes_against=3, votes_abstain=2, conclusion="公积公益金提取 30%,其余按份额全部分到户。", answers="理事长", due_on=today(at) + timedelta(days=60), **who,
        )  # fmt: skip
        meetings.close_meeting(meeting_id=held.pk, witness_one=seats[0], witness_two=seats[1], signatures=20, by=self.keeper, at=at + timedelta(hours=2))
        item.refresh_from_db()
        return item

    def shared_out(self, item, at):
        """A dividend by another hand; most homes are paid, their receipts looked at; some wait, one receipt too."""
        year = item.meeting.day.year - 1
        run = dividends.draw_run(village=self.village, year=year, day=date(year, 12, 31), item=item, told_on=item.meeting.day - timedelta(days=12), percent="30", by=self.keeper, at=at)
        dividends.adopt_run(dividend_run_id=run.pk, by=self.other, at=at + timedelta(hours=5))
        shares = list(run.shares.order_by("serial"))
        paid = len(shares) * 3 // 4
        for n, share in enumerate(shares[:paid]):
            dividends.pay_share(dividend_share_id=share.pk, way="by_cash" if n % 5 == 0 else "by_bank", day=today(at) + timedelta(days=2), by=self.keeper, at=at + timedelta(days=2))
            self.told["paid"] += 1
        dividends.check_receipts(dividend_run_id=run.pk, by=self.other, at=at + timedelta(days=3))
        dividends.pay_share(dividend_share_id=shares[paid].pk, way="by_cash", day=today(at) + timedelta(days=4), by=self.keeper, at=at + timedelta(days=4))

    def fields(self, at):
        """What plots bore this year and what homes earned in the last two."""
        who = {"by": self.keeper, "at": at}
        year = today(at).year
        for n, home in enumerate(self.homes[:7]):
            for crop, jin, yuan in PLOTS[:2] if n % 2 else PLOTS[2:5]:
                given = {"plot": f"大田坝 {n + 1} 号田", "mu": "1.5", "year": year, "season": "early", "crop": crop, "jin": jin * 3 // 2 + n * 10, "yuan": yuan, "method": "weighed" if n % 3 else "told"}
                yields.tell_yield(home=home, **given, **who)
            for back in (2, 1):
                yields.tell_income(home=home, year=year - back, yuan=str(52000 - back * 9000 + n * 1700), method="sampled", **who)
            self.told["homes"] += 1
