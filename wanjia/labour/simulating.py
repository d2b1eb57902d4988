"""A year of the labour register (`wanjia simulate`): villages keep their roll by the real commands, and a second book says what must stand there.

The book is told what was acknowledged and knows no product code: who is on the roll, where he works since when, when he was last heard of, what his
home holds. Each evening rows, sums and figures are held against it, and every person's spells against each other.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from wanjia.kernel.calendar import today
from wanjia.kernel.command import COMMANDS
from wanjia.orgs.models import Level, Post
from wanjia.orgs.roles import Role
from wanjia.verdict import Refused

VILLAGES, HOMES = 4, 12
PLACES = {"county": None, "outside": "330000", "province": "530000", "abroad": ""}
FIRST_NAMES = "安平康宁顺利丰盛"
PAST_WORK, FIRST_BORN = date(1960, 5, 1), date(1973, 1, 1)  # one a village is past working age; of the others nobody, a woman on a farm either, comes to it within the year
OUTSIDE_COUNTY = ("city", "province", "outside", "abroad")


@dataclass
class Line:
    """One labourer as the book knows him."""

    pk: object
    home: object
    village: str
    born: date
    on_roll: bool = False
    dead: bool = False
    place: str = "none"
    since: date | None = None
    how: str = ""
    heard: date | None = None
    spells: list = field(default_factory=list)  # [(from, to or None)]


@dataclass(frozen=True)
class Differs:
    """One violation, told like a story."""

    kind: str
    what: str
    at: datetime

    def told(self):
        """Return it as lines of text."""
        return [f"{self.at:%Y-%m-%d} {self.kind}", f"  {self.what}"]


def begin(year):
    """Begin the year of the register: homes with grown-ups in a few villages that have a worker."""
    return Year(year)


class Year:
    """What `SIMULATED` asks for: live, night, judge, know, turn_over, counts."""

    def __init__(self, year):
        self.year, self.dice = year, random.Random(f"labour {year.seed} {year.code}")
        self.acts = self.refused = 0
        self.lines, self.groups, self.statuses, self.hands = {}, {}, {}, []
        posts = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__level=Level.VILLAGE, organisation__area__code__startswith=year.code)
        villages = [one for one in posts.select_related("organisation", "user").order_by("organisation__area", "user__username") if one.organisation.area_id[9:10] in "23"]
        for post in villages:
            if post.organisation.area_id not in self.hands and len(self.hands) < VILLAGES:
                self.hands.append(post.organisation.area_id)
        for village in self.hands:
            for n in range(HOMES):
                self._home(village, n)
            self._home(village, HOMES, PAST_WORK)

    def _home(self, village, n, born=None):
        from wanjia.policy.identity import check_char
        from wanjia.registry.households.commands import register_household

        born = born or FIRST_BORN + timedelta(days=self.dice.randrange(9_900))
        body = f"530625{born:%Y%m%d}{len(self.lines) * 8 % 1000:03d}"  # nobody of another village has it, whenever born
        name = "施" + FIRST_NAMES[n % 8] + FIRST_NAMES[self.dice.randrange(8)]
        at = self.year.clock.tick()
        home = register_household(village_code=village, head={"name": name, "citizen_id": body + check_char(body)}, another=True, by=self._user(village), at=at)
        person = home.memberships.get().person_id
        self.lines[person] = Line(person, home.pk, village, born)
        self.groups[home.pk] = set()

    def _user(self, village):
        """Return whoever works in a village today, None where the post stands empty: others of the year leave theirs."""
        posts = Post.objects.on(today(self.year.clock.moment)).filter(role=Role.VILLAGE_WORKER, organisation__area=village, user__is_active=True)
        post = posts.select_related("user").order_by("user__username").first()
        return post and post.user

    # The day.

    def live(self, day, *, off):
        """Do some acts of each kind; nobody works while the machine is off."""
        if off:
            return
        for _n in range(8):
            line = self.dice.choice(list(self.lines.values()))
            does = self.dice.choice((self._roll, self._goes, self._goes, self._comes, self._heard, self._status, self._off))
            if not line.dead:
                does(line, day)
        if self.dice.random() < 0.01:
            self._dies(self.dice.choice(list(self.lines.values())), day)

    def night(self, day):
        """Nothing waits for the night."""

    def _do(self, name, line, *, app="labour", **what):
        """Do an act that the book calls lawful; return whether it went through."""
        by = self._user(line.village)
        if by is None:
            return None
        try:
            answer = COMMANDS[f"{app}.{name}"](by=by, at=self.year.clock.tick(), **what)
        except Refused as refusal:
            self.refused += 1
            self._violate("一件该准的事没有准 / a lawful act was refused", f"{name} {line.pk}: {refusal.reason}")
            return None
        except Exception as fault:
            self._violate("一件事做不下去 / an act broke", f"{name} {line.pk}: {type(fault).__name__}: {fault}")
            return None
        self.acts += 1
        return answer or True

    def _tempt(self, name, line, **what):
        """Try an act that the book calls unlawful."""
        by = self._user(line.village)
        if by is None:
            return
        try:
            COMMANDS[f"labour.{name}"](by=by, at=self.year.clock.tick(), **what)
        except Refused:
            self.refused += 1
        else:
            self._violate("一件不该准的事准了 / an unlawful act went through", f"{name} {line.pk}")

    def _roll(self, line, day):
        if line.born == PAST_WORK:
            self._tempt("enrol_worker", line, person_id=line.pk)
        elif not line.on_roll and line.heard is None and self._do("enrol_worker", line, person_id=line.pk):
            line.on_roll, line.heard = True, day

    def _goes(self, line, day):
        if not line.on_roll or line.since == day or any(start == day for start, _end in line.spells):
            return
        place = self.dice.choice(list(PLACES))
        area = line.village[:6] if place == "county" else PLACES[place]
        organised = self.dice.random() < 0.4
        told = {"place": place, "area": area, "from_on": day, "how": "organised" if organised else "self", "evidence": "contract" if organised else "declared"}
        if self._do("record_spell", line, worker_id=line.pk, **told):
            self._close(line, day)
            line.spells.append((day, None))
            line.place, line.since, line.how, line.heard = place, day, told["how"], day

    def _comes(self, line, day):
        if line.on_roll and line.place != "none" and line.since < day and self._do("end_spell", line, worker_id=line.pk, on=day, because="back"):
            self._close(line, day)
            line.heard = day

    def _heard(self, line, day):
        if not line.on_roll or (line.place == "none" and self.dice.random() < 0.5):
            return
        result = self.dice.choice(("there", "no_answer", "off"))
        if self._do("note_contact", line, worker_id=line.pk, result=result, on=day) and result == "there":
            line.heard = day

    def _status(self, line, day):
        scheme, code = self.dice.choice((("lifted", "lifted"), ("relocated", "centralised"), ("poverty_risk", "at_risk")))
        held = self.groups[line.home]
        if scheme in held:
            status = self.statuses[line.home, scheme]
            if status[1] < day and self._do("end_status", line, app="registry", status_id=status[0], on=day, reason="核实不再符合"):
                held.discard(scheme)
        elif (line.home, scheme) not in self.statuses:
            made = self._do("record_home_status", line, app="registry", household_id=line.home, scheme=scheme, code=code, from_on=day, evidence="名单")
            if made:
                held.add(scheme)
                self.statuses[line.home, scheme] = made.pk, day

    def _off(self, line, day):
        if line.on_roll and self.dice.random() < 0.3 and (line.since is None or line.since < day):
            if self._do("take_off", line, worker_id=line.pk, because="service", on=day):
                self._close(line, day)
                line.on_roll = False
        elif not line.on_roll and line.heard is not None and self._do("bring_back", line, worker_id=line.pk):
            line.on_roll, line.heard = True, day

    def _dies(self, line, day):
        from wanjia.registry.models import Membership

        if line.dead or line.since == day:
            return
        membership = Membership.objects.get(person=line.pk, to_on=None)
        if self._do("end_membership", line, app="registry", membership_id=membership.pk, on=day, reason="去世"):
            self._close(line, day)
            line.dead, line.on_roll = True, False

    def _close(self, line, day):
        line.spells = [(start, end or day) for start, end in line.spells]
        line.place, line.since, line.how = "none", None, ""

    # The evening.

    def judge(self, day, *, whole):
        """Hold rows, sums and, on whole evenings, figures against the book."""
        self._rows()
        self._sums()
        if whole:
            self._figures(day)
            self._spells()

    def _rows(self):
        from .models import Worker

        there = {
            row[0]: row[1:] for row in Worker.objects.filter(pk__in=self.lines).values_list(
                "pk", "left_on", "place", "since_on", "how", "village_id", "lifted", "watched", "relocated", "verified_on")
        }  # fmt: skip
        for line in self.lines.values():
            if line.heard is None:
                if line.pk in there:
                    self._violate("名册里多了人 / somebody stands on the roll whom nobody enrolled", str(line.pk))
                continue
            off, *row = there.get(line.pk, (None,))
            held = self.groups[line.home]
            groups = ["lifted" in held, "poverty_risk" in held, "relocated" in held]
            should = [line.place, line.since, line.how, line.village, *groups, line.heard]
            if (off is None) != line.on_roll:
                self._violate("在不在册和应有的不一样 / on the roll or off it", f"{line.pk}:退出 {off},应当在册 {line.on_roll}")
            elif line.on_roll and row != should:
                self._violate("劳动力和应有的不一样 / a labourer differs", f"{line.pk}:{row},应当是 {should}")

    def _counted(self):
        """Return the Counter of those on the roll by what the sums are kept by."""
        found = Counter()
        for line in self.lines.values():
            if line.on_roll:
                held = self.groups[line.home]
                found[line.village, "lifted" in held, "poverty_risk" in held, "relocated" in held, line.place, line.how] += 1
        return found

    def _sums(self):
        from .models import Tally

        kept = Counter()
        for village, *facts, n in Tally.objects.filter(village__in=self.hands).values_list("village_id", "lifted", "watched", "relocated", "place", "how", "n"):
            kept[(village, *facts)] += n
        kept = +kept
        for key in kept.keys() | self._counted().keys():
            if kept[key] != self._counted()[key]:
                self._violate("汇总和应有的不一样 / a sum differs", f"{key}:{kept[key]},应当是 {self._counted()[key]}")

    def _figures(self, day):
        from wanjia.reporting.figures.queries import figures

        from .figures.population import WORKERS

        told = {row["id"]: row["n"] for row in figures(in_villages(WORKERS, self.hands), None, today(self.year.clock.moment))}
        lines = [line for line in self.lines.values() if line.on_roll]
        away = [line for line in lines if line.place != "none"]
        should = {
            "labour.labourers": len(lines), "labour.transferred": len(away), "labour.outside": sum(line.place in ("outside", "abroad") for line in away),
            "labour.near": sum(line.place == "county" for line in away), "labour.organised": sum(line.how == "organised" for line in away),
            "labour.lifted_transferred": sum("lifted" in self.groups[line.home] for line in away),
        }  # fmt: skip
        for id_, n in should.items():
            if id_ in told and told[id_] != n:
                self._violate("统计数和应有的不一样 / a figure differs", f"{id_}:{told[id_]},应当是 {n}")

    def _spells(self):
        from .models import Spell

        there = {}
        for worker, start, end in Spell.objects.filter(worker__in=self.lines).values_list("worker", "from_on", "to_on"):
            there.setdefault(worker, []).append((start, end))
        for line in self.lines.values():
            if sorted(there.get(line.pk, []), key=str) != sorted(line.spells, key=str):
                self._violate("务工经历和应有的不一样 / the spells differ", f"{line.pk}:{there.get(line.pk)},应当是 {line.spells}")

    def know(self, _known):
        """Nothing is learnt from who judged beside."""

    def turn_over(self):
        """Nothing is kept for a day alone."""

    def counts(self):
        """Return what was done, for the answer of the year."""
        return {"labour_acts": self.acts}

    def _violate(self, kind, what):
        self.year.violated(Differs(kind, what, self.year.clock.moment))


def in_villages(population, villages):
    """Return the population's rows of these villages."""
    return population.rows.objects.filter(**{f"{population.place}__in": list(villages)})
