"""Children's files beyond one's own duty: asked for, approved by another line, read while it lasts; broken open for an hour, told, looked at again, some too late."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from wanjia.kernel.calendar import CHINA
from wanjia.kernel.models import Entry
from wanjia.orgs.roles import Role
from wanjia.registry.access import queries, rules
from wanjia.registry.models import FileAccess

ACT = timedelta(minutes=2)  # an act takes no longer
HOUR, A_DAY_MOST, REVIEW_DAYS, MOST_DAYS = timedelta(minutes=60), 3, 3, 90
FAMILY_LINES = ("education", "civil", "disabled", "women")
COLUMNS = ("state", "by", "area", "until_at", "decided_by", "review_by_on", "reviewed_by", "proper")
A_DAY = 0.3  # the chance that each temptation is met with on a day
WHY = {"purpose": "visit", "words": "入户以前了解情况"}
URGENT = "孩子夜里走失,要找到家里人的电话"


@dataclass
class Leave:
    """One leave to read the files of a home's children. by: who reads."""

    pk: object
    by: object
    village: str
    family: object
    child: object  # the person
    asked_at: datetime
    until_at: datetime
    state: str = "asked"
    decided_by: object = None
    review_by_on: date | None = None
    reviewed_by: object = None
    proper: bool | None = None
    moved: bool = False  # the child lives elsewhere since: what was approved was another life
    told: set = field(default_factory=set)
    reads: int = 0
    spoilt: bool = False

    def expected(self):
        """Return {column: what must stand there}."""
        return {name: getattr(self, name) for name in COLUMNS if name not in ("by", "area")} | {"by": self.by.pk, "area": self.village}

    def opens(self, at):
        return self.state == "granted" and at < self.until_at and not self.moved


class Files:
    """The leaves of a county."""

    def __init__(self, county, aid):
        self.county, self.aid, self.leaves, self.broken = county, aid, {}, Counter()

    # Who.

    def readers(self):
        """Whoever works with homes and opens no child's file of itself: bureaus of other lines."""
        return [one for one in self.county.in_role.get(Role.BUREAU_WORKER, ()) if self.county.units[one.unit].line not in FAMILY_LINES]

    def deciders(self, leave):
        """Whoever approves and reviews at the child's place: the township's head, the protection officer, the county's leader; never the reader."""
        found = [self.county.clerk(leave.village, Role.TOWNSHIP_LEADER), self.county.one(Role.PROTECTION_OFFICER), self.county.one(Role.LEADER)]
        return [one for one in found if one and one.pk != leave.by.pk]

    def child(self, family):
        """The child that a family brought along, as long as it lives there; or None."""
        return next((row.person_id for row in family.members if row.relation == "子女"), None)

    def is_here(self, hand):
        return any(one.pk == hand.pk for one in self.county.hands)

    def moves(self, family):
        """What was approved of a home's children was another life: after they moved no leave of before opens their files."""
        for leave in self.leaves.values():
            leave.moved = leave.moved or leave.family is family

    def do(self, name, hand, leave=None, /, **what):
        answer = self.county.do(name, hand, app="registry", **what) if hand else None
        if answer is None and leave is not None and hand and what.get("lawful", True):
            leave.spoilt = True
        return answer

    # A day.

    def live(self):
        """Live one working day."""
        chance, dice = self.county.chance, self.county.dice
        homes = [family for family in self.aid.book.families if self.child(family)]
        if homes and self.readers() and chance(0.4):
            self.ask(dice.choice(homes))
        if homes and self.readers() and chance(0.15):
            self.break_open(dice.choice(homes))
        for leave in [one for one in self.leaves.values() if not one.spoilt]:
            self.one(leave)

    def one(self, leave):
        chance, now = self.county.chance, self.county.year.clock.moment
        if leave.state == "asked" and now + ACT < leave.until_at and chance(0.4):
            self.decide(leave)
        elif leave.opens(now + ACT) and self.is_here(leave.by) and chance(0.25):
            self.read(leave)
        elif leave.state in ("asked", "granted") and now + ACT < leave.until_at and self.is_here(leave.by) and chance(0.03):
            self.end(leave)
        if leave.review_by_on and leave.reviewed_by is None and not leave.spoilt and chance(0.2):
            self.review(leave)

    def ask(self, family):
        by, days = self.county.dice.choice(self.readers()), self.county.dice.randrange(0, 15)
        until = self.county.day + timedelta(days=days)
        made = self.do("ask_access", by, home=family.row.number, until_on=until, **WHY)
        if made is not None:
            self.leaves[made.pk] = Leave(made.pk, by, family.row.village_id, family, self.child(family), made.asked_at, _after(until))

    def decide(self, leave):
        """Approved, for a shorter time where that is enough; or refused."""
        by, agree, day = self.county.dice.choice(self.deciders(leave)), self.county.chance(0.8), self.county.day
        last = (leave.until_at - timedelta(seconds=1)).astimezone(CHINA).date()
        until = day if agree and last > day and self.county.chance(0.3) else None
        words = "" if agree else "请先联系村里"
        if self.do("decide_access", by, leave, access_id=leave.pk, agree=agree, until_on=until, words=words) is not None:
            leave.state, leave.decided_by = "granted" if agree else "refused", by.pk
            leave.until_at = _after(until) if until else leave.until_at

    def read(self, leave):
        if self.do("read_by_access", leave.by, leave, access_id=leave.pk, child_id=leave.child) is not None:
            leave.reads += 1

    def end(self, leave):
        if self.do("end_access", leave.by, leave, access_id=leave.pk, reason="不需要了") is not None:
            leave.state = "ended"

    def break_open(self, family):
        """In an emergency: for an hour; those who answer for the child's files and those who review are told."""
        by = self.county.dice.choice(self.readers())
        if self.broken[by.pk, self.county.day] < A_DAY_MOST:
            self.break_by(by, family)

    def break_by(self, by, family):
        county = self.county
        made = self.do("break_glass", by, home=family.row.number, words=URGENT)
        if made is None:
            return
        self.broken[by.pk, county.day] += 1
        village = family.row.village_id
        leave = self.leaves[made.pk] = Leave(made.pk, by, village, family, self.child(family), made.asked_at, made.asked_at + HOUR, state="granted",
                                             review_by_on=county.book.days.after(county.day, REVIEW_DAYS))  # fmt: skip
        near = [one for one in county.in_role.get(Role.VILLAGE_WORKER, ()) if county.units[one.unit].area == village]
        near = near or [one for one in county.in_unit[county.desk(village)] if one.role == Role.TOWNSHIP_WORKER]
        above = [one for one in county.in_unit[county.desk(village)] if one.role == Role.TOWNSHIP_LEADER] + county.in_role.get(Role.PROTECTION_OFFICER, [])
        leave.told = {one.pk for one in (*near, *above)} - {by.pk}
        self.read(leave)
        if self.county.chance(0.2):
            self.review(leave)

    def review(self, leave):
        by, proper = self.county.dice.choice(self.deciders(leave)), self.county.chance(0.8)
        if self.do("review_break", by, leave, access_id=leave.pk, proper=proper, words="向派出所核实过") is not None:
            leave.reviewed_by, leave.proper = by.pk, proper
            if not proper and leave.state == "granted" and self.county.year.clock.moment < leave.until_at:
                leave.state = "ended"

    # The evening.

    def judge(self, day):
        """Rows, readings and those told, against the book; what waits is with whoever decides and reviews; what is late is said to the auditor."""
        county = self.county
        mine = {pk: one for pk, one in self.leaves.items() if not one.spoilt}
        stands = {pk: dict(zip(COLUMNS, row)) for pk, *row in FileAccess.objects.values_list("pk", *COLUMNS)}
        told, reads = {}, Counter(Entry.objects.filter(subject="registry.person", act="child.open_file").values_list("detail__access", flat=True))
        for leave, user in FileAccess.told.through.objects.values_list("fileaccess", "user"):
            told.setdefault(leave, set()).add(user)
        for pk in {*mine, *(stands.keys() - self.leaves.keys())}:
            one, is_ = mine.get(pk), stands.get(pk)
            if is_ != (one and one.expected()):
                county.violate("查阅儿童档案和应有的不一样 / a leave to read differs", None, f"登记的是 {is_},应当是 {one and one.expected()}")
            if one and reads[str(pk)] != one.reads:
                county.violate("读了没有记,或没读却记了 / readings and their lines differ", None, f"日志 {reads[str(pk)]} 次,应当 {one.reads} 次")
            if one and told.get(pk, set()) != one.told:
                county.violate("紧急查阅没有告知该告知的人 / an emergency was not told of", None, f"告知了 {len(told.get(pk, ()))} 人,应当 {len(one.told)} 人")
        self._lists(day, county.year.clock.moment, mine.values())

    def _lists(self, day, now, mine):
        county, officer, auditor = self.county, self.county.one(Role.PROTECTION_OFFICER), self.county.one(Role.AUDITOR)
        asked = {one.pk for one in mine if one.state == "asked" and now < one.until_at}
        unreviewed = {one.pk for one in mine if one.review_by_on and one.reviewed_by is None}
        late = {one.pk for one in mine if one.pk in unreviewed and one.review_by_on < day}
        for kind, found, should in (
            ("等批准的查阅没有列出来 / a request is on no list", queries.to_decide(county.user(officer)), asked),
            ("等复核的紧急查阅没有列出来 / an emergency is on no list", queries.to_review(county.user(officer)), unreviewed),
            ("逾期没有复核的没有报给审计 / a late review is not said", rules.overdue(county.user(auditor), day), late),
        ):
            if {one.pk for one in found} != should and not any(one.spoilt for one in self.leaves.values()):
                county.violate(kind, None, f"名单上 {len(found)} 项,应当 {len(should)} 项")

    # What nobody may do.

    def tempt(self):
        """Try each forbidden act where it could be tried."""
        for tempted in TEMPTATIONS:
            if self.county.chance(A_DAY):
                tempted(self)

    def some(self, of):
        found = [one for one in self.leaves.values() if not one.spoilt and of(one)]
        return self.county.dice.choice(found) if found else None


def _after(day):
    return datetime.combine(day + timedelta(days=1), time(0), tzinfo=CHINA)


def read_unasked(files):
    """A file read before it was approved, after it ran out, after the child moved away, by somebody who has left."""
    now = files.county.year.clock.moment
    gone = files.some(lambda one: one.moved and one.state == "granted" and now < one.until_at)  # few, and for a few days
    leave = gone or files.some(lambda one: not (one.opens(now) and files.is_here(one.by)))
    if leave:
        files.do("read_by_access", leave.by, access_id=leave.pk, child_id=leave.child, lawful=False)


def read_anothers(files):
    """Somebody else reads by a leave that is not his."""
    leave = files.some(lambda one: one.opens(files.county.year.clock.moment))
    other = leave and next((one for one in files.readers() if one.pk != leave.by.pk), None)
    if other:
        files.do("read_by_access", other, access_id=leave.pk, child_id=leave.child, lawful=False)


def decide_as_a_bureau(files):
    """A request decided on by somebody of a bureau: nobody there approves."""
    leave = files.some(lambda one: one.state == "asked")
    other = leave and next((one for one in files.readers() if one.pk != leave.by.pk), None)
    if other:
        files.do("decide_access", other, access_id=leave.pk, agree=True, lawful=False)


def review_as_a_bureau(files):
    """An emergency reviewed by somebody of a bureau; or a second time by another."""
    leave = files.some(lambda one: one.review_by_on)
    others = leave and (files.deciders(leave) if leave.reviewed_by else [one for one in files.readers() if one.pk != leave.by.pk])
    if others:
        files.do("review_break", others[0], access_id=leave.pk, proper=True, words="确属必要,已核实", lawful=False)


def ask_for_ever(files):
    """A leave asked for longer than one lasts."""
    homes = [family for family in files.aid.book.families if files.child(family)]
    if homes and files.readers():
        until = files.county.day + timedelta(days=MOST_DAYS + 1)
        files.do("ask_access", files.readers()[0], home=homes[0].row.number, until_on=until, **WHY, lawful=False)


def break_on_and_on(files):
    """One more emergency by somebody who took three on that day."""
    homes = [family for family in files.aid.book.families if files.child(family)]
    by = next((one for one in files.readers() if homes), None)
    if by is None or not files.county.chance(0.05):
        return
    while files.broken[by.pk, files.county.day] < A_DAY_MOST:
        before = files.broken[by.pk, files.county.day]
        files.break_by(by, homes[0])
        if files.broken[by.pk, files.county.day] == before:
            return
    files.do("break_glass", by, home=homes[0].row.number, words=URGENT, lawful=False)


TEMPTATIONS = (read_unasked, read_anothers, decide_as_a_bureau, review_as_a_bureau, ask_for_ever, break_on_and_on)
