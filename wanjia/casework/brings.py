"""What the ledger of needs brings to the pages of the house, and to the apps below and beside it."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from wanjia.casework.duties import Duty
from wanjia.doors.kinds import Beside, Finder, Notice, Place
from wanjia.doors.listing import page_of
from wanjia.kernel.brings import Check, Line, Planting
from wanjia.orgs.delivery.kinds import About
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.handing.kinds import Family
from wanjia.orgs.scope import handles_content
from wanjia.orgs.trail.subjects import Subject
from wanjia.orgs.workdays.followers import Follower
from wanjia.registry.duties import Duty as RegistryDuty
from wanjia.registry.visits.after import After
from wanjia.reporting.figures.queries import of_area
from wanjia.reporting.posted import Section

from . import retaining, rules, telling
from .aid import pages as aid_pages
from .aid import papers as aid_papers
from .away.pages import at_station, on_work_slip
from .board import content as board
from .board import lines as board_lines
from .checking import audits, cells, clocks, honesty, matters, protection, rungs, sessions, together
from .checking.queries import needs, retimes, series
from .commands import carried, line_digest
from .demo.living import live
from .exporting import asking
from .exporting import kinds as exporting
from .exporting_homes import kinds as homes
from .figures import population
from .honesty import jobs as honest
from .importing import ledger as importing
from .inheriting import queries as inheriting
from .inheriting.commands import take_needs, take_sessions, take_tasks
from .intake.commands import open_for, taken
from .intake.pages import after_visit, at_the_door, held_back
from .intake.satchel import carried as intake_carried
from .ladder import queries as ladder
from .ladder import tasks as ladder_tasks
from .ledger import queries as ledger
from .ledger.desk import figures, handed, mine, of_home, open_of_home, queues, said
from .models import Need, Step
from .papers import kinds as papers
from .papers.queries import newest
from .protection.queries import alarming, alarms, fresh, unexplained
from .protection.rules import visible_reports
from .queries import named_alone
from .retiming import jobs as retiming
from .retiming.queries import preview
from .rules import homes_of_needs, visible_needs
from .sessions import papers as session_papers
from .sessions import subjects as session_subjects
from .sessions.queries import to_do
from .simulating import beginning as simulating
from .slip.queries import old_misses
from .slip.rules import can_issue
from .states import Category
from .together import papers as help_papers
from .together import rules as helping
from .together.desk import on_desk as help_on_desk
from .together.queries import to_do as help_to_do
from .triage.queries import to_agree
from .urging import rules as urging

PLACES = [
    Place("casework:ledger", "ledger", _("诉求台账"), "work", 20, rules.SEES, content=True, by_area=True, short=_("台账"), hand=40, acts=("/planned/",)),
    Place("casework:record", "plus", _("登记诉求"), "work", 30, (Duty.RECORD_NEEDS,), short=_("登记"), hand=50),
    Place("casework:screening", "filter", _("受理判定"), "work", 40, (Duty.SCREEN_NEEDS,), acts=("/needs/*/screen/", "/needs/*/decline/")),
    Place("casework:triage", "triage", _("逐件研判"), "work", 50, (Duty.TRIAGE_NEEDS,), acts=("/needs/*/triage/",)),
    Place("casework:matters", "link", _("同一事项"), "work", 52, (Duty.TRIAGE_NEEDS,), acts=("/matters/*",)),
    Place("casework:sessions", "users", _("会商研判"), "work", 55, session_subjects.HOLDS, acts=("/sessions/*",)),
    Place(
        "casework:callbacks", "phone", _("回访"), "work", 60, (Duty.CALL_BACK,), acts=("/needs/*/callback/", "/needs/*/check-withdrawal/"),
        short=_("回访"), hand=30,
    ),
    Place("casework:together", "building", _("协办"), "work", 65, (Duty.ACCEPT_NEEDS, Duty.ASSIGN_NEEDS, *helping.URGES_HELP), content=True, acts=("/tasks/*",)),
    Place("casework:rechecks", "eye", _("抽查"), "work", 70, (OrgsDuty.RECHECK_NEEDS,), acts=("/needs/*/recheck/", "/rechecks/sitting/*")),
    Place(
        "casework:climbing", "alarm", _("催办督办"), "work", 78, (Duty.ACCEPT_NEEDS, Duty.ASSIGN_NEEDS, Duty.DECIDE_CLOCKS, *urging.URGES), content=True,
        acts=("/digests/",),
    ),
    Place("casework:protection", "shield", _("强制报告处置"), "work", 90, (OrgsDuty.PROTECT_CHILDREN,), short=_("报告处置"), hand=20),
    Place("casework:late_reports", "alarm", _("强制报告迟报"), "work", 92, (OrgsDuty.READ_JOURNAL,)),
    Place("casework:minors", "shield", _("未成年人信息审计"), "keeping", 75, (OrgsDuty.READ_JOURNAL,), acts=("/minors-audit/*",)),
    Place("casework:grid", "settings", _("研判表"), "keeping", 50, (OrgsDuty.SET_RULES,)),
    Place("reporting:dashboard", "chart", _("辖区看板"), "figures", 10, (OrgsDuty.SEE_FIGURES,), by_area=True, short=_("看板"), hand=80),
]  # fmt: skip

_LATE = ngettext_lazy("%(n)s 件今天到期", "%(n)s 件今天到期", "n")
_CLIMBS = ngettext_lazy("与您单位有关的诉求,有 %(n)s 件被提醒、催办、督办或提级", "与您单位有关的诉求,有 %(n)s 件被提醒、催办、督办或提级", "n")
_GRID = ngettext_lazy("有 %(n)s 项研判表改动等您同意", "有 %(n)s 项研判表改动等您同意", "n")
_ALARMS = ngettext_lazy(
    "有 %(n)s 份强制报告发现后超过 2 小时,还没有有权机关收到", "有 %(n)s 份强制报告发现后超过 2 小时,还没有有权机关收到", "n",
)  # fmt: skip
_UNEXPLAINED = ngettext_lazy("有 %(n)s 份强制报告迟报,请说明原因", "有 %(n)s 份强制报告迟报,请说明原因", "n")
_ALARMING = ngettext_lazy("有 %(n)s 份强制报告迟报,还没有报到或没有说明原因", "有 %(n)s 份强制报告迟报,还没有报到或没有说明原因", "n")
_FRESH = ngettext_lazy("有 %(n)s 份强制报告还没有人跟进,请马上打开", "有 %(n)s 份强制报告还没有人跟进,请马上打开", "n")

NOTICES = [
    Notice(ledger.due_today, _LATE, "desk", where="bar"),
    Notice(lambda user, _day: ladder.told_lately(user), _CLIMBS, "casework:climbing", where="desk", icon="alarm", rank=30),
    Notice(lambda user, _day: len(to_agree(user)), _GRID, "casework:grid", rank=20),
    Notice(lambda user, _day: len(alarms(user)), _ALARMS, "casework:protection", where="desk", tone="bad", icon="alarm", rank=10),
    Notice(lambda user, _day: fresh(user).count(), _FRESH, "casework:protection", where="desk", tone="bad", icon="shield", rank=20),
    Notice(lambda user, _day: len(unexplained(user)), _UNEXPLAINED, "casework:protection", where="desk", icon="shield", rank=25),
    Notice(lambda user, _day: alarming(user), _ALARMING, "casework:late_reports", where="desk", tone="bad", icon="alarm", rank=12),
]

QUEUES = [queues, to_do, help_to_do]

TONES = [
    ("registered", "blue"), ("admitted", "blue"), ("triaged", "blue"), ("assigned", "blue"), ("accepted", "orange"), ("in_progress", "orange"),
    ("done_reported", "violet"), ("verified", "violet"), ("closed", "green"), ("declined", "grey"), ("returned", "red"), ("reopened", "red"),
    ("withdrawn", "grey"), ("critical", "red"), ("urgent", "orange"), ("ordinary", "blue"), ("solved", "green"), ("partly", "orange"),
    ("called", "blue"), ("held", "orange"), ("signed", "green"), ("called_off", "grey"), ("open", "blue"), ("decided", "green"), ("put_off", "orange"),
    ("lapsed", "grey"), ("back", "grey"), ("asked", "blue"), ("taken", "orange"), ("sent_back", "red"), ("done", "green"), ("off", "grey"), ("unsolved", "red"), ("satisfied", "green"), ("fairly", "green"), ("not", "red"),
]  # fmt: skip

ROUTERS = [
    ("/needs", "wanjia.casework.api.router"), ("/sessions/items", "wanjia.casework.sessions.api.items"), ("/sessions", "wanjia.casework.sessions.api.router"),
    ("/tasks", "wanjia.casework.together.api.router"), ("/matters", "wanjia.casework.matters.api.router"), ("/minors-audit", "wanjia.casework.minors.api.router"),
]  # fmt: skip

SUBJECTS = [
    Subject("casework.need", "number", kind=("category", Category), opens=telling.needs, said=telling.SAID),
    Subject("casework.evidence", "need__number", kind=("need__category", Category), opens=telling.evidence),
    Subject("casework.protectionreport", sees=visible_reports),
    Subject("casework.session", said=telling.OF_SESSIONS),
]  # fmt: skip

SATCHEL = [intake_carried]
UNTOLD = ["casework.need"]
HANDOVERS = [  # sessions first: whoever decides holds the session, then the need
    Family("sessions", _("会商"), inheriting.sessions_held, "area_id", inheriting.sessions_adrift, take_sessions),
    Family("needs", _("在办诉求"), inheriting.needs_held, "village_id", inheriting.needs_adrift, take_needs),
    Family("tasks", _("协办事项"), inheriting.tasks_held, "need__village_id", inheriting.tasks_adrift, take_tasks),
]
FOLLOWERS = [Follower(preview=preview, changed=retiming.begin)]
TIES = [homes_of_needs]
TIMERS = [retiming.go_on, honest.look]
TICKS = [(ladder_tasks.tick, ladder_tasks.is_due)]
MESSAGES = [
    About("digest", _("每日提要,今天到期(件)"), "casework:digests"), About("level1", _("临期提醒"), "casework:climbing"),
    About("level2", _("催办"), "casework:climbing"), About("level3", _("督办"), "casework:climbing"),
    About("level4", _("提级"), "casework:climbing"), About("level5", _("再提级"), "casework:climbing"),
]  # fmt: skip
PRUNED = [("misses", old_misses)]
RETAINED = [retaining.NEEDS, retaining.DROPPED, retaining.PHOTOS]
DIGESTS = [(Step, lambda step: line_digest(step, carried(step)))]
SPEAKING = [(Need, named_alone)]
CHECKS = [
    Check("plan", clocks.plans, rank=40),
    Check("need", needs, rank=10, sealed=Need.erasure.word, counted=("needs", "件诉求", Need.objects.count)), Check("cell", cells.faults, rank=50),
    Check("protection", protection.faults, rank=55), Check("audit", audits.faults, rank=57), Check("session", sessions.faults, rank=60), Check("rung", rungs.faults, rank=65), Check("help", together.faults, rank=70),
    Check("matter", matters.faults, rank=75), Check("honest", honesty.faults, rank=77),
    Check("series", series, rank=80), Check("retime", retimes, rank=90, waits=True),
]
POPULATIONS = [population.NEEDS, population.TASKS]
PAPERS = [papers.PAPERS, session_papers.MINUTES, help_papers.PAPERS, aid_papers.CUT_PAPERS, aid_papers.REFUSAL_PAPERS]
BULLETINS = [papers.MONTHLY, board.BOARD]
EXPORTS = [exporting.NEEDS, homes.HOMES]


def _may_record(request, **facts):
    return facts if request.user.has_duty(Duty.RECORD_NEEDS) else None


def _ledger_of(_request, upload):
    return {} if upload.template == "needs" else None


def _for(duty):
    return lambda request, about: {"need": about} if request.user.has_duty(duty) else None


def _to_print(request, _about):
    if not handles_content(request.user, duty=OrgsDuty.SEE_FIGURES):
        return None  # whoever sees figures alone finds no need to print
    text = request.GET.get("q", "").strip()
    return {"page": page_of(request, newest(visible_needs(request.user, duty=OrgsDuty.SEE_FIGURES), text)), "text": text}


BOARD = [Section("needs", _("村里反映的难处"), 30, board_lines.on_board)]
BESIDE = [
    Beside("bar", "casework/beside/danger.html", lambda _request, _about: {"tone": "btn-sm child-danger"}),
    Beside("child_acts", "casework/beside/danger.html", lambda _request, village: {"tone": "btn-danger", "village": village}),
    Beside("home_acts", "casework/beside/home_acts.html", lambda request, home: _may_record(request, home=home)),
    Beside("home", "casework/beside/home.html", lambda request, home: {"needs": of_home(request, home)}),
    Beside("owed_acts", "casework/beside/owed_acts.html", lambda request, offer: _may_record(request, need=aid_pages.asked_already(request.user, offer))),
    Beside("findings", "casework/beside/visit.html", after_visit),
    Beside("home_at_door", "casework/beside/standing.html", lambda request, home: {"needs": open_of_home(request, home)}),
    Beside("upload_done", "casework/beside/upload.html", _ledger_of),
    Beside("desk_acts", "casework/beside/desk_acts.html", lambda request, _about: {"records": _may_record(request) is not None}),
    Beside("desk_figures", "casework/beside/desk_held.html", figures, rank=10),
    Beside("desk_figures", "casework/beside/desk_late.html", figures, rank=30),
    Beside("desk", "casework/beside/desk.html", mine),
    Beside("desk", "casework/beside/desk_together.html", help_on_desk, rank=5),
    Beside("desk_after", "casework/beside/desk_voiced.html", held_back, rank=5),
    Beside("desk_after", "casework/beside/desk_handed.html", handed, rank=10),
    Beside("desk_after", "casework/beside/desk_said.html", said, rank=20),
    Beside("import_acts", "casework/beside/import_acts.html", _for(OrgsDuty.EXPORT)),
    Beside("ledger_acts", "casework/mandates/link.html", lambda _request, _about: {}, rank=5),
    Beside("ledger_acts", "casework/beside/ledger_acts.html", _for(OrgsDuty.EXPORT)),
    Beside("aid_papers", "casework/aid/print.html", aid_pages.beside_cut),
    Beside("refusal_papers", "casework/aid/print.html", aid_pages.beside_refusal),
    Beside("need_answer", "casework/aid/of_need.html", aid_pages.beside_need),
    Beside("need_acts", "casework/beside/need_acts.html", _for(OrgsDuty.SEE_FIGURES)),
    Beside("desk_apart", "casework/beside/desk_apart.html", _for(OrgsDuty.SEE_FIGURES)),
    Beside("documents", "casework/papers/needs.html", _to_print),
    Beside("papers_of_need", "casework/papers/slip_act.html", lambda request, need: {} if can_issue(request.user, need) else None),
    Beside("exports", "casework/exporting/ask.html", asking.facts),
    Beside("work_slip", "casework/beside/work_slip.html", on_work_slip),
    Beside("wage_claims", "casework/beside/wage_claims.html", at_station),
]

OPENS_NEEDS = [open_for]

AFTER_VISITS = [After(take=taken, page=at_the_door)]

FINDERS = [Finder("casework/beside/found.html", ledger.matching, ledger.the_one, rank=10)]

DEMO = [
    Planting(
        workbooks=[("needs", Path(__file__).parent / "demo" / "ledger.xlsx")],
        shown=(
            "needs.received", "needs.declined", "needs.reasonable", "needs.settled", "needs.ledger_callback", "needs.confirmed", "needs.open",
        ),
        live=live,
        count=of_area,
    ),
]  # fmt: skip

SIMULATED = [simulating.begin]

LINES = [
    Line("household.export", _("导出家庭户名单"), (RegistryDuty.KEEP_REGISTER,)),
    Line("need.confirm", _("诉求人确认")),
    Line("need.slip_word", _("小条上的话")),
    Line("recheck.seed", _("封存抽查种子")),
    Line("need.relieve", _("离岗交接,换责任人")),
    Line("need.take_over", _("撤并、离岗交接,换主办单位")),
    Line("need.take_desk", _("撤并、离岗交接,换研判、交办的单位")),
    Line("need.help_take_over", _("撤并、离岗交接,换协办单位")),
    Line("session.take_over", _("会商交接")),
    Line("need.help_ended", _("协办随着结束")),
    Line("need.reminded", _("临期提醒")),
    Line("need.urged", _("到期催办")),
    Line("need.supervised", _("按时限督办")),
    Line("need.raised", _("按时限报上级")),
    Line("need.raise", _("按时限提级")),
    Line("need.raise_desk", _("按时限提级,由上一级研判、交办")),
    Line("digest.write", _("写每日提要")),
    Line("need.retime", _("按新日历重算时限")),
    Line("finding.note", _("记下疑点"), (OrgsDuty.RECHECK_NEEDS,)),
    Line("need.recheck_called", _("列入抽查名单")),
    Line("need.complaint", _("销号后又说没有解决")),
    Line("need.contradicted", _("销号后又反映同一件事")),
    Line("slip.miss", _("小条编码输错")),
]

IMPORTS = [importing.IMPORT]
