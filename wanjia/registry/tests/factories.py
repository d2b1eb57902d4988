"""A small world by name: 永善县, 细沙乡, 大同村 and its neighbour; worker 李, the Wang home, its child 小雨."""

from datetime import UTC, date, datetime, timedelta

from tests.stamp import stamped
from wanjia.orgs.models import Area, Level, Organisation, Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.policy.identity import check_char

from ..households.commands import add_member, register_household
from ..models import Membership, Person

NOW = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 3)


def later(days=0, hours=0):
    """Return a moment after NOW."""
    return NOW + timedelta(days=days, hours=hours)


def area(code, name, level, parent=None):
    """Keep one area."""
    return Area.objects.get_or_create(code=code, defaults={"name": name, "short_name": name, "level": level, "parent": parent})[0]


def unit(name, tier, where, line=""):
    """Keep one unit."""
    return Organisation.objects.get_or_create(name=name, area=where, defaults={"tier": tier, "line": line})[0]


def worker(username, name, organisation, role):
    """Keep one user with one post."""
    user = User.objects.create_user(username=username, name=name)
    Post.objects.create(user=user, organisation=organisation, role=role, from_on=date(2020, 1, 1))
    return User.objects.get(pk=user.pk)


def number(born, sequence, prefix="530625"):
    """Make a citizen number that holds: born a date, sequence 0–999 (odd: male)."""
    body = f"{prefix}{born:%Y%m%d}{sequence:03d}"
    return body + check_char(body)


@stamped
class World:
    """Places, units, people; the Wang home: 王建国 (head), 张桂芳 (wife), 王小雨 (daughter, aged 10)."""

    def __init__(self):
        self.county = area("530625000000", "永善县", Level.COUNTY)
        self.xisha = area("530625202000", "细沙乡", Level.TOWNSHIP, self.county)
        self.makou = area("530625108000", "码口镇", Level.TOWNSHIP, self.county)
        self.datong = area("530625202201", "大同村", Level.VILLAGE, self.xisha)
        self.huangjin = area("530625202202", "黄金村", Level.VILLAGE, self.xisha)
        self.xinmin = area("530625108209", "新民村", Level.VILLAGE, self.makou)
        township = unit("细沙乡人民政府", Tier.TOWNSHIP, self.xisha)
        committee = unit("大同村村民委员会", Tier.VILLAGE, self.datong)
        elsewhere = unit("码口镇人民政府", Tier.TOWNSHIP, self.makou)
        self.li = worker("datong", "李村干", committee, Role.VILLAGE_WORKER)
        self.yang = worker("datong2", "杨儿童主任", committee, Role.VILLAGE_WORKER)
        self.clerk = worker("xisha", "王台账", township, Role.TOWNSHIP_WORKER)
        self.leader = worker("xiangzhang", "罗乡长", township, Role.TOWNSHIP_LEADER)
        self.stranger = worker("makou", "赵邻乡", elsewhere, Role.TOWNSHIP_WORKER)
        school = unit("细沙乡中心学校", Tier.TOWNSHIP, self.xisha, line="education")
        self.teacher = worker("xuexiao", "周老师", school, Role.SCHOOL_WORKER)
        self.home = self.register("王建国", date(1985, 3, 2), 11, phone="13887000001")
        self.head = Person.objects.get(name="王建国")
        self.wife = self.join("张桂芳", "配偶", date(1986, 7, 9), 22)
        self.child = self.join("王小雨", "女儿", date(2016, 5, 20), 24, schooling="primary", hukou_kind="rural")

    def register(self, name, born, sequence, *, village=None, by=None, **facts):
        """Register a home with its head."""
        return register_household(
            village_code=(village or self.datong).code, head={"name": name, "citizen_id": number(born, sequence)}, by=by or self.li,
            at=NOW, **facts,
        )  # fmt: skip

    def join(self, name, relation, born, sequence, home=None, **facts):
        """Add a new member to the Wang home, or to another; returns the person."""
        member = add_member(
            household_id=(home or self.home).pk, relation=relation, name=name, citizen_id=number(born, sequence), by=self.li, at=NOW,
            **facts,
        )  # fmt: skip
        return member.person

    def membership(self, person):
        """Return a person's live membership."""
        return Membership.objects.get(person=person, to_on=None)
