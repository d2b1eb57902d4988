"""What the people of one unit can bring about together, searched to the end: every sequence of legal acts on one need.

The real commands run in nested savepoints and are rolled back (depth first); texts are fixed, other arguments come from small
closed lists. Two moments of the search are the same when every fact that a rule or a figure reads is the same (`Search.key`); each
is visited once, so the search ends. Waiting is an act too. What is searched is one need; recording further needs is not, since
a rate is always printed with its two numbers.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from wanjia.casework.assignment.commands import accept_need, assign_need, hand_to_person, return_need
from wanjia.casework.callback.commands import call_back, keep_need, withdraw_need
from wanjia.casework.closing.commands import close_need, recheck_need, reopen_need, resume_planned
from wanjia.casework.handling.commands import add_note, ask_withdrawal, report_done
from wanjia.casework.models import Need, Slip
from wanjia.casework.rules import this_round
from wanjia.casework.screening.commands import admit_need, appeal_decision, decline_need
from wanjia.casework.slip.commands import HOUSEHOLD, answer_by_slip, issue_slip
from wanjia.casework.states import BEFORE_DONE, ENDED, NEED, REPORTED
from wanjia.casework.states import NeedState as S
from wanjia.casework.triage.commands import triage_need
from wanjia.indicators.definitions import definitions
from wanjia.kernel.calendar import today
from wanjia.kernel.verdict import Refused
from wanjia.orgs.duties import DUTIES, Duty
from wanjia.reporting.figures.queries import count

# Of these shares more is better; of the others (overdue, not reached, nobody answers for it) less is.
GOOD = {"needs.settled", "needs.confirmed", "needs.confirmed_by_slip", "needs.ledger_callback"}
# What a unit's own people may honestly change, each with its reason: (figure, act).
CLAIMS = {
    ("needs.settled", "report_done"): "the handler's claim, named as such wherever it is printed",
    ("needs.open", "report_done"): "the same claim, seen from the other side",
    ("needs.overdue", "report_done"): "the same claim: done is reported; the need stays late for good (late_since, tested here too)",
    ("needs.ledger_callback", "report_done"): "a column of the imported ledger within the same claim",
    ("needs.unowned", "accept"): "somebody signed: the figure counts just that",
    ("needs.open", "decline"): "a fresh need may be declined by law, with its reason told; the household may appeal by its slip",
    ("needs.overdue", "decline"): "the same",
    ("needs.unowned", "decline"): "the same",
    ("needs.running", "decline"): "the same",
    ("needs.running", "close"): "only after another unit's callback",
}


@dataclass
class Bounds:
    """How far the search goes: rounds of handling, waits, acts one after the other (sendings back are bounded by their own rule)."""

    rounds: int = 1
    waits: int = 1
    depth: int = 1000


@dataclass(frozen=True)
class Act:
    """One legal act that was done: its name, who did it, in words."""

    name: str
    by: str
    words: str


@dataclass
class Search:
    """Everything that `people` (of one unit) can do with one need from a moment on.

    units: to which the need may be handed; knows: (slip) → whether the unit knows its code. Afterwards `found` holds
    [(what went wrong, [Act …])], `seen` how many different moments were visited, `acts` how many acts were tried.
    """

    people: list
    units: list
    need_id: object
    at: object
    bounds: Bounds = field(default_factory=Bounds)
    knows: object = None
    first_only: bool = False
    each: object = None
    tells: bool = False

    def run(self):
        """Search; return self."""
        self.visited, self.figures_of, self.found, self.tried, self.path = {}, {}, [], 0, []
        self.inside = {user.pk for user in self.people}
        self.start = Need.objects.get(pk=self.need_id)
        self.day_one = self.at
        self._visit_once(self.start, self.at, 0, 0)
        self.seen = len(self.visited)
        return self

    # The walk

    def _visit(self, need, at, waits, depth):
        if self.each:
            self.each(need, at)
        for name, by, words, act in self._acts(need, at):
            if self.first_only and self.found:
                return
            self.tried += 1
            self._try(Act(name, by, words), act, need, at, waits, depth)
        if waits < self.bounds.waits:
            for days in (1, 31):
                self._step(Act("wait", "", f"等了 {days} 天"), need, at + timedelta(days=days), waits + 1, depth, before=None)

    def _try(self, act, call, need, at, waits, depth):
        try:
            with transaction.atomic():
                call()
                self._step(act, Need.objects.get(pk=self.need_id), at, waits, depth, self.figures(need, at))
                raise _Back
        except (Refused, IntegrityError, _Back):
            return

    def _step(self, act, need, at, waits, depth, before):
        self.path.append(act)
        wrong = self.wrong(act, need, before, self.figures(need, at))
        self.found += [(one, list(self.path)) for one in wrong]
        if not wrong and depth < self.bounds.depth and need.reopenings <= self.start.reopenings + self.bounds.rounds:
            self._visit_once(need, at, waits, depth + 1)
        self.path.pop()

    def _visit_once(self, need, at, waits, depth):
        """Visit a moment, unless it was visited with as much of the way before it."""
        key = self.key(need, at, waits)
        if self.visited.get(key, self.bounds.depth + 1) > depth:
            self.visited[key] = depth
            if self.tells and len(self.visited) % 200 == 0:
                print(f"  … {len(self.visited)} moments, {self.tried} acts", flush=True)
            self._visit(need, at, waits, depth)

    # What may not be

    def wrong(self, act, need, before, after):
        """Name what this act brought about that only the household, or another unit, may."""
        said = []
        if need.confirmed in ("solved", "partly") and need.confirmed != self.start.confirmed:
            said.append(f"诉求人确认变成了“{need.get_confirmed_display()}”")
        # What another unit has called back and given up may be struck off: nothing is confirmed by it.
        after_callback = need.state == S.CLOSED and self.start.state == S.VERIFIED
        if need.state in (S.VERIFIED, S.CLOSED, S.WITHDRAWN) and self.start.state != need.state and not after_callback:
            said.append(f"状态变成了“{need.get_state_display()}”")
        if need.state == S.DECLINED and act.name == "decline" and self.start.reasonable in ("yes", "partly"):
            said.append("受理过的诉求变成了不予受理")
        if before is not None:
            said += [f"{definitions()[name].zh} {one} → {other}" for name, one, other in improved(before, after, act.name)]
        return said

    def figures(self, need, at):
        """Return {figure: n} over this one need at a moment, and whether it is late; each set of facts is counted once."""
        day = today(at)
        late = need.late_since is not None or (need.due_on < day and need.state in BEFORE_DONE)
        key = (need.state, need.reasonable, need.outcome, need.confirmed, need.confirmed_by, need.callback_failed, need.handler_id is None,
               need.late_since is None, need.due_on < day)  # fmt: skip
        if key not in self.figures_of:
            self.figures_of[key] = count(Need.objects.filter(pk=need.pk), None, day)
        return self.figures_of[key] | {"late": int(late and need.state not in ENDED)}

    def key(self, need, at, waits):
        """Return every fact on which a rule or a figure depends: two moments with one key go on alike."""
        day, slip = today(at), Slip.objects.filter(need=need, ended_at=None).first()
        tries = this_round(need.callbacks, need).filter(reached=False).count() if need.state in REPORTED else 0
        agreed = need.state == S.VERIFIED and this_round(need.rechecks, need).filter(agrees=True).exists()
        lines = need.steps.order_by().values_list("act", "holder")
        asked = any(act == "ask_withdrawal" for act, _holder in lines)  # who of the unit asked makes no difference to any rule
        given = frozenset(holder for act, holder in lines if act == "assign")
        return (
            need.state, need.reasonable, need.urgency, need.difficulty, need.holder_id, need.handler_id, need.outcome, need.confirmed,
            need.confirmed_by, need.satisfaction, need.slip_word, need.callback_failed, need.drawn, need.withdrawal_asked_at is not None,
            need.returns, need.reopenings, need.late_since is not None, (need.due_on - day).days, need.planned_on and need.planned_on > day,
            slip and (slip.issued_by_id in self.inside, slip.by_call_back), min(tries, 3), asked, given, agreed,
            need.first_due_on and (need.first_due_on - day).days, waits, (at - self.day_one).days,
        )  # fmt: skip

    # What can be tried

    def _acts(self, need, at):
        for person in self.people:
            person_acts = acts_of(person, need, at, self.units, self.people)
            for name, words, act in person_acts:
                yield name, person.name, words, act
        slip = Slip.objects.filter(need=need, ended_at=None).first()
        if slip is not None and (self.knows or self._issued_inside)(slip):
            key = {"need_id": need.pk, "by": HOUSEHOLD, "at": at}
            for word, words in (("solved", "已经解决"), ("unsolved", "没有解决")):
                yield "slip", self.people[0].name, f"拿着小条的编码,冒充诉求人说“{words}”", lambda word=word: answer_by_slip(**key, word=word)
            yield "appeal", self.people[0].name, "拿着小条的编码,冒充诉求人说“我不同意”", lambda: appeal_decision(**key, words="不同意")

    def _issued_inside(self, slip):
        return slip.issued_by_id in self.inside


class _Back(Exception):
    """Undo this act and try the next."""


def improved(before, after, act):
    """Yield (figure, before, after) of every share that one act made better: more of the good, less of the bad, a smaller whole."""
    shares = [item for item in definitions().values() if item.of]
    for item in shares:
        better = after[item.id] > before[item.id] if item.id in GOOD else after[item.id] < before[item.id]
        if better and (item.id, act) not in CLAIMS:
            yield item.id, before[item.id], after[item.id]
    for whole in sorted({item.of for item in shares}):
        # settled stands as a whole too, of the ledger's own column; a claim taken back makes it smaller and nothing better
        if after[whole] < before[whole] and whole != "needs.settled" and (whole, act) not in CLAIMS:
            yield whole, before[whole], after[whole]
    if after["late"] < before["late"] and act != "decline":
        yield "needs.overdue", before["late"], after["late"]


# The moves of the table behind each act: what the table refuses from a state (and the database again: tests/house/test_states.py)
# is not tried; all other guards are asked for real. Acts without a move are always tried.
MOVES = {
    "admit": ("admit",), "decline": ("decline",), "appeal": ("appeal",), "triage": ("triage", "regrade"), "assign": ("assign",),
    "accept": ("accept",), "hand_to": ("hand_to", "hand_on"), "return": ("return",), "note": ("start", "hand_on"),
    "report_done": ("report_done",), "call_back": ("verify",), "withdraw": ("withdraw",), "keep": ("withdraw",),
    "recheck": ("close",), "close": ("close",), "reopen": ("reopen",), "resume": ("resume",), "ask_withdrawal": ("withdraw",),
}  # fmt: skip


def possible(name, state):
    """Tell whether the table of moves lets an act begin from a state."""
    return name not in MOVES or any(NEED.allows(move, state) for move in MOVES[name])


def acts_of(person, need, at, units, people):
    """List [(name, words, call)] of everything this person might try with a need; the rules say what is legal."""
    who, day = {"need_id": need.pk, "by": person, "at": at}, today(at)
    may = {duty for post in person.live_posts for duty in DUTIES[post.role]}
    done = {"outcome_text": "已经办妥了", "answered_on": day, "answered_way": "face", "no_evidence_reason": "材料在系统内"}
    planned = done | {"outcome": "planned", "planned_on": day + timedelta(days=20)}
    listed = [
        (Duty.SCREEN_NEEDS, "admit", "判定合理", lambda: admit_need(**who)),
        (Duty.SCREEN_NEEDS, "decline", "不予受理", lambda: decline_need(
            **who, decline_ground="other", decision_reason="与实际情况不符", told_on=day, told_way="face")),
        (Duty.RECORD_NEEDS, "appeal", "替诉求人申请复核", lambda: appeal_decision(**who, words="情况有变")),
        *((Duty.TRIAGE_NEEDS, "triage", f"研判为{words}", lambda urgency=urgency, difficulty=difficulty: triage_need(
            **who, urgency=urgency, difficulty=difficulty, words="情况有变")) for urgency, difficulty, words in GRADES),
        *((Duty.ASSIGN_NEEDS, "assign", f"交给{unit.name}", lambda unit=unit: assign_need(**who, holder=unit)) for unit in units),
        (Duty.ACCEPT_NEEDS, "accept", "签收,自己当责任人", lambda: accept_need(**who)),
        *((Duty.ACCEPT_NEEDS, "accept", f"签收,责任人写{other.name}", lambda other=other: accept_need(**who, handler=other))
          for other in people if other != person),
        *((Duty.ACCEPT_NEEDS, "hand_to", f"换{other.name}当责任人", lambda other=other: hand_to_person(**who, handler=other))
          for other in people if other.pk != need.handler_id),
        (Duty.ACCEPT_NEEDS, "return", "退回", lambda: return_need(**who, reason="按职责应由别的单位办")),
        (Duty.HANDLE_NEEDS, "note", "写办理记录", lambda: add_note(**who, words="到户看过")),
        (Duty.HANDLE_NEEDS, "report_done", "报办结:已解决", lambda: report_done(**who, **done, outcome="solved")),
        (Duty.HANDLE_NEEDS, "report_done", "报办结:已解释", lambda: report_done(**who, **done, outcome="explained")),
        (Duty.HANDLE_NEEDS, "report_done", "报办结:列入计划", lambda: report_done(**who, **planned)),
        *((Duty.CALL_BACK, "call_back", f"回访,写诉求人说{words}", lambda word=word: call_back(
            **who, way="phone", reached=True, word=word, satisfaction="satisfied")) for word, words in WORDS),
        (Duty.CALL_BACK, "call_back", "回访,写没有联系上", lambda: call_back(**who, way="phone", reached=False)),
        (Duty.CALL_BACK, "withdraw", "核实撤回,写诉求人要撤", lambda: withdraw_need(**who, way="phone", words="我要撤")),
        (Duty.CALL_BACK, "keep", "核实撤回,写诉求人不撤", lambda: keep_need(**who, way="phone", words="我不撤")),
        (Duty.RECHECK_NEEDS, "recheck", "抽查属实", lambda: recheck_need(**who, agrees=True, words="到户看过")),
        (Duty.RECHECK_NEEDS, "recheck", "抽查不属实", lambda: recheck_need(**who, agrees=False, words="到户看过")),
        (Duty.CLOSE_NEEDS, "close", "销号", lambda: close_need(**who)),
        (Duty.RECORD_NEEDS, "reopen", "重新办理", lambda: reopen_need(**who, words="又出了问题")),
        (Duty.HANDLE_NEEDS, "resume", "计划到期,继续办理", lambda: resume_planned(**who)),
        (Duty.RECORD_NEEDS, "slip", "打印小条,自己留下编码", lambda: issue_slip(**who)),
        (Duty.RECORD_NEEDS, "ask_withdrawal", "登记诉求人要撤回", lambda: ask_withdrawal(**who, words="不")),
    ]  # fmt: skip
    # A person tries what some post of the own carries; assigning and resuming share a duty in the rule of resume.
    return [(name, words, call) for duty, name, words, call in listed if duty in may and possible(name, need.state)]


GRADES = [("ordinary", "easy", "一般、易"), ("ordinary", "hard", "一般、难"), ("urgent", "medium", "急、中")]
WORDS = [("solved", "已经解决"), ("partly", "解决了一部分")]


def told(search):
    """Print what was found as a story: who, did what, with what result."""
    lines = []
    for wrong, path in search.found[:3]:
        lines.append("、".join(dict.fromkeys(one.by for one in path if one.by)) + "一个单位的人就能做到:")
        lines += [f"  {n}. {one.by + ' → ' if one.by else ''}{one.words}" for n, one in enumerate(path, start=1)]
        lines.append(f"  结果 → {wrong}")
    return "\n".join(lines)


# Ways on: from each moment somebody, with the household, can bring the need to an end

DONE_DAY = date(2026, 11, 2)


def ends(world, everybody, need, at):
    """Tell whether the need can still come to an end when the household and everybody else act: try, undo, and say."""
    way = []
    try:
        with transaction.atomic():
            for _turn in range(16):
                now = Need.objects.get(pk=need.pk)
                if now.state in ENDED:
                    raise _Back
                moved, at = _onward(everybody, now, at, way)
                if not moved:
                    return False, way
            return False, way
    except _Back:
        return True, way


ORDER = ("close", "recheck", "call_back", "withdraw", "report_done", "note", "accept", "resume", "assign", "triage", "admit")


def _onward(everybody, need, at, way):
    day = today(at)
    units = sorted({org for user in everybody for org in user.orgs}, key=lambda org: org.name)
    acts = [(name, person.name, words, call) for person in everybody for name, words, call in acts_of(person, need, at, units, [])]
    # The honest road: solved, and rechecks that agree.
    skip = ("解释", "列入计划", "一部分", "没有联系上", "不属实")
    acts = [one for one in acts if one[0] in ORDER and not any(word in one[2] for word in skip)]
    if need.state == S.TRIAGED or need.state == S.RETURNED:
        acts = [one for one in acts if one[0] == "assign"]
    for name, by, words, call in sorted(acts, key=lambda one: ORDER.index(one[0])):
        try:
            with transaction.atomic():
                call()
        except (Refused, IntegrityError):
            continue
        way.append(Act(name, by, words))
        return True, at + timedelta(hours=1)
    if need.planned_on and need.planned_on > day:
        return True, at + (need.planned_on - day)
    return False, at
