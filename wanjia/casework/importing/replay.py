"""One row of the office's ledger, replayed: every act at the date that the paper gives. Nothing is written here.

What the paper does not prove is not taken for proven: the handler's "已解决" and "回访" stay claims; the need waits for a callback
by another unit. What is not settled waits to be signed for.
"""

from functools import cache

from django.utils.translation import gettext as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import Due, WorkingCalendar, today
from wanjia.orgs.scope import unit as unit_of
from wanjia.registry.duties import Duty as RegistryDuty

from ..commands import advance, end_holding, hand_over, note_step, start_step, stop_step
from ..drafts import Draft
from ..intake.commands import open_need
from ..intake.rules import can_record
from ..models import Need, Support
from ..queries import callers_of, cell_for, recheckers_of, somebody_left, triage_desk
from ..states import Difficulty, Outcome, Reasonable, Urgency, Way
from ..triage.commands import deadline, promise
from . import reading
from .queries import household_of, person_named, recording_units, requester_of, unit_named


class Asked:
    """What rows ask of the register, asked once for rows that are written together. by, at: who takes them, and when."""

    def __init__(self, by, at):
        self.by, self.at, self.calendar = by, at, WorkingCalendar.load()
        self.can_record, self.household_of, self.unit_named = cache(can_record), cache(household_of), cache(unit_named)
        self.person_named, self.recording_units = cache(person_named), cache(recording_units)
        self.triage_desk, self.cell_for = cache(triage_desk), cache(cell_for)
        self.callers_of, self.recheckers_of = cache(callers_of), cache(recheckers_of)
        self.longest = cache(self._longest)

    def _longest(self, village, day):
        """Return the last day that any cell of the county's grid promises, graded on `day`."""
        cells = (self.cell_for(village, urgency, difficulty, day) for urgency in Urgency for difficulty in Difficulty)
        return max(deadline(cell, day, self.calendar).on for cell in cells)


class Replay:
    """One ledger row on its way through the table of moves, as a draft."""

    def __init__(self, village, values, asked):
        self.village, self.values, self.asked, self.by, self.at = village, values, asked, asked.by, asked.at
        self.reasonable = reading.reasonable_of(values)
        self.recorded = self._moment("登记时间") or asked.at
        self.assigned = max(self._moment("交办时间") or self.recorded, self.recorded)
        self.done = max(self._moment("办结时间") or self.assigned, self.assigned)

    def need(self, source_file, source_row):
        """Return the drafted need of this row with its whole history."""
        need = self.record(source_file, source_row)
        if self.reasonable == Reasonable.NO:
            self.decline(need)
        elif self.reasonable:
            self.admit_and_triage(need)
            self.assign(need)
            if reading.says_settled(self.values):
                self.report(need)
        return need

    def _moment(self, column):
        """The moment of the paper's day, never after the row is taken: a later line would leave live and as of today apart."""
        moment = reading.moment(self.values.get(column))
        return moment and min(moment, self.at)

    def _advance(self, need, name, happened_at, words, helpers=None):
        advance(need, name, by=self.by, at=self.at, happened_at=happened_at, words=words, helpers=helpers, ledger=True)

    def record(self, source_file, source_row):
        home = self.asked.household_of(self.values.get("户编号"), self.village)
        facts = reading.facts_of(self.values)
        recorder, unit, written = self._recorder()
        need = Need(
            village=self.village,
            household=home,
            requester=requester_of(home, facts["requester_name"], facts["requester_last4"], self.by),
            recorded_by_id=recorder.id,
            recorded_org=unit,
            ledger_recorder=written,
            ledger_handler=str(self.values.get("责任人") or "").strip()[:60],
            ledger_cells=reading.kept_cells(self.values),
            source_file=source_file,
            source_row=source_row,
            **facts,
        )
        need.draft = Draft()
        desk = self.asked.triage_desk(self.village, today(self.recorded))
        return open_need(need, by=self.by, at=self.at, happened_at=self.recorded, calendar=self.asked.calendar, desk=desk)

    def _recorder(self):
        """(user, unit, name as written) of 登记人: the one person of that name who may have recorded it, else who imports."""
        written = str(self.values.get("登记人") or "").strip()
        name, unit_name = reading.recorder_of(written)
        day = today(self.at)
        unit = self.asked.unit_named(unit_name, self.village, day)
        units = (unit,) if unit else self.asked.recording_units(self.village, self.by, day)
        person, found = self.asked.person_named(name, units, day, Duty.RECORD_NEEDS)
        return (person, found, "") if person else (self.by, unit_of(self.by, duty=RegistryDuty.IMPORT, code=self.village.code), written[:60])

    def decline(self, need):
        need.reasonable = Reasonable.NO
        need.decision_reason = str(self.values.get("不合理依据") or "") or _("台账未写理由")
        need.decision_reason = need.decision_reason[:300]
        need.decline_ground = reading.ground_of(need.decision_reason)
        if "书面" in str(self.values.get("办理结果") or ""):
            need.told_on, need.told_way = today(self.recorded), Way.PAPER
        need.ended_at = self.recorded
        end_holding(need, at=self.recorded)
        self._advance(need, "decline", self.recorded, need.decision_reason)

    def admit_and_triage(self, need):
        need.reasonable = self.reasonable
        self._advance(need, "admit", self.recorded, "")
        need.urgency, need.difficulty = reading.grades_of(self.values)
        day = need.graded_on = today(self.assigned)
        cell = self.asked.cell_for(self.village, need.urgency, need.difficulty, day)
        due = deadline(cell, day, self.asked.calendar)
        need.tier, need.grade_hint = cell.tiers[0], cell.hint
        # Nobody writes himself a later deadline than the need's grade allows, nor an extension beyond the hardest grade's.
        self.latest = {"办理时限": due.on, "延期至": self.asked.longest(self.village, day)}
        if self._allows("办理时限"):
            promise(need, Due(self.values["办理时限"]), None)
        else:
            promise(need, due, cell.days if cell.unit == "working" else None)
        self._advance(need, "triage", self.recorded, "")

    def _allows(self, column):
        """Tell whether the paper gives a day in this column, and not a later one than the rules allow."""
        return bool(self.values.get(column)) and self.values[column] <= self.latest[column]

    def assign(self, need):
        named, day = str(self.values.get("牵头单位") or ""), today(self.at)
        unit = self.asked.unit_named(named, self.village, day)
        need.handler, written = self._handler(unit)
        said = self._handed_to(named, written)
        if unit is None or not self._leaves_others(unit, (), day):
            desk = self.asked.triage_desk(self.village, day)
            found = _("(交给它就没有别的单位能回访或抽查了,先由%(desk)s负责)") if unit else _("(没有找到这个单位,先由%(desk)s负责)")
            unit, need.handler, said = desk, None, said + found % {"desk": desk.name}
        helpers = self._ask_support(need, unit, day)
        need.tier, need.assigned_at, need.leader = unit.tier, self.assigned, str(self.values.get("包案领导") or "")[:40]
        start_step(need, "accept", self.at, self.asked.calendar)
        hand_over(need, unit, by=self.by, at=self.at, happened_at=self.assigned)
        self._advance(need, "assign", self.assigned, said, helpers)
        moment = self.assigned if reading.says_settled(self.values) else self.done
        self._extend(need, moment)
        for words in self._told_since(need):
            note_step(need, "note", by=self.by, at=self.at, happened_at=moment, words=words)

    def _handler(self, unit):
        """(user or None, name as written) of 责任人: the one person of that name in the unit that holds the need."""
        written = str(self.values.get("责任人") or "").strip()[:60]
        person, _unit = self.asked.person_named(written, (unit,) if unit else (), today(self.at), Duty.HANDLE_NEEDS)
        return person, written

    def _handed_to(self, named, person):
        return _("交给%(unit)s") % {"unit": named} + (_(",责任人%(name)s") % {"name": person} if person else "")

    def _ask_support(self, need, unit, day):
        named = {self.asked.unit_named(name, self.village, day) for name in reading.units_named(self.values.get("配合单位"))}
        helpers = set()
        for helper in sorted(named - {None, unit}, key=lambda one: one.pk):
            if self._leaves_others(unit, (helper, *helpers), day):
                helpers.add(helper)
        need.draft.supports = [Support(need=need, organisation=helper, asked_at=self.assigned) for helper in helpers]
        return helpers

    def _leaves_others(self, unit, helpers, day):
        """Tell whether people without a part could still ask the household and look again (assignment.rules.leaves_others)."""
        taking_part = {unit.pk, *(one.pk for one in helpers)}
        people = (self.asked.callers_of(self.village, day), self.asked.recheckers_of(self.village, unit, day))
        return all(somebody_left(some, taking_part) for some in people)

    def _extend(self, need, moment):
        """延期至 was granted on paper: it counts from now on, and the line says which promise stood before."""
        if self._allows("延期至"):
            extended = self.values["延期至"]
            words = _("台账记载:办理时限延期至%(day)s(原为%(first)s)") % {"day": extended, "first": need.due_on}
            need.due_on, need.due_provisional, need.due_days = extended, False, None
            note_step(need, "note", by=self.by, at=self.at, happened_at=moment, words=words)

    def _told_since(self, need):
        """The lines that the paper adds to the timeline after handing over; what is longer than a line is kept whole beside it."""
        for column, latest in self.latest.items():
            if self.values.get(column) and not self._allows(column):
                yield _("台账写的%(column)s%(day)s晚于规定的%(latest)s,不作为时限") % {"column": column, "day": self.values[column], "latest": latest}
        if self.values.get("办理过程"):
            yield self.values["办理过程"]
        if not reading.says_settled(self.values) and self.values.get("办理结果"):
            yield self.values["办理结果"]

    def report(self, need):
        signed = max(self._moment("签收时间") or self.assigned, self.assigned)
        need.accepted_at, self.done = signed, max(self.done, signed)
        stop_step(need)
        words = _("台账补录,责任人:%(name)s") % {"name": need.responsible} if need.responsible else _("台账补录,未记签收人")
        self._advance(need, "accept", signed, words)
        need.outcome, need.outcome_text = Outcome.SOLVED, str(self.values.get("办理结果") or _("台账未写结果"))[:500]
        need.no_evidence_reason = _("台账补录,纸质材料在承办单位")
        need.done_at = self.done
        start_step(need, "callback", self.at, self.asked.calendar)
        self._advance(need, "report_done", self.done, need.outcome_text)
