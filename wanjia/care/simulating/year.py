"""The year itself: villages, homes, children and elders; an act that the book calls lawful goes through, one that it calls unlawful does not."""

from datetime import date, timedelta

from wanjia.orgs.living import InParts
from wanjia.orgs.models import Level, Organisation, Post
from wanjia.orgs.roles import Role
from wanjia.policy.identity import check_char

from .book import Child

VILLAGES, CHILDREN, ELDERS = 2, 6, 4
GIVEN = "安平康宁顺利丰盛和美"


class Year(InParts):
    """What `SIMULATED` asks for: live, night, judge, know, turn_over, counts."""

    def __init__(self, year, parts):
        super().__init__(year)
        self.dice, self.names = self.dice_of("care"), 0
        self.children, self.elders, self.villages, self.units = {}, {}, [], {}
        posts = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__level=Level.VILLAGE, organisation__area__code__startswith=year.code)
        for code in sorted(set(posts.values_list("organisation__area", flat=True)))[:VILLAGES]:
            self.villages.append(code)
            self.units[code] = Organisation.objects.get(pk=posts.filter(organisation__area=code).order_by("pk").values_list("organisation", flat=True)[0])
            for n in range(CHILDREN):
                self._child(code, n)
            for n in range(ELDERS):
                self.elders[self._home(code, date(1944, 3, 1) + timedelta(days=397 * n), n)[0]] = code
        self.parts = [part(self) for part in parts]

    def _facts(self, born, n):
        self.names += 1
        body = f"530625{born:%Y%m%d}{800 + self.names:03d}"
        return {"name": "祝" + GIVEN[self.names // 10 % 10] + GIVEN[self.names % 10], "citizen_id": body + check_char(body)}

    def _home(self, village, born, n):
        from wanjia.registry.households.commands import register_household

        home = register_household(village_code=village, head=self._facts(born, n), another=True, by=self.hand(Role.VILLAGE_WORKER, village), at=self.tick())
        return home.memberships.get().person_id, home

    def _child(self, village, n):
        from wanjia.registry.households.commands import add_member

        by = self.hand(Role.VILLAGE_WORKER, village)
        _head, home = self._home(village, date(1988, 1, 1) + timedelta(days=211 * n), n)
        facts = self._facts(date(2015, 2, 1) + timedelta(days=173 * n), n)
        add_member(household_id=home.pk, relation="子女", another=True, by=by, at=self.tick(), **facts)
        pk = home.memberships.exclude(person=_head).get().person_id
        self.children[pk] = Child(pk, village, facts["name"], facts["citizen_id"][-4:], home.pk)
        if n != CHILDREN - 1:  # the last one is nobody's to accompany
            self.disabled(self.children[pk])

    def disabled(self, child):
        """Let the register say that a child is to have somebody."""
        told = {"scheme": "disability", "code": "hearing", "grade": "2", "from_on": self.today, "evidence": "残疾人证"}
        child.status = self.do("record_status", child.village, Role.VILLAGE_WORKER, app="registry", person_id=child.pk, **told)

    # Who acts.

    def hand(self, role, village):
        """Return whoever holds a post of this role over a village today, None where it stands empty."""
        long = {Role.VILLAGE_WORKER: 12, Role.TOWNSHIP_WORKER: 9}.get(role, 6)
        posts = Post.objects.on(self.today).filter(role=role, organisation__area__code=village[:long].ljust(12, "0"), user__is_active=True)
        post = posts.select_related("user").order_by("user__username").first()
        return post and post.user

    def do(self, name, village, role, /, *, app="care", **what):
        """Do an act that the book calls lawful; return its answer, None where nobody is there to do it."""
        return self._ask(name, village, role, app, what, lawful=True)

    def tempt(self, name, village, role, /, *, app="care", **what):
        """Try an act that the book calls unlawful."""
        return self._ask(name, village, role, app, what, lawful=False)

    def _ask(self, name, village, role, app, what, *, lawful):
        by = self.hand(role, village) if isinstance(role, str) else role
        return self.ask(f"{app}.{name}", by, lawful=lawful, **what)

    # The days.

    def night(self, day):
        """What the evening's round has seen is known from now on."""
        for part in self.parts:
            part.night(day, swept=self.swept)

    def figures(self, rows, should):
        """Hold figures of these rows against {id: n}, or {id: (n, N)}."""
        from wanjia.reporting.figures.queries import figures

        told = {row["id"]: row for row in figures(rows, None, self.today)}
        for id_, n in should.items():
            n, whole = n if isinstance(n, tuple) else (n, None)
            if (told[id_]["n"], told[id_]["N"]) != (n, whole):
                self.violate("统计数和应有的不一样 / a figure differs", f"{id_}:{told[id_]['n']} ÷ {told[id_]['N']},应当是 {n} ÷ {whole}")

    def counts(self):
        """Return what was done, for the answer of the year."""
        return {"care_acts": self.acts}
