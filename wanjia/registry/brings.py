"""What the register of homes brings to the pages of the house."""

from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.doors.kinds import Beside, Finder, Notice, Place
from wanjia.doors.listing import block_of
from wanjia.kernel.brings import Check, Line, Planting
from wanjia.orgs.delivery.kinds import About
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.handing.kinds import Family
from wanjia.orgs.trail.subjects import Subject
from wanjia.orgs.workdays.followers import Follower
from wanjia.registry.duties import Duty

from . import retaining
from .access import checking as access_checking
from .access import queries as access
from .aid import checking as aid_checking
from .aid import rules as aid_rules
from .aid.desk import of_home as aid_of_home
from .aid.desk import on_desk as aid_on_desk
from .aid.desk import queue as aid_queue
from .aid_days import tasks as aid_days
from .applying.jobs import begin
from .demo import aiding, changing, owing
from .households.queries import matching
from .households.rules import visible_households
from .importing import benefits, households
from .importing.queries import served
from .owed.pages import beside_home
from .people import checking as people_checking
from .visits import leaving
from .visits import queries as visits
from .visits.commands import take_visits
from .visits.desk import today_visits
from .visits.queries import history_of
from .visits.rules import visible_visits
from .visits.satchel import carried
from .waiting import queues

PLACES = [
    Place("registry:visits", "visit", _("入户走访"), "work", 80, (Duty.VISIT,), short=_("走访"), hand=60),
    Place("registry:households", "family", _("家庭户"), "register", 10, (Duty.SEE_REGISTER,), short=_("家庭户"), hand=70),
    Place("registry:people", "users", _("人员"), "register", 20, (Duty.SEE_REGISTER,)),
    Place("registry:children", "school", _("特殊群体儿童"), "register", 30, (Duty.SEE_REGISTER,), by_area=True),
    Place("registry:access", "lock", _("查阅儿童档案"), "keeping", 5, (*access.rules.OPENS, OrgsDuty.READ_JOURNAL), acts=("/access/*",)),
    Place("registry:owed", "inbox", _("政策找人"), "register", 35, (Duty.KEEP_REGISTER,)),
    Place("registry:aid", "shield", _("救助办理"), "work", 85, aid_rules.SEES, acts=("/aid/*",)),
    Place("registry:stale", "check", _("待补全与核实"), "register", 40, (Duty.KEEP_REGISTER,)),
    Place("registry:duplicates", "users", _("疑似重复"), "keeping", 25, (Duty.JUDGE_DUPLICATES,)),
    Place("registry:import", "import", _("批量导入"), "keeping", 30, (Duty.IMPORT,)),
]


def _homes(actor, keys):
    seen = visible_households(actor).filter(pk__in=keys).values_list("pk", flat=True)
    return {str(pk): (reverse("registry:household", args=[pk]), "") for pk in seen}


def _rounds(actor, keys):
    seen = visible_visits(actor).filter(pk__in=keys).values_list("pk", flat=True)
    return {str(pk): (reverse("registry:visit", args=[pk]), "") for pk in seen}


SUBJECTS = [Subject("registry.household", "number", opens=_homes), Subject("registry.visit", "household__number", opens=_rounds)]

TONES = [("planned", "blue"), ("done", "green"), ("missed", "red"), ("proposed", "blue"), ("heard", "orange"), ("cut", "red"), ("kept", "green"), ("served", "grey"),
         ("dropped", "grey"), ("asked", "blue"), ("granted", "orange"), ("refused", "grey"), ("ended", "grey"), ("over", "grey")]

ROUTERS = [("/uploads", "wanjia.registry.importing.api.router"), ("", "wanjia.registry.api.router")]

FINDERS = [Finder("registry/found.html", matching, rank=20)]


_RUNS = ngettext_lazy("紧急查阅还剩 %(n)s 分钟,到时自动结束", "紧急查阅还剩 %(n)s 分钟,到时自动结束", "n")
_TOLD = ngettext_lazy("有 %(n)s 次儿童档案被紧急查阅,还没有复核", "有 %(n)s 次儿童档案被紧急查阅,还没有复核", "n")
_WAITS = ngettext_lazy("有 %(n)s 项儿童档案查阅等您审批或复核", "有 %(n)s 项儿童档案查阅等您审批或复核", "n")
_OVERDUE = ngettext_lazy("有 %(n)s 次紧急查阅过了期限还没有复核", "有 %(n)s 次紧急查阅过了期限还没有复核", "n")

NOTICES = [
    Notice(lambda user, _day: access.running(user), _RUNS, "registry:access", tone="bad", icon="lock", rank=5),
    Notice(lambda user, _day: access.told_of(user), _TOLD, "registry:access", icon="lock", rank=15),
    Notice(lambda user, _day: access.waiting(user), _WAITS, "registry:access", where="desk", icon="lock", rank=25),
    Notice(lambda user, day: len(access.overdue_here(user, day)), _OVERDUE, "registry:access", where="desk", tone="bad", icon="alarm", rank=15),
]

TICKS = [(aid_days.tick, aid_days.is_due)]
FOLLOWERS = [Follower(preview=aid_days.preview, changed=aid_days.changed)]
MESSAGES = [About("aid", _("救助到期、超期(件)"), "registry:aid"), About(access.TOLD, _("紧急查阅儿童档案,请核实并复核"), "registry:access")]

QUEUES = [queues, aid_queue]

SATCHEL = [carried]

BESIDE = [
    Beside("home", "registry/beside/owed.html", beside_home, rank=5),
    Beside("desk_today", "registry/beside/visits.html", today_visits, rank=20),
    Beside("desk_today", "registry/beside/aid.html", aid_on_desk, rank=10),
    Beside("home", "registry/beside/left.html", leaving.beside_home, rank=1),
    Beside("home", "registry/aid/of_home.html", aid_of_home, rank=7),
    Beside("home", "registry/beside/visits_of_home.html", lambda request, home: {"visits": block_of(request, history_of(home), 8, word="visited")}, rank=10),
]

CHECKS = [Check("person", people_checking.faults, rank=28), Check("aid", aid_checking.faults, rank=30), Check("access", access_checking.faults, rank=35)]

AFTER_UPLOADS = [begin]

PRUNED = [("uploads", served)]

RETAINED = [retaining.VISITS, retaining.AID, retaining.ACCESS]

DEMO = [Planting(workbooks=[("household", Path(__file__).parent / "demo" / "households.xlsx")], live=owing.live), Planting(live=aiding.live), Planting(live=changing.live)]

HANDOVERS = [Family("visits", _("计划的走访"), visits.held, "household__village", visits.adrift, take_visits)]

LINES = [
    Line("aid.climbed", _("救助期限提醒、催办、督办、提级")),
    Line("aid.recount", _("救助期限按工作日历重算")),
    Line("aid.moved", _("停减提议随人转到另一个村")),
    Line("visit.take_over", _("走访交接,换人去")),
    Line("household.keep_rows", _("导入户籍名单"), (Duty.IMPORT,)),
    Line("benefit.import", _("导入身份状态"), (Duty.IMPORT,)),
    Line("upload.judge", _("核对上传的名单"), (Duty.IMPORT,)),
    Line("upload.reject", _("退回上传的名单"), (Duty.IMPORT,)),
    Line("upload.finish", _("名单写入完成"), (Duty.IMPORT,)),
    Line("upload.ask_sheet", _("请选工作表"), (Duty.IMPORT,)),
    Line("upload.meet_children", _("导入预览对上儿童"), (Duty.IMPORT,)),
    Line("upload.meet_afar", _("导入预览对上由别处保管档案的人"), (Duty.IMPORT,)),
    Line("upload.try_births", _("导入预览里试过已登记孩子的出生日期"), (Duty.IMPORT,)),
    Line("person.look_up", _("按号码查人"), (Duty.SEE_REGISTER,)),
    Line("person.meet_namesake", _("登记时对上同名的人"), (Duty.KEEP_REGISTER,)),
]

IMPORTS = [households.IMPORT, benefits.IMPORT]
