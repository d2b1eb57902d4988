"""The small world of the house tests, who acts in it, and how each situation comes about that an act is done in."""

from datetime import date
from pathlib import Path

from tests.stamp import stamped
from wanjia.care.donors.commands import DONOR
from wanjia.casework.ladder.rules import CLOCK
from wanjia.casework.protection.commands import report_child
from wanjia.casework.tests import factories as casework
from wanjia.casework.tests import walk
from wanjia.kernel.brings import parts
from wanjia.kernel.command import SystemActor
from wanjia.labour.slips.commands import HIMSELF
from wanjia.orgs.accounts.commands import create_user, give_post, reset_password
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.applying import commands as applying
from wanjia.registry.duplicates.commands import merge_people
from wanjia.registry.importing import commands as importing
from wanjia.registry.models import ParentLine, VisitMethod
from wanjia.registry.people.commands import record_absence
from wanjia.registry.statuses.commands import record_home_status
from wanjia.registry.tests import factories as registry
from wanjia.registry.visits.commands import plan_visit
from wanjia.reporting.exporting.commands import ask_export, decide_export
from wanjia.village.polls.subjects import VOTER
from wanjia.village.proposing.subjects import VILLAGER

MONDAY, nth, need = casework.MONDAY, casework.later, walk.need
DAY = date(2026, 11, 2)
CSV = "户编号,姓名,身份证号,与户主关系,村(社区)\nH001,王大明,{number},户主,大同村\n"
HOUSE = Path(__file__).resolve().parents[2]


@stamped
class World(casework.World):
    """The casework world and the register's Wang home in one, with the posts that the other acts need."""

    def __init__(self):
        self.register = registry.World()
        super().__init__()
        self.handler2 = casework.worker("minzheng2", "黄民政", self.civil, Role.BUREAU_WORKER)
        self.head = casework.worker("minzheng-juzhang", "韩局长", self.civil, Role.BUREAU_HEAD)
        self.admin = casework.worker("admin", "管理员甲", self.office, Role.ADMINISTRATOR)
        self.leader = casework.worker("xian-lingdao", "何县长", self.office, Role.LEADER)
        self.auditor = casework.worker("shenji", "审计员甲", self.office, Role.AUDITOR)
        self.township_leader = self.register.leader
        bureau = casework.unit("永善县人力资源和社会保障局", Tier.COUNTY, self.county, Line.LABOUR)
        self.labour = casework.worker("renshe", "钟就业", bureau, Role.LABOUR_OFFICER)
        self.labour2 = casework.worker("renshe2", "施就业", bureau, Role.LABOUR_OFFICER)
        self.analyst = casework.worker("renshe-fenxi", "钱分析", bureau, Role.LABOUR_ANALYST)
        self.care = casework.worker("guanai", "苏关爱", self.office, Role.CARE_OFFICER)
        self.away = casework.worker("zhuwai", "卫驻站", self.office, Role.STATION_AWAY)
        self.helper = casework.worker("bangfu", "岳帮扶", self.office, Role.HELPER)
        school = casework.unit("细沙乡中心学校", Tier.TOWNSHIP, self.xisha, Line.EDUCATION)
        self.headmaster = casework.worker("xiaozhang", "文校长", school, Role.HEADMASTER)
        self.schools = casework.worker("xuean", "冉学安", self.education, Role.SCHOOLS_OFFICER)
        self.gates = casework.worker("huxue", "彭护学", self.office, Role.GATE_OFFICER)
        self.attendant = casework.worker("zhaoguan", "孔照管", school, Role.BUS_ATTENDANT)
        self.mediator = casework.worker("tiaojie", "夏调解", self.committee, Role.MEDIATOR)
        self.mediator2 = casework.worker("tiaojie2", "秋调解", self.township, Role.MEDIATOR)
        self.secretary = casework.worker("zhishu", "浦支书", self.committee, Role.BRANCH_SECRETARY)
        self.organiser = casework.worker("zuzhi", "禄组委", self.committee, Role.BRANCH_ORGANISER)
        self.farming = casework.worker("nongye-ju", "董农业", casework.unit("永善县农业农村局", casework.Tier.COUNTY, self.county, casework.Line.AGRICULTURE), Role.BUREAU_HEAD)
        self.nobody = registry.User.objects.create_user(username="nobody", name="无岗人")


def fresh_user(world):
    return create_user(username="xinren", name="新人", password="wanjia-2026-xinren", by=world.admin, at=MONDAY)


def proposed(world):
    """A protective post that waits for its second person."""
    return give_post(user_id=fresh_user(world).pk, organisation=world.office, role=Role.CALLBACK_OFFICER, from_on=DAY, by=world.admin, at=MONDAY)


def slept(world):
    """The protection officer, whose password an administrator has set anew."""
    return reset_password(user_id=world.officer.pk, password="wanjia-2026-chongzhi", by=world.admin, at=MONDAY)


def report(world):
    return report_child(area=world.datong, discovered_at=MONDAY, situation="疑似受伤", facts="手臂有伤", child_words="大同村小学生",
                        by=world.visitor, at=MONDAY)  # fmt: skip


def upload(world, state="received"):
    number = registry.number(date(1990, 1, 1), 17)
    who = {"by": world.clerk, "at": MONDAY}
    one = importing.receive_upload(template="household", name="户.csv", body=CSV.format(number=number).encode(), **who)
    if state in ("judged", "applying", "applied"):
        one = importing.judge_upload(one, **who)
    if state in ("applying", "applied"):
        one = importing.confirm_upload(upload_id=one.pk, **who)
    if state == "applied":
        applying.apply_chunk(upload_id=one.pk, **who)
    return {"upload_id": one.pk}


def visit(world):
    return plan_visit(household_id=world.register.home.pk, planned_on=date(2026, 11, 5), visitor_ids=[world.visitor.pk, world.register.yang.pk],
                      by=world.visitor, at=MONDAY)  # fmt: skip


STATUS = {"scheme": "relief", "code": "minimum", "from_on": date(2026, 7, 2), "evidence": "审批表"}


def status(world, **facts):
    """Record a status of the Wang home."""
    return record_home_status(**STATUS | facts, household_id=world.register.home.pk, by=world.visitor, at=registry.NOW)


def twins(world):
    """Two people who may be one: same name and birth date, one without a number."""
    home = world.register.register("王建国", date(1985, 3, 2), 55)
    other = home.memberships.get().person
    return world.register.head, other


def merge(world):
    kept, gone = twins(world)
    return merge_people(kept_id=kept.pk, gone_id=gone.pk, reason="同一个人登记了两次", by=world.clerk, at=MONDAY)


def one_asked_for(world):
    """Something stands in the ledger that may leave; nothing more is said of it."""
    need(world, "assigned")
    return {}


def export(world, decided=None):
    one = ask_export(kind="needs", purpose="月度核对用", query={}, rows=900, columns=["联系电话"], by=world.clerk, at=MONDAY)
    if decided:
        decide_export(export_id=one.pk, approve=True, by=world.township_leader, at=MONDAY)
    return {"export_id": one.pk}


def retimable(world):
    from wanjia.kernel.models import CalendarDay

    one = need(world, "assigned") | {"source": "县里通知"}
    CalendarDay.objects.get_or_create(day=date(2026, 11, 4), defaults={"works": False, "name": "停工", "source": "县里通知"})
    return one


def waiting(world):
    """A day off that the ledger office asks for and nobody of another unit has agreed to yet."""
    from wanjia.orgs.workdays.commands import keep_workday

    return keep_workday(day=date(2026, 11, 4), works=False, name="停工", source="县里通知", by=actor(world, "ledger"), at=MONDAY)


def waiting_cell(world):
    """A longer cell of the grid that the ledger office asks for and nobody of another unit has agreed to yet."""
    from wanjia.casework.triage.commands import set_grid_cell

    return set_grid_cell(county=world.county, urgency="urgent", difficulty="easy", tiers=["village"], days=30, unit="working", hint="",
                         from_on=DAY, by=actor(world, "ledger"), at=MONDAY)  # fmt: skip


def recount(world, stopped=False):
    """A recount that is under way, or was stopped."""
    from django.utils import timezone

    from wanjia.orgs.models import DayChange

    return DayChange.objects.create(act="orgs.keep_workday", days=[], source="县里通知", by_name="吴台账", state="made", at=MONDAY, total=9, done=3,
                                    stopped=stopped, beat_at=None if stopped else timezone.now())  # fmt: skip


def outdated(world):
    from wanjia.casework.importing.commands import take_ledger_row
    from wanjia.reporting.notices.commands import print_monthly

    paper = print_monthly(area=world.county, month="202611", by=actor(world, "ledger"), at=nth(2))
    row = {"登记时间": DAY, "诉求人": "李四", "诉求内容": "停水", "诉求类别": "饮水用电", "是否合理": "合理"}
    take_ledger_row(village=world.datong, source_file="e" * 64, source_row=1, values=row, by=actor(world, "clerk"), at=nth(3))
    return paper


def roster(world):
    from wanjia.office.starting.people import PersonRow, Roster

    return Roster(people=[PersonRow(2, "xinren", "新人", "", world.civil.name, Role.BUREAU_WORKER, "", "")])


def opened(world):
    from wanjia.office.models import Installation

    Installation.objects.create(kind="office", county=world.county.code, opened_at=MONDAY)
    return {}


def ambiguous(world):
    one = upload(world)
    importing.ask_sheet(**one, code="file.sheet_ambiguous", detail="甲、乙", by=actor(world, "clerk"), at=MONDAY)
    return one


def header(world):
    from wanjia.registry.models import KnownHeader

    importing.confirm_upload(**upload(world, "judged"), by=actor(world, "clerk"), at=MONDAY)
    return {"header_id": KnownHeader.objects.first().pk}


HOUSEHOLD = SystemActor(name="诉求人(小条)")
INSTALLER = SystemActor(name="系统安装", duties=frozenset({Duty.MANAGE_AREAS, Duty.MANAGE_USERS, Duty.SET_RULES}))
NOBODYS = {"household": HOUSEHOLD, "himself": HIMSELF, "donor": DONOR, "installer": INSTALLER, "clock": CLOCK, "voter": VOTER, "villager": VILLAGER}  # who act without an account


def actor(world, name):
    """Return the actor of that name, read anew."""
    if name in NOBODYS:
        return NOBODYS[name]
    user = getattr(world, name)
    return type(user).objects.get(pk=user.pk)


def beside(world):
    """Plant what other rooms keep: proposals of aid, refusals, urgent aid, leaves to read files, a matter, and what each app's tests/beside.py plants."""
    from wanjia.casework.tests import matter_acts
    from wanjia.registry.aid.commands import propose_cut
    from wanjia.registry.tests import access_acts, aid_acts

    held = world.register.home.statuses.filter(scheme="relief", to_on=None).first() or aid_acts.held(world)
    propose_cut(held_id=held.pk, **aid_acts.WHY, by=actor(world, "visitor"), at=MONDAY)
    for make in (aid_acts.refused, aid_acts.given, access_acts.asked, access_acts.broken, matter_acts.grouped):
        make(world)
    for brought in parts("tests.beside"):
        brought.plant(world)


def evidence(world):
    from wanjia.casework.handling.commands import add_evidence

    one = need(world, "accepted")
    return add_evidence(**one, words="签字表", by=world.handler, at=nth(2)).pk


def visited(world):
    from wanjia.registry.visits.commands import record_visit

    one = visit(world)
    found = [{"category": "housing", "words": "房顶漏雨", "requester_id": world.register.head.pk}]
    record_visit(visit_id=one.pk, done_on=DAY, method=VisitMethod.values[0], visitor_ids=[world.visitor.pk, world.register.yang.pk],
                 findings=found, by=world.visitor, at=MONDAY)  # fmt: skip
    return one.pk


def withdrawing(world):
    from wanjia.casework.handling.commands import ask_withdrawal

    one = need(world, "admitted")
    ask_withdrawal(**one, words="家里自己解决了", by=world.visitor, at=nth(1))
    return one


def spoken(world):
    from wanjia.casework.callback.commands import call_back

    one = need(world, "done_reported")
    call_back(**one, way="phone", reached=True, word="solved", words="修好了,谢谢", by=world.caller, at=nth(5))
    return one


def closable(world):
    from wanjia.casework.closing.commands import recheck_need
    from wanjia.casework.closing.rules import is_drawn

    one = walk.bring(world, "verified")
    if is_drawn(one):
        recheck_need(need_id=one.pk, agrees=True, words="电话核实属实", by=world.inspector, at=nth(5))
    return {"need_id": one.pk}


def planned(world):
    from wanjia.casework.callback.commands import call_back
    from wanjia.casework.handling.commands import report_done

    one = need(world, "in_progress")
    report_done(**one, **walk.DONE | {"outcome": "planned", "planned_on": date(2026, 12, 1)}, by=world.handler, at=nth(4))
    call_back(**one, way="phone", reached=True, word="partly", by=world.caller, at=nth(5))
    return one


def with_password(world):
    world.handler.set_password("wanjia-2026-laomima")
    world.handler.save()
    return {"old": "wanjia-2026-laomima", "new": "wanjia-2026-xinmima"}


def left_behind(world):
    from wanjia.registry.people.commands import name_parent

    for line, parent in zip(ParentLine.values[:2], (world.register.head, world.register.wife), strict=True):
        name_parent(child_id=world.register.child.pk, line=line, parent_id=parent.pk, by=world.visitor, at=MONDAY)
        record_absence(person_id=parent.pk, place="宁波", from_on=date(2026, 1, 3), by=world.visitor, at=MONDAY)
    return {"child_id": world.register.child.pk, "agreed": True}


def pair(world, one, other):
    first, second = twins(world)
    return {one: first.pk, other: second.pk, "reason": "姓名和出生日期相同"}


def file_report():
    from wanjia.sheets.report import Report

    return Report("户.csv", "Sheet1", "household", 1, {}, 0)
