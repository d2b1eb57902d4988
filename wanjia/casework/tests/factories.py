"""A small world by name: 永善县, 细沙乡, 大同村; five people through whose hands a need goes."""

from datetime import UTC, date, datetime, timedelta

from tests.stamp import stamped
from wanjia.kernel.calendar import seed_days
from wanjia.kernel.models import CalendarDay
from wanjia.orgs.models import Area, Level, Line, Organisation, Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.commands import decide_workdays
from wanjia.registry.models import Household

from ..intake.commands import record_need

# A Monday; the fortnight after it holds no public holiday.
MONDAY = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


def later(days=0, hours=0):
    """Return a moment after MONDAY."""
    return MONDAY + timedelta(days=days, hours=hours)


def area(code, name, level, parent=None):
    """Keep one area."""
    return Area.objects.get_or_create(code=code, defaults={"name": name, "short_name": name, "level": level, "parent": parent})[0]


def unit(name, tier, where, line=""):
    """Keep one unit."""
    return Organisation.objects.get_or_create(name=name, area=where, defaults={"tier": tier, "line": line})[0]


def worker(username, name, organisation, role):
    """Keep one user with one post."""
    user, made = User.objects.get_or_create(username=username, defaults={"name": name, "password": "!"})
    if made:
        Post.objects.create(user=user, organisation=organisation, role=role, from_on=date(2020, 1, 1))
    return User.objects.get(pk=user.pk)


def agreed(change, world, at):
    """Let the leader of a township agree to a change of the calendar that waits for another unit; return it."""
    leader = worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)
    return decide_workdays(change_id=change.pk, agree=True, by=leader, at=at)


@stamped
class World:
    """The places, units and people; `world.need()` records a need of the Wang home."""

    def __init__(self):
        CalendarDay.objects.bulk_create(seed_days(), ignore_conflicts=True)
        self.county = area("530625000000", "永善县", Level.COUNTY)
        self.xisha = area("530625202000", "细沙乡", Level.TOWNSHIP, self.county)
        self.makou = area("530625108000", "码口镇", Level.TOWNSHIP, self.county)
        self.datong = area("530625202201", "大同村", Level.VILLAGE, self.xisha)
        self.xinmin = area("530625108209", "新民村", Level.VILLAGE, self.makou)
        self.office = unit("永善县诉求台账办公室", Tier.COUNTY, self.county)
        self.civil = unit("永善县民政局", Tier.COUNTY, self.county, Line.CIVIL)
        self.education = unit("永善县教育体育局", Tier.COUNTY, self.county, Line.EDUCATION)
        self.township = unit("细沙乡人民政府", Tier.TOWNSHIP, self.xisha)
        self.elsewhere = unit("码口镇人民政府", Tier.TOWNSHIP, self.makou)
        self.committee = unit("大同村村民委员会", Tier.VILLAGE, self.datong)
        self.visitor = worker("datong", "李村干", self.committee, Role.VILLAGE_WORKER)
        self.clerk = worker("xisha", "王台账", self.township, Role.TOWNSHIP_WORKER)
        self.stranger = worker("makou", "赵邻乡", self.elsewhere, Role.TOWNSHIP_WORKER)
        self.handler = worker("minzheng", "陈民政", self.civil, Role.BUREAU_WORKER)
        self.teacher = worker("jiaoti", "周教体", self.education, Role.BUREAU_WORKER)
        self.caller = worker("huifang", "孙回访", self.office, Role.CALLBACK_OFFICER)
        # Another unit than the caller's: who asked the household does not look again.
        self.oversight = unit("永善县委县政府督查室", Tier.COUNTY, self.county)
        self.inspector = worker("ducha", "钱督查", self.oversight, Role.INSPECTOR)
        self.ledger = worker("yongshan", "吴台账", self.office, Role.LEDGER_OFFICE)
        self.officer = worker(
            "weibao", "郑未保", unit("永善县未保办", Tier.COUNTY, self.county, Line.CIVIL), Role.PROTECTION_OFFICER
        )
        self.home = Household.objects.get_or_create(
            number="530625202201001", defaults={"village": self.datong, "registered_at": MONDAY}
        )[0]

    def need(self, *, at=MONDAY, by=None, **facts):
        """Record a need of the Wang home."""
        return record_need(
            **{
                "village": self.datong, "household": self.home, "channel": "visit", "category": "aid",
                "summary": "父亲残疾,想申请低保", "requester_name": "王大叔", "another": True, **facts,
            },
            by=by or self.visitor, at=at,
        )  # fmt: skip
