"""What each person may try with one need in the search (collusion.py), and why every other command is not tried.

The commands called here and `APART` together are every command that writes a table which a rule or a figure of a need reads;
what commands write and what the search reads is measured, not claimed (test_collusion_bounds.py): a new command breaks the test.
"""

from datetime import date, timedelta
from itertools import count
from unittest.mock import patch

from django.db import transaction

from wanjia.casework.assignment.commands import accept_need, assign_need, contest_need, hand_to_person, recall_need, return_need
from wanjia.casework.callback.commands import call_back, keep_need, withdraw_need
from wanjia.casework.clock.commands import ask_extension, decide_clock, run_clock, stop_clock, tell_extension
from wanjia.casework.closing.commands import close_need, recheck_need, reopen_need, resume_planned
from wanjia.casework.commands import take
from wanjia.casework.duties import Duty as CaseworkDuty
from wanjia.casework.handling.commands import add_evidence, add_note, ask_withdrawal, report_done
from wanjia.casework.matters.commands import group_needs, keep_apart, leave_matter, report_matter
from wanjia.casework.models import Need
from wanjia.casework.retiming.commands import retime_need
from wanjia.casework.screening.commands import admit_need, appeal_decision, decline_need
from wanjia.casework.sessions.commands import call_session, decide_item
from wanjia.casework.slip.commands import issue_slip
from wanjia.casework.states import NEED, STILL
from wanjia.casework.together.commands import (
    agree_help,
    ask_unit,
    call_help_off,
    give_help_again,
    note_consultation,
    report_help,
    send_help_back,
    take_help,
)
from wanjia.casework.triage.commands import triage_need
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.carried import DUTIES
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import DayChange
from wanjia.orgs.workdays.commands import clear_workday, decide_workdays, keep_workday, load_published, load_workdays
from wanjia.verdict import Refused

# The moves of the table behind each act: what the table refuses from a state (and the database again: tests/house/test_states.py)
# is not tried; all other guards are asked for real. Acts without a move are always tried.
MOVES = {
    "admit": ("admit",), "decline": ("decline",), "appeal": ("appeal",), "triage": ("triage", "regrade"), "assign": ("assign",),
    "recall": ("recall",), "accept": ("accept",), "hand_to": ("hand_to", "hand_on"), "return": ("return",), "contest": ("return",), "note": ("start", "hand_on"),
    "report_done": ("report_done",), "call_back": ("verify",), "withdraw": ("withdraw",), "keep": ("withdraw",),
    "arbitrate": ("assign", "arbitrate"), "recheck": ("close", "reopen"), "close": ("close",), "reopen": ("reopen",), "resume": ("resume",), "ask_withdrawal": ("withdraw",),
    "help": ("report_done",), "consult": ("report_done",), "give_again": ("report_done",), "ask_extension": ("report_done",),
    "tell_extension": ("report_done",), "stop": ("report_done",), "run": ("report_done",),
}  # fmt: skip


def possible(name, state):
    """Tell whether the table of moves lets an act begin from a state."""
    return name not in MOVES or any(NEED.allows(move, state) for move in MOVES[name])


def acts_of(person, need, at, units, people):
    """List [(name, words, call)] of everything this person might try with a need; the rules say what is legal.

    units: to which it might be handed; people: whom somebody else might name as the one who answers for it.
    """
    who, day = {"need_id": need.pk, "by": person, "at": at}, today(at)
    may = {duty for post in person.live_posts for duty in DUTIES[post.role]}
    done = {"outcome_text": "已经办妥了", "answered_on": day, "answered_way": "face", "no_evidence_reason": "材料在系统内"}
    planned = done | {"outcome": "planned", "planned_on": day + timedelta(days=20)}
    listed = [
        (CaseworkDuty.SCREEN_NEEDS, "admit", "判定合理", lambda: admit_need(**who)),
        (CaseworkDuty.SCREEN_NEEDS, "decline", "不予受理", lambda: decline_need(
            **who, decline_ground="other", decision_reason="与实际情况不符", told_on=day, told_way="face")),
        (CaseworkDuty.RECORD_NEEDS, "appeal", "替诉求人申请复核", lambda: appeal_decision(**who, words="情况有变")),
        *((CaseworkDuty.TRIAGE_NEEDS, "triage", f"研判为{words}", lambda urgency=urgency, difficulty=difficulty: triage_need(
            **who, urgency=urgency, difficulty=difficulty, words="情况有变")) for urgency, difficulty, words in GRADES),
        *((CaseworkDuty.ASSIGN_NEEDS, "assign", f"交给{unit.name}", lambda unit=unit: assign_need(**who, holder=unit)) for unit in units),
        *((CaseworkDuty.ASSIGN_NEEDS, "assign", f"交给{unit.name},请{other.name}协办", lambda unit=unit, other=other: assign_need(
            **who, holder=unit, helpers=[other])) for unit in units for other in units if other != unit),
        *((CaseworkDuty.HOLD_SESSIONS, "arbitrate", f"会商定给{unit.name}", lambda unit=unit: arbitrated(need, person, at, unit))
          for unit in units if need.returns >= ARBITRATED or need.contested_at),
        (CaseworkDuty.ASSIGN_NEEDS, "recall", "收回交办", lambda: recall_need(**who)),
        (CaseworkDuty.ACCEPT_NEEDS, "accept", "签收,自己当责任人", lambda: accept_need(**who)),
        *((CaseworkDuty.ACCEPT_NEEDS, "accept", f"签收,责任人写{other.name}", lambda other=other: accept_need(**who, handler=other))
          for other in people if other != person),
        *((CaseworkDuty.ACCEPT_NEEDS, "hand_to", f"换{other.name}当责任人", lambda other=other: hand_to_person(**who, handler=other))
          for other in people if other.pk != need.handler_id),
        (CaseworkDuty.ACCEPT_NEEDS, "return", "退回", lambda: return_need(**who, reason="按职责应由别的单位办", rule="县级部门权责清单")),
        (CaseworkDuty.ACCEPT_NEEDS, "contest", "提请会商裁定", lambda: contest_need(**who, reason="按职责应由别的单位办", rule="县级部门权责清单")),
        (CaseworkDuty.HANDLE_NEEDS, "note", "写办理记录", lambda: add_note(**who, words="到户看过")),
        (CaseworkDuty.HANDLE_NEEDS, "evidence", "写一条佐证", lambda: add_evidence(**who, words="签字表在办公室")),
        (CaseworkDuty.HANDLE_NEEDS, "report_done", "报办结:已解决", lambda: report_done(**who, **done, outcome="solved")),
        (CaseworkDuty.HANDLE_NEEDS, "report_done", "报办结:已解释", lambda: report_done(**who, **done, outcome="explained")),
        (CaseworkDuty.HANDLE_NEEDS, "report_done", "报办结:列入计划", lambda: report_done(**who, **planned)),
        *((CaseworkDuty.CALL_BACK, "call_back", f"回访,写诉求人说{words}", lambda word=word: call_back(
            **who, way="phone", reached=True, word=word, satisfaction="satisfied")) for word, words in WORDS),
        (CaseworkDuty.CALL_BACK, "call_back", "回访,写没有联系上", lambda: call_back(**who, way="phone", reached=False)),
        (CaseworkDuty.CALL_BACK, "withdraw", "核实撤回,写诉求人要撤", lambda: withdraw_need(**who, way="phone", words="我要撤")),
        (CaseworkDuty.CALL_BACK, "keep", "核实撤回,写诉求人不撤", lambda: keep_need(**who, way="phone", words="我不撤")),
        (OrgsDuty.RECHECK_NEEDS, "recheck", "抽查属实", lambda: recheck_need(**who, agrees=True, words="到户看过")),
        (OrgsDuty.RECHECK_NEEDS, "recheck", "抽查不属实", lambda: recheck_need(**who, agrees=False, words="到户看过")),
        (CaseworkDuty.CLOSE_NEEDS, "close", "销号", lambda: close_need(**who)),
        (CaseworkDuty.RECORD_NEEDS, "reopen", "重新办理", lambda: reopen_need(**who, words="又出了问题")),
        (CaseworkDuty.HANDLE_NEEDS, "resume", "计划到期,继续办理", lambda: resume_planned(**who)),
        (CaseworkDuty.HANDLE_NEEDS, "ask_extension", "申请延期一周", lambda: ask_extension(
            **who, due_on=need.due_on + timedelta(days=7), reason="等资金到位")),
        *((CaseworkDuty.DECIDE_CLOCKS, "decide", words, lambda agree=agree: decide_clock(**who, agree=agree, words="按规定"))
          for agree, words in ((True, "同意延期或挂起"), (False, "不同意延期或挂起"))),
        (CaseworkDuty.HANDLE_NEEDS, "tell_extension", "登记延期告知", lambda: tell_extension(**who, told_on=day, told_way="face")),
        *((CaseworkDuty.HANDLE_NEEDS, STOP, f"挂起一周:{words}", lambda reason=reason: stop_clock(
            **who, reason=reason, words="户口本复印件", asked_on=day, asked_way="face", until=day + timedelta(days=7)))
          for reason, words in (("papers", "等材料"), ("season", "等天气"))),
        (CaseworkDuty.HANDLE_NEEDS, "run", "恢复计时", lambda: run_clock(**who)),
        (CaseworkDuty.RECORD_NEEDS, "slip", "打印小条,自己留下编码", lambda: issue_slip(**who)),
        *((OrgsDuty.SET_RULES, CALENDAR, words, lambda change=change: changed_days(change, need, person, people, at)) for words, change in DAYS),
        *((CaseworkDuty.HANDLE_NEEDS, "help", f"请{unit.name}协办", lambda unit=unit: ask_unit(**who, unit=unit, words="核实情况", due_on=_by(need, day)))
          for unit in units if unit.pk != need.holder_id),
        *((CaseworkDuty.HANDLE_NEEDS, "consult", f"记和{unit.name}协商,当场请它办", lambda unit=unit: note_consultation(
            **who, on=day, units=[unit], words="分头核实情况", unit1=unit, words1="核实情况", due1=_by(need, day))) for unit in units if unit.pk != need.holder_id),
        *((duty, name, f"{words}:{task.unit.name}的协办", lambda does=does, task=task: does(task_id=_like(task), by=person, at=at))
          for task in _waiting(need) for duty, name, words, does in HELPS),
        *((CaseworkDuty.HANDLE_NEEDS, "give_again", f"{task.unit.name}的协办改请{unit.name}", lambda task=task, unit=unit: give_help_again(
            task_id=_like(task), unit=unit, due_on=_by(need, day), by=person, at=at)) for task in _waiting(need) for unit in units if unit.pk != task.unit_id),
        *((CaseworkDuty.TRIAGE_NEEDS, name, words, lambda does=does, other=other: does(need, other, person, people, at))
          for other in _neighbours(need) for name, words, does in MATTERS),
        (CaseworkDuty.RECORD_NEEDS, "ask_withdrawal", "登记诉求人要撤回", lambda: ask_withdrawal(**who, words="不")),
    ]  # fmt: skip
    # A person tries what some post of the own carries; assigning and resuming share a duty in the rule of resume.
    return [(name, words, call) for duty, name, words, call in listed if duty in may and possible(name, need.state)]


def at_the_table(rows, day):
    """Return what rules read of a return and of the joint session: since when the unit has the need, whether a session was asked, and gave it."""
    handed, on = max(((n, str(at)[:10]) for act, _holder, _org, n, at in rows if act in ("assign", "reopen")), default=(None, None))
    decided = max((n for act, *_, n, _at in rows if act == "decide"), default=None)
    asked = any(act == "contest" for act, *_ in rows)
    return on and min((day - date.fromisoformat(on)).days, RETURNED_WITHIN), asked, decided is not None and handed == decided + 1


def _by(need, day):
    """The latest day that a sub-task may be given."""
    return need.due_on if need.due_on >= day else WorkingCalendar.load().add(day, 1).on


def _waiting(need):
    """List the sub-tasks that are waited for, of units and states that differ: what is alike one stands for."""
    rows = need.tasks.filter(state__in=STILL).select_related("unit").order_by("unit__name", "state", "asked_at")
    return list({(task.unit_id, task.state, task.agreed_id is None, task.agreed_at is None): task for task in rows}.values())


def _like(task):
    """Return the key of a sub-task like this one: a way that is gone anew asks its own, whose keys are others."""
    alike = task.need.tasks.filter(unit=task.unit_id, state=task.state, agreed__isnull=task.agreed_id is None, agreed_at__isnull=task.agreed_at is None)
    return alike.values_list("pk", flat=True).first()


# What anybody may try with a sub-task that is waited for: (duty, name, words, call).
HELPS = (
    (CaseworkDuty.ACCEPT_NEEDS, "take", "接下", lambda **who: take_help(**who)),  # by its name: the bounds read from here what is searched
    (CaseworkDuty.ACCEPT_NEEDS, "agree", "确认协商", lambda **who: agree_help(**who)),
    (CaseworkDuty.ACCEPT_NEEDS, "send_back", "退回", lambda **who: send_help_back(**who, reason="按职责应由别的单位办", rule="县级部门权责清单")),
    (CaseworkDuty.HANDLE_NEEDS, "report", "报完成", lambda **who: report_help(**who, words="核实过了")),
    (CaseworkDuty.HANDLE_NEEDS, "call_off", "取消", lambda **who: call_help_off(**who, reason="不用办了")),
)


def _neighbours(need):
    """The first other need of the village, if there is one: what this one may be put together with."""
    return Need.objects.filter(village=need.village_id).exclude(pk=need.pk).order_by("number")[:1]


def put_together(need, other, person, _people, at):
    """Put two needs together."""
    return group_needs(numbers=f"{need.number} {other.number}", by=person, at=at)


def put_apart_again(need, other, person, people, at):
    """Put two needs together and take this one out."""
    leave_matter(matter_id=put_together(need, other, person, people, at).pk, need=need, by=person, at=at)


def said_to_be_two(need, other, person, _people, at):
    """Say that they are two matters."""
    keep_apart(numbers=f"{need.number} {other.number}", by=person, at=at)


def reported_together(need, other, person, people, at):
    """Put two needs together and let whoever of these people may report what is done for both: one act of the search, the need read anew between."""
    matter = put_together(need, other, person, people, at)
    done = {"outcome": "solved", "outcome_text": "已经办妥了", "answered_on": today(at), "answered_way": "face", "no_evidence_reason": "材料在系统内"}
    with patch("wanjia.casework.commands.take", take):
        for one in (person, *people):
            try:
                return report_matter(matter_id=matter.pk, by=one, at=at, **done)
            except Refused:
                continue
    raise Refused("nobody here may report it")


# What anybody who triages may try with a need and its neighbour: (name, words, call).
MATTERS = (
    ("group", "和另一件并案", put_together), ("group", "并案,再移出", put_apart_again), ("group", "说不是同一事项", said_to_be_two),
    ("report_done", "并案后一并报办结", reported_together),
)


def arbitrated(need, person, at, unit):
    """Call a session for what was sent back twice and give the need to a unit there: one act of the search. What is refused leaves no session."""
    with transaction.atomic():
        session = call_session(on=today(at), place="会议室", chair=person.name, kinds=["returned", "contested"], by=person, at=at)
        decide_item(item_id=session.items.get(need=need).pk, urgency=need.urgency, difficulty=need.difficulty, holder=unit, measure="由该单位主办", by=person, at=at)


def changed_days(change, need, keeper, people, at):
    """Change the table, let every one of these people try to agree to what waits, and count the need anew: one act of the search.

    What still waits then is read by no rule of a need: only the deciding itself reads it, and everybody here has tried.
    """
    change({"by": keeper, "at": at}, today(at))
    for waiting in DayChange.objects.filter(state="waiting"):
        for person in (keeper, *people):
            try:
                decide_workdays(change_id=waiting.pk, agree=True, by=person, at=at)
                break
            except Refused:
                continue
    retime_need(need_id=need.pk, source="县里通知", by=keeper, at=at)


def _next_worked(day):
    table = WorkingCalendar.load()
    return next(day + timedelta(days=n) for n in count(1) if table.works(day + timedelta(days=n)))


def _cleared_and_loaded(who, day):
    clear_workday(day=day.replace(month=10, day=1), reason="更正", **who)
    load_published(**who)


CALENDAR, STOP = "calendar", "stop"
RETURNED_WITHIN = 8  # days after which no hand-over is sent back any more, whatever feast lies between
ARBITRATED = 2  # returns after which a session alone hands over
DAYS = [
    ("日历上把下一个工作日改成放假,自己人同意,重算", lambda who, day: keep_workday(day=_next_worked(day), works=False, name="停工", source="县里通知", **who)),
    ("贴一段放五天假的通知,自己人同意,重算", lambda who, day: load_workdays(
        text=f"{_next_worked(day)}至{_next_worked(day) + timedelta(days=4)},休,停工", source="县里通知", **who)),
    ("去掉一个周末补班日,自己人同意,重算", lambda who, day: clear_workday(day=day.replace(month=10, day=10), reason="不补班了", **who)),
    ("去掉国庆节再载入公布的日历,重算", _cleared_and_loaded),
]  # fmt: skip
GRADES = [("ordinary", "easy", "一般、易"), ("ordinary", "hard", "一般、难"), ("urgent", "medium", "急、中")]
WORDS = [("solved", "已经解决"), ("partly", "解决了一部分")]

# Commands that are not tried, each with the reason why it cannot make the household's word or better a share alone.
_NEW = "it makes another need and changes none; a share is printed with its two numbers, and a need recorded to fill one stands in the open"
_AGENDA = ("it writes of a session, not of a need, or a line that changes neither state, date, owner nor word; what a session decides is decide_item, "
           "which is searched, and goes by triage_need and assign_need with all their rules")
_READS = "it opens what is kept and writes its own line; no rule and no figure of a need asks whether it was opened"
_RECOUNT = "it delays or hastens what another unit agreed to; where dates move follows from the table alone (ADR 86)"
_PEOPLE = "accounts and posts are the administrator's, whom no post of content may join; a protective post needs a second person (ADR 53)"
_PLACES = "units and areas are the administrator's, who holds no post that handles needs (三员分立); a part in a need is kept by the unit's own key"
_INSTALLER = "whoever owns the machine: kept by the journal's anchors and `wanjia check`, not by duties"
APART = {
    "casework.record_need": _NEW,
    "casework.take_findings": _NEW,
    "labour.open_arrears": _NEW + "; wages owed on a day market: the need has the owner that any new need of that place has",
    "schools.climb_hazard": _NEW + "; the clock puts an overdue hazard there in its owning unit's name, and no hand does",
    "labour.claim_wages": _NEW + "; wages owed away: the station that opens it reads how far it is and has no part in it",
    "village.help_home": _NEW + "; help before a mark: the need has the owner that any new need of that home has, and no word of the home is said",
    "care.hand_concern_on": _NEW + "; a helper's word opens it, and confirms nothing",
    "labour.voice_by_slip": _NEW + "; the labourer's slip is nobody's of the staff, so its word confirms nothing and opens no promise anew",
    "casework.voice_from_away": _NEW + "; its slip is nobody's of the staff, so its word confirms nothing and opens no promise anew",
    "casework.keep_ledger_view": "which columns and filters one person sees: no row of a need is written",
    **dict.fromkeys(("casework.add_milestone", "casework.reach_milestone"),
                    "a step of a plan moves no date and no state of the need: what it says is shown, and counted by no figure"),
    "casework.add_to_matter": "as group_needs, which is searched, for one need more: it writes the same line of the same need",
    "casework.urge_help": "it asks a helper to hurry, in one line of the timeline: no state, date, owner or word changes",
    "casework.see_number": _READS,
    "casework.urge_need": "it asks the holder to hurry, in one line of the timeline: no state, date, owner or word changes",
    "registry.add_finding": "it adds what was said to the visit of the same day; the need made of it is a new one",
    "casework.correct_need": "until the desk has judged it the recorder puts its words right, beside what stood there; no share counts a need before",
    "casework.take_ledger_row": _NEW + "; the same row again changes nothing, and what a ledger claims stays a claim",
    **dict.fromkeys(("casework.draw_agenda", "casework.add_item", "casework.note_attendance", "casework.put_off_item", "casework.keep_dissent", "casework.hold_session",
                     "casework.call_off_session", "casework.sign_session"), _AGENDA),
    "casework.climb": "the clock's own: no hand hastens or stays it; what it raises goes to the desk above, whose part in it a unit below cannot use",
    **dict.fromkeys(("casework.look_for_patterns", "casework.draw_least"),
                    "the clock's own: it puts needs before the tier above, which a unit below can only lose by; whoever has a part looks at none (searched)"),
    "casework.say_again": "it speaks against an earlier closing, or not, and is refused to whoever has a part in that: casework/tests/test_honesty.py tries "
                          "each person of the unit, both ways; nothing becomes better by it",
    "casework.write_digests": "the clock's own: counts of needs, of which it changes none",
    **dict.fromkeys(("orgs.set_channel", "orgs.end_channel", "orgs.test_channel"), "where a unit is told outside the house, which no rule of a need reads"),
    "casework.open_evidence": _READS,
    "casework.reveal_need": _READS,
    "casework.show_phone": _READS,
    "casework.open_words": _READS,
    "labour.count_work_slip_miss": "it only counts a wrong code against an address, which makes trying harder",
    "casework.count_slip_miss": "it only counts a wrong code against an address, which makes trying harder",
    "casework.set_grid_cell": "a graded need keeps its date; alone it makes no later need's promise longer than the grid in force or the product's, which "
                              "casework/tests/test_grid_needs_two.py searches over every start and grade (ADR 86)",
    "casework.decide_grid_cell": "nobody of the asker's unit may agree: searched there too",
    "casework.explain_late": "the sealed channel writes no need and is read by no rule of one",
    "casework.publish_minors_audit": "it freezes counts about minors' files and writes no need",
    "casework.report_child": "the sealed channel writes no need and is read by no rule of one",
    "casework.follow_up_report": "the sealed channel writes no need and is read by no rule of one",
    "casework.open_report": "the sealed channel writes no need and is read by no rule of one",
    **dict.fromkeys(("orgs.stop_recount", "orgs.resume_recount"), _RECOUNT),
    **dict.fromkeys(("orgs.create_user", "orgs.give_post", "orgs.decide_post", "orgs.end_post", "orgs.reset_password", "orgs.lock_user",
                     "orgs.unlock_user", "orgs.wake_user"), _PEOPLE),
    "orgs.finish_handover": "what somebody left behind goes to a unit or a colleague who leaves somebody without a part: no date, state or word changes",
    **dict.fromkeys(("registry.climb_aid", "registry.recount_aid", "registry.follow_cuts"), "the clock's own: days of aid climb or move later, and no need is changed"),
    "orgs.watch_handovers": "the clock's own: it notes what lies adrift and changes no need",
    **dict.fromkeys(("office.propose_disposal", "office.decide_disposal", "office.take_back_disposal", "office.hold_rows", "office.lift_hold"),
                    "a list of what is years past, or what keeps it: no state, date or word of a need that anybody still works on"),
    "office.carry_disposal": "the clock's own: it empties words of needs that were over for years, and no rule of a need reads those",
    **dict.fromkeys(("orgs.keep_organisation", "orgs.end_organisation", "orgs.load_areas", "orgs.end_area"), _PLACES),
    **dict.fromkeys(("orgs.change_own_password", "orgs.keep_own_profile", "orgs.end_own_sessions", "orgs.see_notices"),
                    "it changes a person's own name, password or signing in, which no rule of a need reads"),
    **dict.fromkeys(("office.bring_people", "office.open_account", "office.open_office", "office.reset_sign_in", "office.prune", "office.erase_person"), _INSTALLER),
}  # fmt: skip
# Tables that are read on the way and decide nothing about a need: the journal's chain, receipts of repeats, and the names of a home's
# children, which no words to another unit may bear.
BESIDE = ("kernel_entry", "kernel_head", "kernel_receipt", "registry_person", "registry_membership")
