"""What the people of one unit can bring about together, searched to the end: every sequence of legal acts on one need.

The real commands run in savepoints and are rolled back; texts are fixed, other arguments come from small closed lists
(collusion_acts.py). The search goes breadth first, so what it finds is the shortest way. Two moments are the same when every
fact that a rule or a figure reads is the same (`Search.key`); each is visited once, so the search ends. Of people whom no rule
can tell apart (`_kind`) one tries for all. Waiting is an act too. What is searched is one need; recording further needs is not,
since a rate is always printed with its two numbers.
"""

import copy
from collections import deque
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from unittest.mock import patch

from django.db import IntegrityError, transaction

from wanjia.casework.commands import facts_of, take
from wanjia.casework.duties import Duty as CaseworkDuty
from wanjia.casework.models import Need, Slip
from wanjia.casework.rules import CONCLUDING, WORKED, this_round
from wanjia.casework.screening.commands import appeal_decision
from wanjia.casework.slip.commands import HOUSEHOLD, answer_by_slip
from wanjia.casework.states import BEFORE_DONE, ENDED, REPORTED, STILL
from wanjia.casework.states import NeedState as S
from wanjia.indicators.definitions import definitions
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Organisation, User
from wanjia.policy.triage import rules as limits
from wanjia.reporting.figures.queries import count
from wanjia.verdict import Conflict, Refused

from .asked import Asked, asked_once
from .collusion_acts import CALENDAR, STOP, acts_of, at_the_table

# Of these shares more is better; of the others (overdue, not reached, nobody answers for it) less is.
GOOD = {"needs.settled", "needs.confirmed", "needs.stayed", "needs.confirmed_by_slip", "needs.ledger_callback"}
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
    ("needs.stayed", "close"): "only after another unit's callback",
    ("needs.concluded", "resume"): "a plan's day has come: what was called back as planned is worked on again, and called back again",
    ("needs.running", "close"): "only after another unit's callback",
}
# A stop ends by one of these: that it stands no longer still betters nothing.
CLAIMS |= {("needs.stopped", act): "the clock runs again" for act in ("run", "report_done", "hand_to", "return", "assign", "arbitrate", "withdraw")}
LONGEST_STOP = limits()["stopping"]["days"]
# The first grade turns the promise of an answer into one of a settlement; an appeal is judged by its own rule (`_won`).
GRADES_ANEW = ("triage", "appeal", "wait")


@dataclass
class Bounds:
    """How far the search goes: rounds of handling, waits, acts one after the other (sendings back are bounded by their own rule)."""

    rounds: int = 1
    waits: int = 1
    depth: int = 1000


@dataclass(frozen=True)
class Act:
    """One legal act that was done: its name, who did it, in words; call does it again."""

    name: str
    by: str
    words: str
    call: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Moment:
    """A moment that is to be visited: the acts that lead there from the start, its key, the clock and how often it was waited."""

    path: tuple
    key: tuple
    at: object
    waits: int


@dataclass
class Search:
    """Everything that `people` can do with one need from a moment on.

    units: to which the need may be handed; knows: (slip) → whether the people know its code; quick: keep the need between acts
    instead of reading it anew before each (nobody else writes), leave the journal out, and of people alike let one try; without
    it the same is found (tested). Afterwards `found` holds [(what went wrong, [Act …])], `seen`
    how many different moments were visited, `tried` how many acts were tried.
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
    quick: bool = True

    def run(self):
        """Search; return self."""
        self.figures_of, self.found, self.tried, self.seen, self.longest = {}, [], 0, 0, 0
        self.asks, self.inside = {}, {user.pk for user in self.people}
        self.posts = {user.pk: tuple(sorted((post.role, post.organisation_id) for post in user.live_posts)) for user in self.people}
        self.village, self.known = Need.objects.select_related("village").get(pk=self.need_id).village, {}
        self.need_asked = Asked(Need.objects.filter(pk=self.need_id).order_by())
        self.start = self.now = self._read()
        self.promised = self._promises()
        self.day_one, self.stack = self.at, []
        first = Moment((), self.key(self.start, self.at, 0), self.at, 0)
        self.visited, self.queue = {first.key}, deque([first])
        with ExitStack() as patches:
            if self.quick:
                for where in TAKERS:
                    patches.enter_context(patch(f"wanjia.casework.{where}.take", self._take))
                patches.enter_context(patch("wanjia.kernel.journal._chain", lambda lines: None))  # no rule reads the journal
                if not any(person.has_duty(OrgsDuty.SET_RULES) for person in self.people):  # then no act changes it
                    patches.enter_context(patch.object(WorkingCalendar, "load", lambda table=WorkingCalendar.load(): table))
            while self.queue and not (self.first_only and self.found):
                self._visit(self.queue.popleft())
            self._go_to(())
        return self

    # The walk

    def _visit(self, moment):
        self._go_to(moment.path)
        need = self.now
        if self.key(need, moment.at, moment.waits) != moment.key:
            raise AssertionError("the same acts led elsewhere: the key or the acts are not as certain as the search takes them for")
        self.seen, self.longest = self.seen + 1, max(self.longest, len(moment.path))
        if self.tells and self.seen % 500 == 0:
            print(f"  … {self.seen} of {len(self.visited)} moments, {self.tried} acts", flush=True)
        if self.each:
            self.now = None  # others act here, and read the need themselves
            self.each(need, moment.at)
            self.now = need
        before = self.figures(need, moment.at)
        for act in self._acts(need, moment.at):
            self.tried += 1
            self._try(act, moment, before)
        for days in (1, 31) if moment.waits < self.bounds.waits else ():
            self._reach(Act("wait", "", f"等了 {days} 天"), moment, moment.at + timedelta(days=days), moment.waits + 1, before=None)

    def _try(self, act, moment, before):
        self.now_before = stood = self.now
        mark = transaction.savepoint()
        try:
            act.call()
            self.now = self._read()
            self._reach(act, moment, moment.at, moment.waits, before)
        except (Refused, IntegrityError) as refused:
            if isinstance(refused, Conflict) and refused.reason == Conflict().reason:
                raise  # the need was not as the search holds it; that somebody handed it out already is a refusal like others
        finally:
            transaction.savepoint_rollback(mark)
            self.now = stood

    def _reach(self, act, moment, at, waits, before):
        """Judge what an act led to; what was not met before is visited later."""
        need, path = self.now, (*moment.path, act)
        wrong = self.wrong(act, need, before, self.figures(need, at))
        self.found += [(one, list(path)) for one in wrong]
        if wrong or len(path) > self.bounds.depth or need.reopenings > self.start.reopenings + self.bounds.rounds:
            return
        key = self.key(need, at, waits)
        if key not in self.visited:
            self.visited.add(key)
            self.queue.append(Moment(path, key, at, waits))

    def _go_to(self, path):
        """Bring the database to where `path` leads: undo what the way here does not share with it, do the rest again."""
        shared = 0
        while shared < min(len(path), len(self.stack)) and self.stack[shared][0] is path[shared]:
            shared += 1
        if shared < len(self.stack):
            transaction.savepoint_rollback(self.stack[shared][1])
            del self.stack[shared:]
            self.now = self._read()
        for act in path[shared:]:
            self.stack.append((act, transaction.savepoint()))
            if act.call:
                act.call()
                self.now = self._read()

    def _read(self):
        """Read the need with its village and holder."""
        need = self.need_asked.row()
        need.village, need.holder = self.village, self._unit(need.holder_id)
        need.was = facts_of(need)
        return need

    def _unit(self, pk):
        if pk is not None and pk not in self.known:
            self.known[pk] = Organisation.objects.select_related("area").get(pk=pk)
        return self.known.get(pk)

    def _take(self, need_id, at):
        """Stand in for `take`: the need as it stands was read after the last act, and the version is still proved when it is saved."""
        if self.now is None:
            return take(need_id, at)
        need = copy.copy(self.now)
        return need, max(at, need.touched_at or at)

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
        if need.satisfaction and need.satisfaction != self.start.satisfaction:
            said.append(f"满意度变成了“{need.get_satisfaction_display()}”")
        if act.name == CALENDAR:
            said += self._later(need)
        elif need.due_on > self.now_before.due_on and act.name not in GRADES_ANEW:
            said += self._put_off(act, need)
        if act.name == "appeal":
            said += self._won(need)
        if before is not None:
            said += [f"{definitions('needs')[name].zh} {one} → {other}" for name, one, other in improved(before, after, act.name)]
        return said

    def _put_off(self, act, need):
        """Name a promised day that came later, but for the one stop that waits for the household's papers: it says so on the slip, and once."""
        alone = act.name == STOP and need.stop_reason == "papers" and not self.now_before.papers_stopped
        table = WorkingCalendar.load()
        if not alone or table.between(self.now_before.due_on, need.due_on) > LONGEST_STOP:
            yield f"时限由 {self.now_before.due_on} 推后到 {need.due_on}"

    def _later(self, need):
        """Name what a change of the calendar made come later: this need's day, or any day promised to a need still to be recorded."""
        if need.due_on > self.now_before.due_on:
            yield f"时限由 {self.now_before.due_on} 推后到 {need.due_on}"
        for (start, days), due in self._promises().items():
            if due > self.promised[start, days]:
                yield f"今后 {start} 登记、{days} 个工作日的诉求,时限由 {self.promised[start, days]} 推后到 {due}"
                return

    def _won(self, need):
        """Name the working days that an appeal gave the need beyond what was left when it was declined."""
        table, before = WorkingCalendar.load(), self.now_before
        left, had = table.between(today(need.touched_at), need.due_on), table.between(today(before.ended_at), before.due_on)
        if left > max(had, 0):
            yield f"答复期限从还剩 {had} 个工作日变成 {left} 个"

    def _promises(self):
        """Return the day promised to needs of every length recorded in the fortnight around the beginning: {(day, days): due}."""
        table, first = WorkingCalendar.load(), today(self.at) - timedelta(days=31)
        return {(day, days): table.add(day, days).on for day in (first + timedelta(days=n) for n in range(0, 62, 2)) for days in (1, 5, 15, 30)}

    def figures(self, need, at):
        """Return {figure: n} over this one need at a moment, and whether it is late; each set of facts is counted once."""
        day = today(at)
        late = need.late_since is not None or (need.due_on < day and need.state in BEFORE_DONE)
        key = (need.state, need.reasonable, need.outcome, need.confirmed, need.confirmed_by, need.callback_failed, need.handler_id is None,
               need.contradicted_on is None, need.late_since is None, need.due_on < day)  # fmt: skip
        if key not in self.figures_of:
            self.figures_of[key] = count(Need.objects.filter(pk=need.pk), None, day)
        return self.figures_of[key] | {"late": int(late and need.state not in ENDED)}

    def key(self, need, at, waits):
        """Return every fact on which a rule or a figure depends: two moments with one key go on alike."""
        day = today(at)
        now = self._beside(need, day)
        return (
            need.state, need.reasonable, need.urgency, need.difficulty, need.holder_id, self._who(need.handler_id, need), need.outcome,
            need.confirmed, need.confirmed_by, need.satisfaction, need.slip_word, need.callback_failed, need.drawn,
            need.recheck_for, need.contradicted_on is None,
            need.withdrawal_asked_at is not None, need.contested_at is not None, need.returns, need.reopenings, need.late_since is not None,
            (need.due_on - day).days, need.planned_on and need.planned_on > day,
            *now, *self._clock(need, day),
            need.first_due_on and (need.first_due_on - day).days, waits, (at - self.day_one).days,
        )  # fmt: skip

    def _clock(self, need, day):
        """Return what rules read of the need's own clock: what waits, what was granted, the stop and when it ends."""
        days = (need.extended_from, need.asked_until, need.stopped_on, need.runs_on, need.stopped_from)
        told = need.extension_told_on is not None
        return need.asked_for, need.asked_in, need.stopped_days, need.due_days, need.papers_stopped, told, *((one - day).days if one else None for one in days)

    def _beside(self, need, day):
        """Return what rules read beside the need itself: its slip, tries, rechecks, who asked for it back, who gave it, who has a part."""
        rows = asked_once(self.asks, "steps", lambda: need.steps.order_by().values_list("act", "holder", "by_org", "n", "recorded_at"))
        slip = asked_once(self.asks, "slip", lambda: Slip.objects.filter(need=need, ended_at=None).values_list("issued_by", "by_call_back"))
        giver = asked_once(self.asks, "giver", lambda: need.holdings.filter(to_at=None).values_list("assigned_by"))
        helps = asked_once(self.asks, "helps", lambda: need.supports.order_by().values_list("organisation"))
        parts = asked_once(self.asks, "parts", lambda: need.tasks.filter(state__in=STILL).order_by().values_list("unit", "state", "agreed", "agreed_at", "asked_at"))
        tries = this_round(need.callbacks, need).filter(reached=False).count() if need.state in REPORTED else 0
        agreed = need.state == S.VERIFIED and this_round(need.rechecks, need).filter(agrees=True).exists()
        part = {holder if act == "assign" else org for act, holder, org, *_ in rows if act == "assign" or act in WORKED}
        asked = frozenset(org for act, _holder, org, *_ in rows if act == "ask_withdrawal")
        issued = slip and (self._pk(slip[0][0]) in self.inside, bool(slip[0][1]))
        # Two sub-tasks of one unit that stand alike go on as one does, beside it.
        waits = frozenset((unit, state, at_table is None, said is None, self._since(asked_at)) for unit, state, at_table, said, asked_at in parts)
        done = max((n for act, _holder, _org, n, _at in rows if act == "report_done"), default=0)
        called = frozenset(org for act, _holder, org, n, _at in rows if act in CONCLUDING and n > done)
        looked = frozenset(this_round(need.rechecks, need).filter(reached=True).values_list("by_org", flat=True)) if need.state in REPORTED else ()
        return called, looked, bool(issued) and issued, min(tries, 3), asked, tuple(giver), frozenset(part) | {unit for (unit,) in helps}, agreed, waits, *at_the_table(rows, day)

    def _since(self, moment):
        """Spell the day on which a sub-task was asked: by it the helper's day to send it back is told."""
        return str(moment)[:10]

    def _pk(self, value):
        return User._meta.pk.to_python(value)

    def _who(self, pk, need):
        """Spell a person for the key: by what rules can tell of somebody of these people, else by name."""
        return (*self.posts[pk], pk == need.recorded_by_id) if pk in self.posts else pk

    # What can be tried

    def _kind(self, person, need):
        """Return what rules can tell of a person: its posts, one by one (ADR 81), whether it recorded or answers for this need."""
        held = tuple((post.role, post.organisation_id, post.reach.code) for post in person.live_posts)
        return held, person.pk == need.recorded_by_id, person.pk == need.handler_id

    def _acts(self, need, at):
        """Yield every act; of people whom no rule of the act can tell apart, one tries for all (everybody, when not quick)."""
        met = set()
        for person in self.people:
            others = {(self.posts[other.pk], self._kind(other, need)): other for other in reversed(self.people) if other != person}.values()
            kind, signs = self._kind(person, need), (self.posts[person.pk], person.has_duty(CaseworkDuty.CALL_BACK))
            for name, words, call in acts_of(person, need, at, self.units, others if self.quick else [o for o in self.people if o != person]):
                # Who signs answers for it, and whose slip it is is asked later: there the posts themselves count.
                same = (name, words, kind, signs if name in ("accept", "slip") else None)
                if same not in met or not self.quick:
                    met.add(same)
                    yield Act(name, person.name, words, call)
        slip = Slip.objects.filter(need=need, ended_at=None).first()
        if slip is not None and (self.knows or self._issued_inside)(slip):
            key, name = {"need_id": need.pk, "by": HOUSEHOLD, "at": at}, self.people[0].name
            for word, words in (("solved", "已经解决"), ("unsolved", "没有解决")):
                yield Act("slip", name, f"拿着小条的编码,冒充诉求人说“{words}”", lambda word=word: answer_by_slip(**key, word=word))
            yield Act("appeal", name, "拿着小条的编码,冒充诉求人说“我不同意”", lambda: appeal_decision(**key, words="不同意"))

    def _issued_inside(self, slip):
        return slip.issued_by_id in self.inside


# Where a need is taken under lock: by every declared act in one place, and by the household's slip.
TAKERS = ("commands", "slip.commands")


def improved(before, after, act):
    """Yield (figure, before, after) of every share that one act made better: more of the good, less of the bad, a smaller whole."""
    shares = [item for item in definitions("needs").values() if item.of]
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


def told(search):
    """Print what was found as a story: who, did what, with what result."""
    lines = []
    for wrong, path in search.found[:3]:
        lines.append("、".join(dict.fromkeys(one.by for one in path if one.by)) + "一个单位的人就能做到:")
        lines += [f"  {n}. {one.by + ' → ' if one.by else ''}{one.words}" for n, one in enumerate(path, start=1)]
        lines.append(f"  结果 → {wrong}")
    return "\n".join(lines)
