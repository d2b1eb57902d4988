"""What firms of the demo county offer, and the drive that is on: written down by the township, confirmed by the county, some of it waiting still."""

from collections import Counter
from datetime import timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Area, Post
from wanjia.orgs.roles import Role
from wanjia.policy.identity import CREDIT_CHARS

from ..campaigns.commands import open_campaign, set_target
from ..employers.commands import add_employer
from ..models import Employer
from ..vacancies.commands import confirm_vacancy, write_vacancy
from . import running, serving

FIRMS = [("永善县某某制衣有限公司", "530625", "08705550101"), ("宁波某某电子有限公司", "330200", "05745550102")]
OFFERS = [
    (0, {"title": "缝纫工", "trade": "factory", "headcount": 6, "pay_from": 2600, "pay_to": 4200, "words": "会用平车,不会的教;每月 15 日发工资", "home_by": "17:30"}),
    (1, {"title": "装配工", "trade": "factory", "headcount": 20, "pay_from": 4800, "pay_to": 6500, "words": "坐着装小零件,包教;每月 10 日发工资", "boarding": "both"}),
    (0, {"title": "库房保管", "trade": "other", "headcount": 1, "pay_from": 2800, "pay_to": 3200, "words": "收发布料,识字、会记数"}),
]  # fmt: skip
CONFIRMED = 2  # the last waits for somebody of the county


def code_of(n):
    """Return a unified social credit code that holds; none was ever given out under this registrar's number."""
    body = f"91530625MA9Y{n:05d}"
    total = sum(CREDIT_CHARS.index(sign) * pow(3, at, 31) for at, sign in enumerate(body))
    return body + CREDIT_CHARS[(31 - total % 31) % 31]


BEGAN = timedelta(days=16)  # before yesterday: long enough for a coach to have gone and a week to be over


def live(code, now):
    """Plant them once in a county, so many days before `now`, and let the drive run until then; returns {what: how many}."""
    at = now - BEGAN
    clerk = _one(Role.TOWNSHIP_WORKER, code[:6] + "202")
    officer = _one(Role.LABOUR_OFFICER, code[:6])
    if clerk is None or officer is None or Employer.objects.exists():
        return Counter()
    day, county = today(at), Area.objects.get(pk=code[:6] + "000000")
    firms = [add_employer(name=name, code=code_of(n), place=place, phone=phone, by=clerk, at=at) for n, (name, place, phone) in enumerate(FIRMS)]
    for n, (firm, offer) in enumerate(OFFERS):
        window = {"from_on": day, "until_on": day + timedelta(days=75), "day_hours": 8, "week_days": 6 if firm == 0 else 5, "place": FIRMS[firm][1]}
        vacancy = write_vacancy(employer_id=firms[firm].pk, **offer, **window, by=clerk, at=at + timedelta(minutes=n))
        if n < CONFIRMED:
            confirm_vacancy(vacancy_id=vacancy.pk, checked="phone", words="打电话问过厂里和两个在岗的人", by=officer, at=at + timedelta(minutes=20 + n))
    drive = open_campaign(name="春节前百日行动", area=county, from_on=day, until_on=day + timedelta(days=100), by=officer, at=at + timedelta(minutes=40))
    for area in (county, Area.objects.get(pk=code[:6] + "202000")):  # all of it in the tour's township: the parts add up
        set_target(campaign_id=drive.pk, area=area, n=60, by=officer, at=at + timedelta(minutes=41))
    told = running.live(drive, officer, at + timedelta(hours=1), now)
    return told + Counter(employers=len(firms), vacancies=len(OFFERS)) + serving.live(code, clerk, officer, at + timedelta(hours=2), now)


def _one(role, stem):
    post = Post.objects.filter(role=role, to_on=None, organisation__area__code__startswith=stem).select_related("user").order_by("user__username").first()
    return post and post.user
