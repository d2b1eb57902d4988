"""A small named world: 永善县 with 细沙乡 and 码口镇 and what became of 溪洛渡镇; 水富市 with 两碗镇 beside it."""

from datetime import date

from django.utils import timezone

from tests.stamp import stamped
from wanjia.kernel.command import SystemActor
from wanjia.orgs.accounts import commands as accounts
from wanjia.orgs.areas import commands as areas
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, Line, Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.units import commands as units

INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS, Duty.SET_RULES}))
START = date(2021, 9, 1)
SPLIT = date(2021, 6, 1)
PASSWORD = "mian-hua-yun-2931"
LIST = """code,name,township
530600000000,昭通市,
530625000000,永善县,
530681000000,水富市,
530625101000,溪洛渡镇,
530625001201,云荞村民委员会,溪洛渡街道
530625002201,顺河村民委员会,永兴街道
530625108001,码口社区居民委员会,码口镇
530625108201,新民村民委员会,码口镇
530625202001,细沙社区居民委员会,细沙乡
530625202202,大同村民委员会,细沙乡
530625202203,黄金村民委员会,细沙乡
530625205201,马楠村民委员会,马楠苗族彝族乡
530681103201,花坛村民委员会,两碗镇
530681103201001,花田片区,
"""


def act():
    """Who and when of every act that sets the scene."""
    return {"by": INSTALLER, "at": timezone.now()}


def area(name):
    """Return an area by its short name."""
    return Area.objects.get(short_name=name)


def build_areas():
    """Load the areas and split 溪洛渡镇."""
    areas.load_areas(text=LIST, edition="试用名单", **act())
    heirs = [area("溪洛渡街道"), area("永兴街道")]
    areas.end_area(area_id=area("溪洛渡镇").pk, successors=heirs, on=SPLIT, basis="撤镇设街道", **act())
    areas.keep_area_alias(area_id=area("花田片区").pk, name="花园片区", **act())


def unit(name, place, tier, line=Line.NONE, **more):
    """Set up a unit."""
    return units.keep_organisation(name=name, area=area(place), tier=tier, line=line, **more, **act())


def person(username, organisation, role, **more):
    """Open an account with one post."""
    user = accounts.create_user(
        username=username, name=f"某{username[:2]}", password=PASSWORD, must_change_password=False, **act()
    )
    accounts.give_post(user_id=user.pk, organisation=organisation, role=role, from_on=more.pop("from_on", START), **more, **act())
    return User.objects.get(pk=user.pk)


def again(user):
    """Read a user anew, without what it remembers."""
    return User.objects.get(pk=user.pk)


@stamped
def build_world():
    """Build areas, units and people; return the people by account."""
    build_areas()
    ledger = unit("永善县台账办", "永善县", Tier.COUNTY)
    civil = unit("永善县民政局", "永善县", Tier.COUNTY, Line.CIVIL, aliases=["县民政局"])
    xisha = unit("细沙乡人民政府", "细沙乡", Tier.TOWNSHIP)
    makou = unit("码口镇人民政府", "码口镇", Tier.TOWNSHIP)
    station = unit("细沙乡民政办", "细沙乡", Tier.TOWNSHIP, Line.CIVIL)
    datong = unit("大同村民委员会", "大同村", Tier.VILLAGE, short_name="大同村")
    huatan = unit("花坛村民委员会", "花坛村", Tier.VILLAGE)
    people = {
        "admin": (ledger, Role.ADMINISTRATOR), "shenji": (ledger, Role.AUDITOR), "yongshan": (ledger, Role.LEDGER_OFFICE),
        "minzheng": (civil, Role.BUREAU_WORKER), "xisha": (xisha, Role.TOWNSHIP_WORKER), "makou": (makou, Role.TOWNSHIP_WORKER),
        "xisha-minzheng": (station, Role.STATION_WORKER), "datong": (datong, Role.VILLAGE_WORKER),
        "huatan": (huatan, Role.VILLAGE_WORKER),
    }  # fmt: skip
    return {name: person(name, *post) for name, post in people.items()}


def posts_of(user):
    """Count the posts that a person was ever given."""
    return Post.objects.filter(user=user).count()
