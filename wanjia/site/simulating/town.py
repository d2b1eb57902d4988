"""The county that is simulated: the demo's places, units and posts, a second and third hand where there is work, homes in each village."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction

from wanjia.orgs.accounts.commands import create_user, give_post
from wanjia.orgs.models import Area, Level, Post
from wanjia.orgs.roles import Role
from wanjia.registry.households.commands import register_household
from wanjia.registry.models import Household

from ..demo.people import name_for
from ..demo.world import INSTALLER, build_world

BUSY = (Role.BUREAU_WORKER, Role.STATION_WORKER, Role.TOWNSHIP_WORKER, Role.VILLAGE_WORKER)  # who gets a colleague first
WHOLE, STORY = 10_000, ["细沙乡", "桧溪镇"]  # from so many needs on the whole county is built; else two of its townships


@dataclass
class Town:
    """What was built: the county's code, one worthless hash for all accounts."""

    code: str
    hash: str


def build(*, needs, workers, at):
    """Build an empty database into a county at a moment before the year; return the Town."""
    from wanjia.sealing import proof

    call_command("migrate", verbosity=0)
    proof.first_set_up()
    world = build_world(at=at, townships=None if needs >= WHOLE else STORY)
    code = world.county.pk[:6]
    with transaction.atomic():
        town = Town(code, make_password(world.password))
        _colleagues(code, workers, town.hash, at)
        _homes(code, needs, at)
    return town


def _colleagues(code, workers, password, at):
    here = Post.objects.filter(organisation__area__code__startswith=code)
    posts = sorted(here.filter(role__in=BUSY).select_related("user", "organisation"), key=lambda one: (BUSY.index(one.role), one.user.username))
    have, who = here.count(), {"by": INSTALLER, "at": at}
    for n in range(max(workers - have, 0)):
        post = posts[n % len(posts)]
        name = f"{post.user.username}.{2 + n // len(posts)}"
        user = create_user(username=name, name=name_for(name), password=password, hashed=True, must_change_password=False, **who)
        give_post(user_id=user.pk, organisation=post.organisation, role=post.role, from_on=post.from_on, **who)


def _homes(code, needs, at):
    villages = [
        one for one in Area.objects.filter(code__startswith=code, level=Level.VILLAGE, to_on=None).order_by("code")
        if Post.objects.filter(organisation__area=one).exists()
    ]  # fmt: skip
    each = max(3, needs // 12 // len(villages))
    for village in villages:
        clerk = Post.objects.filter(role=Role.TOWNSHIP_WORKER, organisation__area__code__startswith=village.code[:9]).first().user
        for n in range(each - Household.objects.filter(village=village).count()):
            register_household(village_code=village.code, head={"name": name_for(f"{village.code} {n}"), "id_absent_reason": "other"}, by=clerk, at=at)
