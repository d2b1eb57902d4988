"""Build the demo world: areas, units, posts, accounts, sponsorship. Everything by the commands that a user's act calls.

Run again it finds what stands and changes nothing.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pypinyin import lazy_pinyin

from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor
from wanjia.office.models import Kind
from wanjia.office.starting import commands as opening
from wanjia.office.starting import queries as starting
from wanjia.orgs.accounts import commands as accounts
from wanjia.orgs.areas import commands as areas
from wanjia.orgs.areas import names
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, Level, Organisation, Post, Sponsorship, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.sponsorship import commands as sponsorship
from wanjia.orgs.units import commands as units
from wanjia.orgs.workdays import commands as workdays
from wanjia.registry.households.commands import register_household
from wanjia.registry.models import Household
from wanjia.verdict import Refused

from .people import name_for

OPEN_FOR = timedelta(days=100)
PASSWORD = "jianjianyouzhu"
HERE = Path(__file__).parent
LISTS = Path(areas.__file__).parent
INSTALLER = SystemActor("系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS, Duty.SET_RULES}))


@dataclass
class World:
    """What was built: the county, and [(account, role, unit)] to print, the main ones first."""

    county: Area
    password: str = PASSWORD
    accounts: list = field(default_factory=list)
    elsewhere: tuple = ()  # codes of the other counties that have a village of it

    def user(self, username):
        """Return a demo account."""
        return User.objects.get(username=username)


def opened_at():
    """Return when the demo's office opened: before the days it has lived (`Planting.live`), whether it stands or is to be built."""
    found = starting.installation()
    return found.opened_at if found and found.kind == Kind.DEMO else timezone.now() - OPEN_FOR


def build_world(*, at=None, townships=None):
    """Build what is missing of the demo world and return it.

    townships: short names (细沙乡 …) whose stations, villages and people are built; None: all 16. Areas are always whole.
    Raises Refused in an office's database, and in one with real accounts that does not say what it is: nothing is planted there.
    """
    return _Builder(at or timezone.now(), townships).build()


class _Builder:
    def __init__(self, at, townships):
        self.act = {"by": INSTALLER, "at": at}
        self.plan = tomllib.loads((HERE / "yongshan.toml").read_text())
        self.wanted = townships

    @transaction.atomic
    def build(self):
        self.say_what_it_is()
        workdays.load_published(**self.act)
        self.areas()
        self.county_units()
        for township in self.townships:
            self.township(township)
        self.elsewhere()
        self.sponsorships()
        away = tuple(sorted({place["township"][:6] + "000000" for place in self.plan["elsewhere"]}))
        return World(self.all[self.plan["county"]], accounts=self.desks(), elsewhere=away)

    def say_what_it_is(self):
        """Say in the database itself, before the first account, that it is a demo's; one from before that is known by its planted accounts."""
        if starting.installation() is None and User.objects.exists() and not starting.planted():
            raise Refused(_("这个数据库里已有真实的账号,不能装演示数据。请另设 WANJIA_VAR 指向一个空文件夹。"))
        opening.open_office(kind=Kind.DEMO, county=self.plan["county"], **self.act)

    @cached_property
    def all(self):
        return Area.objects.in_bulk()

    @cached_property
    def standing(self):
        return {(one.area_id, one.name): one for one in Organisation.objects.select_related("area")}

    @cached_property
    def users(self):
        return set(User.objects.values_list("username", flat=True))

    @cached_property
    def hash(self):
        return make_password(PASSWORD)

    @property
    def townships(self):
        found = [area for area in self.all.values() if area.parent_id == self.plan["county"] and area.to_on is None]
        return [area for area in found if self.wanted is None or area.short_name in self.wanted]

    def areas(self):
        if Area.objects.filter(pk=self.plan["county"]).exists():
            return
        edition = self.plan["edition"]
        for file in ("zhaotong_counties.csv", "zhaotong_villages.csv"):
            areas.load_areas(text=(LISTS / file).read_text(), edition=edition, **self.act)
        extra = [f"{one['code']},{one['name']}" for kind in ("ended", "group") for one in self.plan[kind]]
        areas.load_areas(text="\n".join(["code,name", *extra]), edition=edition, **self.act)
        for old in self.plan["ended"]:
            heirs = [Area.objects.get(pk=code) for code in old["heirs"]]
            area = Area.objects.get(pk=old["code"])
            areas.end_area(area_id=area.pk, successors=heirs, on=old["on"], basis=old["basis"], **self.act)
        for alias in self.plan["alias"]:
            for name in alias["names"]:
                areas.keep_area_alias(area_id=alias["code"], name=name, **self.act)

    def county_units(self):
        county = self.all[self.plan["county"]]
        for unit in self.plan["unit"]:
            parent = self.standing.get((county.code, unit.get("parent")))
            kept = self.unit(
                unit["name"], county, Tier.COUNTY, line=unit.get("line", ""), short_name=unit["short"], parent=parent,
                aliases=[*unit.get("aliases", []), unit["name"].replace(county.name, "县")],
            )  # fmt: skip
            if "user" in unit:
                self.account(unit["user"], kept, unit.get("role", Role.BUREAU_WORKER))
            if "head" in unit:
                self.account(unit["head"], kept, Role.BUREAU_HEAD)
        self.account("fenxi", self.standing[county.code, "永善县人力资源和社会保障局"], Role.LABOUR_ANALYST)

    def township(self, township):
        seat = self.seat(township)
        stem, old = _stem(township), {"溪洛渡街道": "溪洛渡镇"}.get(township.name)
        self.account(stem, seat, Role.TOWNSHIP_WORKER)
        self.account(f"{stem}-lingdao", seat, Role.TOWNSHIP_LEADER)
        for station in self.plan["station"]:
            bare = names.TOWNSHIP_ENDING.sub("", township.short_name)
            wordings = [station["name"], *station.get("aliases", [])]
            spelt = [text.format(t=t) for text in wordings for t in (township.short_name, bare, old) if t]
            kept = self.unit(spelt[0], township, Tier.TOWNSHIP, line=station["line"], parent=seat, aliases=spelt[1:])
            if "user" in station:
                self.account(f"{stem}-{station['user']}", kept, station["role"])
        for village in self.all.values():
            if village.parent_id == township.code:
                self.village(village, seat)

    def seat(self, township):
        ending = "办事处" if township.name.endswith("街道") else "人民政府"
        short = f"{township.short_name}{ending}"
        return self.unit(f"{township.name}{ending}", township, Tier.TOWNSHIP, aliases=[short] * (short[:-4] != township.name))

    def village(self, village, seat):
        kept = self.unit(village.name, village, Tier.VILLAGE, short_name=village.short_name, parent=seat)
        username = _stem(village)
        if username in self.taken:
            username += "-shequ" if village.short_name.endswith("社区") else "-cun"
        self.account(username, kept, Role.VILLAGE_WORKER)

    @cached_property
    def taken(self):
        """Names that a village may not have: those of townships and of county desks."""
        seats = {place["township"] for place in self.plan["elsewhere"]}
        near = [area for area in self.all.values() if area.level == Level.TOWNSHIP]
        here = {_stem(area) for area in near if area.parent_id == self.plan["county"] or area.code in seats}
        return here | {unit["user"] for unit in self.plan["unit"] if "user" in unit}

    def elsewhere(self):
        for place in self.plan["elsewhere"]:
            seat = self.seat(self.all[place["township"]])
            self.account(_stem(self.all[place["township"]]), seat, Role.TOWNSHIP_WORKER)
            self.village(self.all[place["village"]], seat)
            if not Household.objects.filter(village=place["village"]).exists():
                clerk = User.objects.get(username=_stem(self.all[place["township"]]))
                head = {"name": place["home"], "id_absent_reason": "other"}
                register_household(village_code=place["village"], head=head, by=clerk, at=self.act["at"])

    def sponsorships(self):
        if Sponsorship.objects.exists():
            return
        for unit in self.plan["unit"]:
            if area := self.all.get(unit.get("sponsors")):
                kept = self.standing[self.plan["county"], unit["name"]]
                sponsorship.sponsor_area(organisation=kept, area=area, from_on=self.plan["since"], **self.act)

    def unit(self, name, area, tier, aliases=(), **what):
        if (area.code, name) not in self.standing:
            spelt = [alias for alias in dict.fromkeys(aliases) if alias != name]
            # An invented number: none in China begins with 0 after its area code.
            self.standing[area.code, name] = units.keep_organisation(
                name=name, area=area, tier=tier, aliases=spelt, phone=f"0870-00{len(self.standing):05d}", **what, **self.act
            )
        return self.standing[area.code, name]

    def account(self, username, unit, role):
        if username in self.users:
            return
        self.users.add(username)
        user = accounts.create_user(
            username=username, name=name_for(username), password=self.hash, hashed=True, must_change_password=False, **self.act
        )
        accounts.give_post(user_id=user.pk, organisation=unit, role=role, from_on=self.plan["since"], **self.act)

    def desks(self):
        order = [Role.TOWNSHIP_WORKER, Role.LEDGER_OFFICE, Role.CALLBACK_OFFICER, Role.VILLAGE_WORKER]
        posts = Post.objects.filter(to_on=None).select_related("user", "organisation")
        rows = [(post.user.username, post.get_role_display(), post.organisation.name, post.role) for post in posts]
        rows.sort(key=lambda row: (order.index(row[3]) if row[3] in order else 9, row[0]))
        return [row[:3] for row in rows]


def propose_deputy(world, *, at):
    """Let the administrator propose a second protection officer, once: those who may vouch find it on their desks."""
    officer = world.user("weibao").posts.get()
    deputy, waiting = world.user("fulian"), Post.objects.filter(role=officer.role, waiting=True)
    if not waiting.exists():
        accounts.give_post(user_id=deputy.pk, organisation=officer.organisation, role=officer.role, from_on=today(at), by=world.user("admin"), at=at)


def _stem(area):
    """Return the account name of a place: 细沙乡 → xisha, 大同村 → datong."""
    return "".join(lazy_pinyin(names.spellings(area.name, area.level)[-1]))
