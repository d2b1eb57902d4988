"""Those of a part who stand in the register already and of whom the file says something else: met by number, never made twice.

A blank cell takes nothing away. Another name under the same number is a question for a person: nothing of such a row is written. A record that is kept
beyond the actor's reach is linked, its facts are left alone. What ends by a decision (a status of a home, a spell that the file does not name) is
not ended by a file, but for a spell that the file says is over, or that another one follows.
"""

from collections import Counter
from datetime import date

from wanjia.registry import bulk
from wanjia.registry.models import DatedStatus, Household, Membership, Person
from wanjia.registry.people import facts as person_facts

from .. import listed
from ..models import Change, Spell, Worker
from ..models.tallies import ALIKE
from ..states import Evidence, How, Place
from . import knowing, rules
from .statuses import statuses_on

PERSON = {"手机号": "phone", "民族": "ethnicity", "文化程度": "education", "政治面貌": "political", "就业状态": "work"}
MARKS = (("脱贫户", "lifted", ("lifted",)), ("监测对象", "watched", ("monitored", "poverty_risk")), ("易地搬迁户", "relocated", ("relocated",)))
WORKER = {"技能(工种)": "trade", "技能证书": "certificate", "想去区域": "wants_place", "意愿工种": "wants_trade", "照看家人": "care"}
SPELL = {"务工地": "area", "单位名称": "employer_name", "工种": "trade"}
ENDED = "名册"


def meet(rows, load, *, by, at):
    """Write what the file says otherwise of people who stand. Returns ({count: n}, differences of the sums, whether spells of work changed).

    rows: [(row, values, key of the person, digest of the line)].
    """
    return _Meeting(rows, load, by, at).all()


class _Meeting:
    def __init__(self, rows, load, by, at):
        self.rows, self.load, self.by, self.at, self.counts, self.sums = rows, load, by, at, Counter(), Counter()
        keys = [row[2] for row in rows]
        self.people = Person.objects.select_for_update().in_bulk(keys)
        self.workers = Worker.objects.in_bulk(keys)
        self.past = {}
        for spell in Spell.objects.filter(worker_id__in=keys):
            self.past.setdefault(spell.worker_id, []).append(spell)
        self.spells = {worker: spell for worker, spells in self.past.items() for spell in spells if spell.to_on is None}
        self.homes = {home.number: home for home in Household.objects.filter(number__in={row[1]["户编号"] for row in rows})}
        self.living = {}
        for person, home in Membership.objects.filter(person_id__in=keys, to_on=None).values_list("person_id", "household_id"):
            self.living.setdefault(person, set()).add(home)
        homes = {home.pk for home in self.homes.values()}
        self.statuses = set(DatedStatus.objects.filter(household_id__in=homes, to_on=None).values_list("household_id", "scheme"))
        self.statuses_on = statuses_on(load.as_of)
        self.spans, self.met, self.spelt = rules.spans_of(by), [], False
        self.new = {Worker: [], Spell: [], Change: [], Membership: [], DatedStatus: []}
        self.changed = {Person: [], Worker: [], Spell: []}  # [(row, names of fields)]

    def all(self):
        """Go through the rows, then write."""
        for row in self.rows:
            self.counts[self._one(*row)] += 1
        for model, changes in self.changed.items():  # a spell ends before the next one begins
            bulk.update(model, changes)
        for model, rows in self.new.items():
            bulk.insert(model, rows)
        if self.met:
            self.counts["children_met"] = len(self.met)
        return dict(self.counts), self.sums, self.spelt

    def _one(self, _number, values, key, digest):
        person = self.people[key]
        is_ours = bool(person.village_id) and not knowing.foreign(person.village_id, self.spans)
        if person.name != values["姓名"]:  # of whoever is kept elsewhere no file finds out by a name whether the number is his
            return "other_name" if is_ours else "elsewhere"
        if person.died_on and key not in self.workers:
            return "died"  # the dead are no labourers and live in no home, whatever an old file says
        if person.is_protected:
            self.met.append(str(key))
        if not is_ours:
            return "elsewhere"  # nothing is written of whoever is kept elsewhere, no home either: by one the loader would come to see him
        self._home(person, values)
        self._facts(person, values)
        worker = self.workers.get(key)
        if worker is None:
            return self._enter(person, values, digest)
        before = _key(worker)
        changed = self._worker(worker, values) | self._work(worker, values)
        worker.line_digest, worker.version = digest, worker.version + 1
        self.changed[Worker].append((worker, {*changed, "line_digest", "version"}))
        if worker.left_on is None:
            self.sums[before] -= 1
            self.sums[_key(worker)] += 1
        return "changed"

    def _facts(self, person, values):
        given = {name: values[column] for column, name in PERSON.items() if values.get(column)}
        if names := person_facts.assign(person, given):
            person.version += 1
            self.changed[Person].append((person, {*names, "version"}))

    def _home(self, person, values):
        """Whoever lives nowhere is of the file's home from now on; who lives elsewhere is told, not moved."""
        home = self.homes[values["户编号"]]  # written with this part or an earlier one, if it did not stand
        living = self.living.setdefault(person.pk, set())
        if home.pk in living:
            return
        if living:
            self.counts["two_homes"] += 1
            return
        living.add(home.pk)
        self.new[Membership].append(bulk.fresh(Membership, household_id=home.pk, person_id=person.pk, relation=values["与户主关系"]))

    def _marks(self, values):
        """Return {field of the worker: whether the home has the status today}, new ones written down."""
        home, found = self.homes[values["户编号"]], {}
        for column, name, schemes in MARKS:
            stands = any((home.pk, one) in self.statuses for one in schemes)
            code = listed.CODES[column].get(values.get(column)) if values.get(column) else None
            if code and not stands:
                scheme, version, code, review = self.statuses_on[code]
                self.statuses.add((home.pk, scheme))
                self.new[DatedStatus].append(bulk.fresh(
                    DatedStatus, household_id=home.pk, scheme=scheme, scheme_version=version, code=code, review_on=review, source=self.load.file_name[:60],
                    recorded_at=self.at, recorded_by_id=self.by.id))  # fmt: skip
                stands = True
            elif code == "" and stands:
                self.counts["mark_stands"] += 1  # it ends by its own act
            found[name] = stands
        return found

    def _enter(self, person, values, digest):
        """Somebody of the register becomes a labourer."""
        worker = bulk.fresh(
            Worker, person_id=person.pk, village_id=person.village_id, entered_on=self.load.as_of, verified_on=_day(values.get("最近核实")) or self.load.as_of,
            line_digest=digest, **self._marks(values),
        )  # fmt: skip
        self._worker(worker, values, marks=False)
        self._work(worker, values)
        self.new[Worker].append(worker)
        self.sums[_key(worker)] += 1
        return "entered"

    def _worker(self, worker, values, marks=True):
        changed = {column: listed.CODES[column].get(values[column]) if column in listed.CODES else values[column] for column in WORKER if values.get(column)}
        given = {WORKER[column]: value for column, value in changed.items()}
        if values.get("期望月薪"):
            given["wants_pay"] = int(values["期望月薪"])
        if values.get("可外出时间"):
            given["free_on"] = _day(values["可外出时间"])
        verified = _day(values.get("最近核实"))
        if verified and verified > worker.verified_on:
            given["verified_on"] = verified
        if marks:
            given |= self._marks(values)
        if worker.village_id != self.people[worker.person_id].village_id:
            given["village_id"] = self.people[worker.person_id].village_id
        for name, value in given.items():
            setattr(worker, name, value)
        return set(given)

    def _work(self, worker, values):
        """Bring the spells to what the file says of work. Returns the worker's columns that changed."""
        place = listed.CODES["务工区域"].get(values.get("务工区域"))
        running = self.spells.get(worker.person_id)
        if not place or worker.left_on:
            return set()
        if place == Place.NONE:
            seen = min(_day(values.get("最近核实")) or self.load.as_of, self.load.as_of)
            if running and seen < running.from_on:  # the file is older than what runs: it says nothing of it
                self.counts["older_spell"] += 1
                return set()
            return self._end(worker, running, seen) if running else set()
        left, back, self.spelt = _day(values["外出时间"]), _day(values.get("返回时间")), True
        given = self._spell(values, place, back)
        if running and running.from_on == left:
            spell = self._correct(running, _otherwise(running, given, values))
        elif running and left < running.from_on:
            self.counts["older_spell"] += 1  # the register knows something newer
            return set()
        elif back and any((one.from_on, one.place, one.to_on) == (left, place, back) for one in self.past.get(worker.person_id, ())):
            return set()
        elif self._has_day(worker, running, left, back):  # a person counts once a day: somebody must look
            self.counts["older_spell"] += 1
            return set()
        else:
            if running:
                self._end(worker, running, left)
            spell = bulk.fresh(Spell, worker_id=worker.person_id, from_on=left, recorded_at=self.at, recorded_by_id=self.by.id, source=self.load.file_name[:60], **given)
            self.new[Spell].append(spell)
        if back:
            return self._end(worker, None, back)
        self.spells[worker.person_id] = spell
        worker.place, worker.since_on, worker.how, worker.carried = place, left, spell.how, spell.carried
        return {"place", "since_on", "how", "carried"}

    def _correct(self, spell, given):
        """Say otherwise of a spell, and keep beside it what it said before."""
        if given:
            self.new[Change].append(bulk.fresh(Change, spell=spell, was=Change.of(spell), recorded_at=self.at, recorded_by_id=self.by.id))
            for name, value in given.items():
                setattr(spell, name, value)
            self.changed[Spell].append((spell, set(given)))
        return spell

    def _has_day(self, worker, running, left, back):
        """Tell whether a spell of the past, other than the one that runs, shares a day with [left, back)."""
        past = (one for one in self.past.get(worker.person_id, ()) if one is not running and one.to_on and one.to_on != one.from_on)
        return any(one.to_on > left and (not back or one.from_on < back) for one in past)

    def _spell(self, values, place, back):
        given = {name: listed.CODES[column].get(values[column], values[column]) if column in listed.CODES else values[column] for column, name in SPELL.items() if values.get(column)}
        if values.get("月均收入"):
            given["pay"] = int(values["月均收入"])
        how = listed.CODES["输出方式"].get(values.get("输出方式")) or How.SELF.value
        evidence = listed.CODES["佐证"].get(values.get("佐证")) or Evidence.LISTED.value
        return given | {"place": place, "how": how, "evidence": evidence, "carried": bool(listed.CODES["是否点对点"].get(values.get("是否点对点"), False)), "to_on": back}

    def _end(self, worker, running, day):
        """End the spell that runs, and say of the worker that nothing runs."""
        if running is not None:
            running.to_on, running.ended_because = max(day, running.from_on), ENDED
            self.changed[Spell].append((running, {"to_on", "ended_because"}))
            self.spells.pop(worker.person_id, None)
        worker.place, worker.since_on, worker.how, worker.carried = Place.NONE.value, None, "", False
        return {"place", "since_on", "how", "carried"}


def _key(worker):
    return tuple(getattr(worker, name) for name in ALIKE)


def _day(text):
    return date.fromisoformat(text) if text else None


def _otherwise(spell, given, values):
    """Return what of this differs from a spell. A blank cell takes nothing away: without 输出方式, neither how nor what bears it out is touched."""
    kept = set()
    if not values.get("输出方式"):
        kept = {"how", "evidence", "carried"}
    elif given["how"] == spell.how:
        kept = {name for column, name in (("佐证", "evidence"), ("是否点对点", "carried")) if not values.get(column)}
    return {name: value for name, value in given.items() if name not in kept and getattr(spell, name) != value}
