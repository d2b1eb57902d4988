"""In the tour's township aid is being looked at: one proposal waits to be heard, one to be decided, one was decided for the home; aid refused, given first."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK, in_hours

from ..aid import commands as aid
from ..aid_days.commands import climb_aid
from ..models import AidCut, DatedStatus, Household
from .owing import STORY

FACTS = [
    ("income", "2026 年 10 月核对:家里一人在县城务工,每月 3600 元", "家里有人挣钱了,要重新算一算还够不够条件"),
    ("family", "2026 年 9 月,大儿子一家分户另过", "家里的人有变化,要重新算"),
    ("list", "11 月发放名单里没有这一户", "这次送来的名单里没有您家,先问清是漏了还是停了"),
]
HEARD = "活路是有,做一天算一天,落雨就没得。老人看病还要钱。"


def live(code, say):
    """Plant them once; returns {what: how many}. Nothing where there is no such township, or nobody in it holds aid."""
    held = DatedStatus.objects.filter(household__village__code__startswith=code[:6] + STORY, scheme="relief", to_on=None)
    held = list(held.select_related("household__village").order_by("household__number")[: len(FACTS)])
    people = _people(code)
    if AidCut.objects.exists() or len(held) < len(FACTS) or people is None:
        return Counter()
    now, (clerk, leader) = timezone.now(), people
    at = now - timedelta(days=6)
    for n, (status, (ground, fact, reasons)) in enumerate(zip(held, FACTS, strict=True)):
        village = _worker(status.household.village_id) or clerk
        cut = aid.propose_cut(held_id=status.pk, kind="end", ground=ground, fact=fact, reasons=reasons, by=village, at=at)
        if n and village != clerk:
            aid.hear_person(cut_id=cut.pk, on=today(at + timedelta(days=2)), way="home", who="户主本人", words=HEARD, by=clerk, at=at + timedelta(days=2))
        if n == 2 and village != clerk:
            words = "问清是名单漏报,家里情况没有变,照发。"
            aid.decide_cut(cut_id=cut.pk, agree=False, words=words, by=leader, at=at + timedelta(days=3))
            aid.serve_decision(cut_id=cut.pk, on=today(at + timedelta(days=4)), way="home", who="户主本人", by=clerk, at=at + timedelta(days=4))
    _others(code, clerk, at)
    climb_aid(by=CLOCK, at=_last_morning(now))
    say("  细沙乡:停减救助 3 件在办或办结,不予救助 1 件,先行救助 1 件 / aid looked at in Xisha: 3 proposals, a refusal, urgent aid")
    return Counter(cuts=len(held), refusals=1, urgent=1)


def _last_morning(now):
    """Return the last moment before now at which the clock may tell somebody: nine o'clock of a working day."""
    at = now.astimezone(CHINA).replace(hour=9, minute=0)
    while at > now or not in_hours(at):
        at -= timedelta(days=1)
    return at


def _others(code, clerk, at):
    homes = Household.objects.filter(village__code__startswith=code[:6] + STORY).exclude(statuses__scheme="relief").order_by("number")
    first, second = homes[:2]
    aid.refuse_aid(
        household_id=first.pk, benefit="relief_check", asked="想申请低保", asked_on=today(at), condition="家里的人均收入要在标准以下",
        fact="2026 年 10 月核对:两人务工,人均年收入 15600 元", by=clerk, at=at,
    )  # fmt: skip
    aid.give_urgent_aid(household_id=second.pk, given="临时救助 800 元", why="夜里灶房失火,被褥烧了", given_on=today(at), by=clerk, at=at)


def _people(code):
    """Return (the township's clerk, its leader), or None where one of them is missing."""
    posts = Post.objects.filter(to_on=None, organisation__area_id=f"{code[:6]}{STORY}000").select_related("user").order_by("user__username")
    found = {post.role: post.user for post in posts}
    return (found[Role.TOWNSHIP_WORKER], found[Role.TOWNSHIP_LEADER]) if {Role.TOWNSHIP_WORKER, Role.TOWNSHIP_LEADER} <= set(found) else None


def _worker(village):
    post = Post.objects.filter(to_on=None, role=Role.VILLAGE_WORKER, organisation__area_id=village).select_related("user").order_by("user__username").first()
    return post.user if post else None
