"""The units, firms, agreements and markets of the invented city, as many as the page prints of the real one: by the acts of a click, by two people."""

from collections import Counter
from datetime import timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area
from wanjia.policy.demand import criteria
from wanjia.policy.work_places import names, places

from ..agreements.commands import add_agreement
from ..city.work import FIRST, OUTSIDE, SECOND
from ..day_markets.commands import open_market
from ..employers.commands import add_employer, confirm_proof, enter_proof
from ..models import Outpost
from ..stations.commands import add_outpost
from .offering import code_of

HOSTS = tuple(code for code in OUTSIDE if code in places())
FIVE, PACTS, WITH_FIRMS, MARKETS = 212, 274, 150, 13
UNITS = (("station", 27, "驻{}就业服务站"), ("mobile", 148, "驻{}流动党员党支部"))
RESETTLED = 193
FROM = 100  # of the registrar's numbers: the demo county's firms have those below


def plant(officer, analyst, at, say):
    """Plant them once: `officer` enters, `analyst` confirms and signs, both of the city. Returns {what: how many}; nothing where units stand."""
    if Outpost.objects.count() >= RESETTLED:
        return Counter()
    told = Counter(outposts=_units(analyst, at), markets=_markets(officer, at))
    say(f"驻外机构、安置区党组织 {told['outposts']} 个,零工市场 {told['markets']} 个")
    firms = [_firm(n, officer, analyst, at) for n in range(FIVE)]
    told["employers"] = len(firms)
    told["agreements"] = _agreements(firms, analyst, at)
    say(f"“五有”企业 {len(firms)} 户,劳务协作 {told['agreements']} 份")
    return told


def _units(by, at):
    n, day = 0, today(at)
    for kind, many, words in UNITS:
        for k in range(many):
            host = HOSTS[k % len(HOSTS)]
            turn = k // len(HOSTS)
            name = words.format(names()[host]) + (f"(第{turn + 1})" if turn else "")
            members = {"members": 3 + k % 20} if kind == "mobile" else {}
            add_outpost(kind=kind, name=name, host=host, contact=by, phone=f"0870-555{1000 + n}", from_on=day - timedelta(days=60 + k), **members, by=by, at=at)
            n += 1
    counties = [one.pk[:6] for one in Area.objects.filter(level="county", code__startswith=by.orgs[0].area_id[:4]).order_by("code")]
    for k in range(RESETTLED):
        host = counties[k % len(counties)]
        add_outpost(
            kind="resettled", name=f"{names()[host]}第{k // len(counties) + 1}安置区党支部", host=host, contact=by, phone=f"0870-555{2000 + k}", members=5 + k % 30,
            from_on=day - timedelta(days=30 + k), by=by, at=at,
        )  # fmt: skip
        n += 1
    return n


def _markets(by, at):
    seats = {}
    for village in Area.objects.filter(level="village", code__startswith=by.orgs[0].area_id[:4], to_on=None).order_by("code"):
        seats.setdefault(village.pk[:9], village)
    first = {}
    for village in seats.values():
        first.setdefault(village.pk[:6], []).append(village)
    chosen = [towns[0] for towns in first.values()] + [towns[1] for towns in first.values()]
    for village in chosen[:MARKETS]:
        open_market(area=village, name=f"{village.parent.short_name}零工市场", place="汽车站旁", opens="06:30", closes="11:00", phone="", by=by, at=at)
    return len(chosen[:MARKETS])


def _firm(n, officer, analyst, at):
    name = f"{names()[HOSTS[n % len(HOSTS)]]}{FIRST[n % len(FIRST)]}{SECOND[n % len(SECOND)]}{'电子' if n % 3 else '服饰'}厂(虚构)"
    firm = add_employer(name=name, code=code_of(FROM + n), place=HOSTS[n % len(HOSTS)], phone=f"0870-555{3000 + n}", by=officer, at=at)
    for k, criterion in enumerate(criteria()):
        proof = enter_proof(employer_id=firm.pk, criterion=criterion, words="虚构的证明材料,第 1 号", on=today(at) - timedelta(days=10 + k), by=officer, at=at)
        confirm_proof(proof_id=proof.pk, checked="paper", by=analyst, at=at)
    return firm


def _agreements(firms, by, at):
    day = today(at)
    for n in range(PACTS):
        window = {"from_on": day - timedelta(days=200), "until_on": day + timedelta(days=120 + n), "quota": 100 + n % 900}
        host = HOSTS[n % len(HOSTS)]
        whom = {"employer": firms[n]} if n < WITH_FIRMS else {"party": f"{names()[host]}人力资源和社会保障局", "place": host}
        add_agreement(title=f"劳务协作协议第{n + 1}号(虚构)", **whom, **window, by=by, at=at)
    return PACTS
