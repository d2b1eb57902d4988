"""In the tour's township the villages' own workers record what their visits found, by the commands of a click: so something may be owed there."""

import random
from collections import Counter
from datetime import date, timedelta

from wanjia.kernel.calendar import today
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role

from ..memberships import members_on
from ..models import DatedStatus, Household
from ..people.commands import update_person
from ..statuses.commands import record_home_status, record_status

STORY = "202"  # 细沙乡 in 永善: the three digits of a township behind its county's six
# Of twenty homes: how many hold which status, since when.
KINDS = [
    *[("lifted", "lifted", date(2021, 1, 1))] * 6, *[("poverty_risk", "at_risk", date(2026, 2, 10))] * 2,
    *[("relief", "margin", date(2026, 7, 6))] * 2, *[("relief", "minimum", date(2026, 7, 6))] * 2,
]  # fmt: skip


def live(code, say):
    """Record them once, on the day on which the homes were brought in; returns {scheme: how many}. Nothing where there is no such township."""
    homes = Household.objects.filter(village__code__startswith=code[:6] + STORY).select_related("village").order_by("number")
    first = homes.first()
    if first is None or DatedStatus.objects.filter(household__in=homes).exists():
        return Counter()
    at, told = first.registered_at + timedelta(hours=1), Counter()
    posts = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__in=homes.values("village"))
    workers = {post.organisation.area_id: post.user for post in posts.select_related("organisation", "user").order_by("-user__username")}
    for home in homes:
        dice = random.Random(home.number)
        scheme, status, since = dice.choice(KINDS + [("", "", None)] * (20 - len(KINDS)))
        if scheme and home.village_id in workers and since <= today(at):
            record_home_status(household_id=home.pk, scheme=scheme, code=status, from_on=since, by=workers[home.village_id], at=at)
            _tell_of_people(home, scheme, dice, by=workers[home.village_id], at=at)
            told[scheme] += 1
    say(f"  细沙乡记下家庭身份 {sum(told.values())} 户 / statuses of {sum(told.values())} homes of Xisha")
    return told


def _tell_of_people(home, scheme, dice, *, by, at):
    """In a home on assistance: one grown-up is disabled and cannot work, another can."""
    grown = [one.person for one in members_on(home, today(at)) if not one.person.is_protected]
    if scheme != "relief" or not grown:
        return
    ill = dice.choice(grown)
    record_status(person_id=ill.pk, scheme="disability", code="limb", grade=dice.choice("123"), from_on=date(2019, 5, 1), by=by, at=at)
    for person in grown:
        update_person(person_id=person.pk, version=person.version, labour="lost" if person == ill else "ordinary", by=by, at=at)
