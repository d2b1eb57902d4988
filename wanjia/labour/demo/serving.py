"""What serves labourers of the demo county beside the drive: a station away, a market's morning, a fair, an agreement, a firm's papers, a vacancy told to some.

All of it by the acts of a click, up to yesterday; something of each waits for whoever opens it: a day's wage not paid, an order to fill, an offer to follow.
"""

from collections import Counter
from datetime import date, timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area, Post
from wanjia.orgs.roles import Role
from wanjia.policy.demand import criteria

from ..agreements.commands import add_agreement
from ..day_markets import commands as day
from ..day_markets.orders import commands as orders
from ..employers.commands import confirm_proof, enter_proof
from ..fairs.commands import announce_fair, give_stall, note_offer, register_visitor
from ..models import Employer, Market, Reached, Registration, Spell, Vacancy, Waiting
from ..outreach.commands import note_answer, plan_outreach, send_outreach
from ..stations.commands import add_outpost, choose_station

NINGBO = "330200"
PLACE = {"name": "细沙集镇零工市场", "place": "细沙街口老供销社门前", "opens": "06:30", "closes": "11:30", "phone": "08705550120"}
CAME = [("赵师傅", "13900000021", 1979, "build"), ("钱大姐", "13900000022", 1985, "farm"), ("孙师傅", "13900000023", 1990, "build"), ("李大哥", "13900000024", 1974, "")]
ORDER = {"contact_name": "冯经理", "hours": 8, "pay_per": "day", "settle_way": "cash", "insured": "accident"}
SITE = ORDER | {
    "employer_name": "永善某某建筑有限公司", "contact_phone": "13900000031", "words": "搬砖、和灰,有人带", "trade": "build", "headcount": 2, "from_at": "08:00",
    "place": "细沙乡卫生院工地", "pay": 200, "safety": "戴安全帽,不上架子", "meals": True,
}  # fmt: skip
ORCHARD = ORDER | {
    "employer_name": "周某某", "contact_phone": "13900000032", "words": "摘脐橙、装筐", "trade": "farm", "headcount": 3, "from_at": "08:30", "place": "大同村果园", "pay": 160,
    "safety": "梯子有人扶,戴手套",
}  # fmt: skip
VISITED = [("吴某某", "13900000041", 1992), ("郑某某", "13900000042", 1988), ("王某某", "13900000043", 2001)]
FORMS = {"station": ("驻宁波就业服务站", NINGBO), "mobile": ("驻宁波流动党员党支部", NINGBO), "resettled": ("细沙集镇安置区党支部", "530625")}


def live(code, clerk, officer, begun, now):
    """Plant them once beside the firms that stand; returns {what: how many}. clerk: the township's, officer: the county's. begun, now: moments."""
    if Market.objects.exists():
        return Counter()
    told = _papers(clerk, officer, begun)
    told += _morning(code, clerk, now)
    told += _fair(code, clerk, now)
    told += _stations(code, officer, now)
    return told + _told(code, officer, now)


def _papers(clerk, officer, begun):
    """The first firm has its five papers, of the second one waits to be confirmed; an agreement with the second."""
    first, second = Employer.objects.order_by("pk")[:2]
    for n, criterion in enumerate(criteria()):
        proof = enter_proof(employer_id=first.pk, criterion=criterion, words="虚构的证明材料,第 1 号", on=today(begun) - timedelta(days=9 + n), by=clerk, at=begun)
        confirm_proof(proof_id=proof.pk, checked="paper", by=officer, at=begun + timedelta(hours=2))
    enter_proof(employer_id=second.pk, criterion=next(iter(criteria())), words="虚构的参保人数证明", on=today(begun), by=clerk, at=begun)
    window = {"from_on": today(begun) - timedelta(days=200), "until_on": today(begun) + timedelta(days=60), "quota": 100}
    add_agreement(title="永善县、宁波某某电子有限公司劳务协作协议(虚构)", employer=second, **window, by=officer, at=begun)
    return Counter(proofs=6, agreements=1)


def _morning(code, clerk, now):
    """Yesterday's market: four came, two were sent and one was not paid; an order for this morning waits for a line."""
    morning = now.replace(hour=6, minute=40)
    village = Area.objects.filter(level="village", code__startswith=code[:6] + "202", to_on=None).order_by("code").first()
    market = day.open_market(area=village, **PLACE, by=clerk, at=morning - timedelta(days=12))
    for n, (name, phone, year, trade) in enumerate(CAME):
        day.make_card(market=market, name=name, phone=phone, birth_on=date(year, 5, 1), trade=trade, by=clerk, at=morning + timedelta(minutes=4 * n))
    fixed = {"area": code[:6], "day": today(now), "settle_on": today(now), "by": clerk}
    site = orders.record_order(market_id=market.pk, **SITE, **fixed, at=morning + timedelta(minutes=20))
    orders.fill_order(order_id=site.pk, by=clerk, at=morning + timedelta(minutes=25))
    orders.note_arrivals(order_id=site.pk, by=clerk, at=morning + timedelta(hours=2))
    for n, work in enumerate(site.works.order_by("sent_at", "pk")):
        orders.settle_work(work_id=work.pk, paid=SITE["pay"] if n == 0 else 80, asked="phone", by=clerk, at=now - timedelta(minutes=20 - n))
    tomorrow = today(now) + timedelta(days=1)
    orders.record_order(market_id=market.pk, **ORCHARD, **fixed | {"day": tomorrow, "settle_on": tomorrow}, at=now - timedelta(minutes=10))
    return Counter(stood=Waiting.objects.count(), day_works=site.works.count())


def _fair(code, clerk, now):
    """A fair a week ago with two stalls; of three who signed one was wanted, and has not started yet."""
    at = now - timedelta(days=7)
    fair = announce_fair(area=Area.objects.get(pk=code[:6] + "202000"), name="细沙乡冬季招聘会", day=today(at), place="细沙乡政府院坝", hosts="细沙乡人民政府", by=clerk, at=at - timedelta(days=2))
    for firm in Employer.objects.order_by("pk")[:2]:
        give_stall(fair_id=fair.pk, employer=firm, by=clerk, at=at - timedelta(days=1))
    stall = fair.stalls.order_by("-number").first()
    vacancy = Vacancy.objects.filter(employer=stall.employer_id, state="live").first()
    for n, (name, phone, year) in enumerate(VISITED):
        visitor = {"name": name, "phone": phone, "birth_on": date(year, 3, 1), "vacancy": vacancy}
        register_visitor(stall_id=stall.pk, **visitor, by=clerk, at=at + timedelta(hours=1, minutes=n))
    note_offer(registration_id=Registration.objects.filter(stall=stall).order_by("pk").first().pk, by=clerk, at=at + timedelta(hours=2))
    return Counter(fairs=1, registrations=len(VISITED))


def _stations(code, officer, now):
    """The units away: a station with those who chose it, of whoever works there; some were not asked yet."""
    post = Post.objects.filter(role=Role.STATION_AWAY, to_on=None, organisation__area__code__startswith=code[:6]).select_related("user", "organisation").first()
    at = now - timedelta(days=9)
    if post is None:
        return Counter()
    units = {}
    for n, (kind, (name, host)) in enumerate(FORMS.items()):
        own = {"unit": post.organisation} if kind == "station" else {"members": 7 + n}
        units[kind] = add_outpost(
            kind=kind, name=name, host=host, contact=post.user if kind == "station" else officer, phone=f"0870555013{n}", from_on=today(at) - timedelta(days=90), **own, by=officer, at=at,
        )  # fmt: skip
    there = Spell.objects.filter(area__startswith=units["station"].stem, to_on=None, from_on__lt=today(now)).order_by("worker__village_id", "pk")
    chosen = [spell.worker_id for spell in there.select_related("worker__person")[:4] if not spell.worker.person.is_protected]
    for n, worker in enumerate(chosen):
        choose_station(away_id=worker, station=units["station"], consent="phone", by=officer, at=now - timedelta(hours=6, minutes=n))
    return Counter(outposts=len(units), belongings=len(chosen))


def _told(code, officer, now):
    """The sewing work told to the township's people without work; two have answered."""
    vacancy = Vacancy.objects.filter(state="live").order_by("pk").first()
    plan = plan_outreach(vacancy_id=vacancy.pk, area=Area.objects.get(pk=code[:6] + "202000"), way="call", most=20, by=officer, at=now - timedelta(hours=5))
    send_outreach(outreach_id=plan.pk, by=officer, at=now - timedelta(hours=4))
    for row, answer in zip(Reached.objects.filter(outreach=plan).order_by("pk"), ("wants", "not_now"), strict=False):
        note_answer(reached_id=row.pk, answer=answer, by=officer, at=now - timedelta(hours=3))
    return Counter(reached=Reached.objects.count())
