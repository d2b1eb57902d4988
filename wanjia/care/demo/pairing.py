"""Helpers of the units that sponsor villages and of the villages themselves, their records looked at, a plan of pairs worked and put in force two months ago."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA
from wanjia.orgs.models import Area, Post, Sponsorship, User
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.registry.people.commands import update_person
from wanjia.registry.statuses.commands import record_status
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan

from ..helpers.commands import found_team, join_team, record_check, register_helper
from ..models import Helper, Pair
from ..pairing.commands import draw_pairs, hand_pair, watch_entitled
from ..pairing.rules import may_take

SURNAMES, GIVEN = "岳岑苗龚庞樊", ["文清", "国林", "小燕", "明芳", "建华", "玉梅", "正才", "春兰"]
HELPER = "bangfu"  # the account whose one post is to help
YOUNGEST, JUNIOR, OLDEST = 6, 13, 16  # years of age at school
EACH = 4  # helpers of a sponsoring unit beside the one with an account


def live(code, say):
    """Live them once; returns {what: how many}. Nothing where helpers stand already, or where nobody answers for care."""
    told, officer, keeper = Counter(), User.objects.filter(username="guanai").first(), User.objects.filter(username="weibao").first()
    county = Area.objects.filter(pk=code[:6].ljust(12, "0")).first()
    if county is None or officer is None or keeper is None or not officer.live_posts[0].reach.covers(county.pk) or Helper.objects.filter(organisation__area__code__startswith=code[:6]).exists():
        return told
    now = timezone.now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=75)
    helpers = list(_helpers(code[:6], officer, now))
    for n, one in enumerate(helpers):
        if one.user_id or n % 17 != 16:  # some were never looked at: the list shows them
            record_check(helper_id=one.pk, on=(now - timedelta(days=n % 9 * 20)).date(), result="clear", authority="永善县公安局", reference=f"{now:%Y}-{n:04d}", by=keeper, at=now + timedelta(days=1))
    _team(helpers, officer, now)
    told["helpers"] = len(helpers)
    then = now + timedelta(days=10)
    _with_a_card(then)
    watch_entitled(area=county, by=CLOCK, at=then)
    plan = process.run(draw_pairs(area=county, by=officer, at=then), at=then)
    if plan.state == "ready":
        activate_plan(plan_id=plan.pk, by=keeper, at=then + timedelta(days=1))
        told["pairs"] = plan.words["placed"]
        _company(officer, then + timedelta(days=2))
        _at_school(then + timedelta(days=2))
    watch_entitled(area=county, by=CLOCK, at=timezone.now().astimezone(CHINA) - timedelta(days=1))
    say(f"  帮扶人 {told['helpers']} 位,结对 {told['pairs']} 对 / {told['helpers']} helpers, {told['pairs']} pairs")
    return told


def _helpers(stem, officer, at):
    """Register the helpers: of each sponsoring unit, of each village with an account."""
    kinds, languages, n = ("cadre", "cadre", "teacher", "retired"), (["mandarin"], ["mandarin", "yi"], ["mandarin", "miao"]), 0
    units = {bond.organisation for bond in Sponsorship.objects.filter(area__code__startswith=stem, to_on=None).select_related("organisation")}
    for unit in sorted(units, key=lambda one: one.name):
        post = Post.objects.filter(organisation=unit, to_on=None).select_related("user").order_by("from_on", "pk").first()
        for turn in range(EACH + bool(post)):
            own = post is not None and turn == 0
            name = post.user.name if own else f"{SURNAMES[n % len(SURNAMES)]}{GIVEN[n // len(SURNAMES) % len(GIVEN)]}"
            yield register_helper(organisation=unit, name=name, kind=kinds[turn % 4], sex="女" if n % 2 else "男", speaks=languages[n % 3], capacity=3 + n % 3 % 2, user=post.user if own else None, by=officer, at=at)
            n += 1
    villages = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__code__startswith=stem).select_related("user", "organisation")
    seen = set()
    for post in villages.order_by("organisation", "pk"):
        if post.organisation_id not in seen and not Helper.objects.filter(user=post.user).exists():
            seen.add(post.organisation_id)
            yield register_helper(organisation=post.organisation, name=post.user.name, kind="cadre", sex="女" if n % 2 else "男", speaks=languages[n % 3], capacity=3, user=post.user, by=officer, at=at)
            n += 1


def _with_a_card(at):
    """Three children of the tour's township hold a card of disability: they are to have somebody alone, before everybody else."""
    clerk = User.objects.filter(username="xisha").first()
    if clerk is None or not clerk.live_posts:
        return
    first, end = clerk.live_posts[0].reach.span()
    grown = [at.date().replace(year=at.year - years, day=1) for years in (OLDEST, YOUNGEST)]
    children = Person.objects.filter(village__gte=first, village__lt=end, birth_on__gt=grown[0], birth_on__lte=grown[1], merged_into=None, died_on=None).exclude(statuses__scheme="disability")
    for child, (code, grade) in zip(children.order_by("birth_on", "pk"), (("limb", "2"), ("hearing", "1"), ("sight", "3")), strict=False):
        record_status(person_id=child.pk, scheme="disability", code=code, grade=grade, from_on=(at - timedelta(days=400)).date(), evidence="残疾人证", by=clerk, at=at)


def _company(officer, at):
    """The helper who has an account and no other post takes children of the village that his unit sponsors: the account that a demo is shown with has company."""
    one = Helper.objects.filter(user__username=HELPER, to_on=None).first()
    bonds = Sponsorship.objects.filter(organisation=one.organisation, to_on=None).values("area") if one else []
    for pair in Pair.objects.filter(to_on=None, child__village__in=bonds).exclude(helper=one).order_by("pk")[: one.capacity if one else 0]:
        if may_take(one, pair.child, at.date()):
            hand_pair(pair_id=pair.pk, helper=one, why="asked", by=officer, at=at)


def _at_school(at):
    """The children of the tour's township go to its central school: whoever stands for the school sees whom he has to do with."""
    school, clerk = User.objects.filter(username="xisha-xuexiao").first(), User.objects.filter(username="xisha").first()
    if school is None or clerk is None or not school.live_posts:
        return
    unit = school.live_posts[0].organisation
    first, end = unit.area.span()
    for pair in Pair.objects.filter(to_on=None, child__village__gte=first, child__village__lt=end).select_related("child").order_by("pk"):
        age = pair.child.age_on(at.date())
        if age is not None and YOUNGEST <= age < OLDEST:
            stage = "primary" if age < JUNIOR else "junior"
            update_person(person_id=pair.child_id, version=pair.child.version, school_name=unit.name, schooling=stage, by=clerk, at=at)


def _team(helpers, officer, at):
    """One team of volunteers, of the first unit."""
    if helpers:
        team = found_team(organisation=helpers[0].organisation, name="金沙志愿服务队", kind="volunteers", by=officer, at=at)
        for one in helpers[1:7]:
            join_team(team_id=team.pk, helper=one, by=officer, at=at)
