"""The year itself: a school with its terms, its bells and the days of the calendar; who acts for it."""

import random
from datetime import date

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.orgs.living import Lived
from wanjia.orgs.models import Area, Level, Post
from wanjia.orgs.roles import Role

TERMS = (("春季学期", date(2026, 1, 1), date(2026, 7, 11)), ("秋季学期", date(2026, 9, 1), date(2027, 1, 16)))
EXAM, FEAST = date(2026, 6, 8), date(2026, 10, 19)  # the first day of a run each: what the calendar calls for rounds before
FREE, RUN = [date(2026, 10, day) for day in range(19, 22)], [date(2026, 6, 8), date(2026, 6, 9)]
GRADES, SCHOOL_DAYS = [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5]


class Year(Lived):
    """What `SIMULATED` asks for: live, night, judge, know, turn_over, counts. school: None where the county has nobody who keeps one."""

    def __init__(self, year, parts):
        super().__init__(year)
        self.dice, self.school, self.parts = random.Random(f"schools {year.seed} {year.code}"), None, []
        self.county = Area.objects.filter(code__startswith=year.code[:6], level=Level.COUNTY).first()
        head = Post.objects.filter(role=Role.HEADMASTER, to_on=None, organisation__area__code__startswith=year.code).select_related("organisation").order_by("organisation__name").first()
        near = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__level=Level.VILLAGE, organisation__area__code__startswith=year.code)
        near = near.select_related("organisation__area").order_by("organisation__area").first()
        if head and near and self.hand(Role.SCHOOLS_OFFICER) and self.hand(Role.BUS_ATTENDANT):
            self.unit, self.village = head.organisation, near.organisation.area
            self._builds()
            for kind in parts if self.school else ():
                self.parts.append(kind(self))

    def part(self, kind):
        """Return the part of a kind, which began before: what one part lives, another reads in its book."""
        return next(one for one in self.parts if type(one) is kind)

    def dice_of(self, name):
        """Return dice of one's own: what else a school lives falls as it fell without."""
        return random.Random(f"{name} {self.year.seed} {self.year.code}")

    def term(self, day):
        """Return (name, first day, first day no longer) of the term in which a day lies, or None."""
        return next((one for one in TERMS if one[1] <= day < one[2]), None)

    def _builds(self):
        day = self.today
        for name, first, end in TERMS:
            self.do("enter_term", area=self.county, name=name, from_on=first, to_on=end)
        for days, kind, words in ((FREE, "free", "秋假"), (RUN, "exam", "统一考试")):
            for one in days:
                self.do("tell_day", area=self.county, day=one, kind=kind, words=words)
        self.school = self.do("enter_school", unit=self.unit, area=self.village, address="街上", grades=GRADES, from_on=day)
        if self.school:
            self.do("set_bell", school_id=self.school.pk, grades=GRADES, weekdays=SCHOOL_DAYS, from_on=day, arrives="08:00", leaves="17:00")

    def hand(self, role, unit=None):
        """Return whoever holds a post of this role today, of the school and of the village near it alone; None where it stands empty. unit: of this one alone."""
        posts = Post.objects.on(self.today).filter(role=role, user__is_active=True, organisation__area__code__startswith=self.year.code)
        if unit is not None or role == Role.HEADMASTER:
            posts = posts.filter(organisation=unit or self.unit)
        elif role == Role.VILLAGE_WORKER:
            posts = posts.filter(organisation__area=self.village)
        post = posts.select_related("user").order_by("organisation__area", "user__username").first()
        return post and post.user

    def do(self, name, by=Role.SCHOOLS_OFFICER, /, *, app="schools", lawful=True, **what):
        """Do an act by whoever holds this role, or by this very hand."""
        return self.ask(f"{app}.{name}", self.hand(by) if isinstance(by, str) else by, lawful=lawful, **what)

    def tempt(self, name, by=Role.SCHOOLS_OFFICER, /, **what):
        """Try an act that the book calls unlawful."""
        return self.do(name, by, lawful=False, **what)

    def at_school(self, day):
        """Whether pupils go to school on a day, as the year's own people reckon: in term, on a weekday on which the State's offices work, no free day of the county's."""
        return day.weekday() < 5 and WorkingCalendar.load().works(day) and day not in FREE and any(first <= day < end for _name, first, end in TERMS)

    # The days.

    def live(self, day, *, off):
        """Let each part live the day; nobody works while the machine is off."""
        self.swept = not off
        for part in self.parts if not off else ():
            part.live(day)

    def night(self, day):
        """What the evening's round has seen is known from now on."""
        for part in self.parts if self.swept else ():
            part.night(day)

    def judge(self, day, *, whole):
        """Hold rows and, on whole evenings, figures against the book."""
        for part in self.parts:
            part.judge(day, whole=whole)

    def figures(self, populations, should):
        """Hold figures of these populations, as whoever answers for all schools counts them, against {id: n}, or {id: (n, N)}."""
        from wanjia.reporting.figures.queries import figures

        by = self.hand(Role.SCHOOLS_OFFICER)
        told = {row["id"]: row for one in populations for row in figures(one.visible(by), None, self.today)} if by else {}
        for id_, n in should.items() if by else ():
            found, n = told.get(id_), n if isinstance(n, tuple) else (n, None)
            if found is None or found["n"] != n[0] or n[1] not in (None, found["N"]):
                self.violate("统计数和应有的不一样 / a figure differs", f"{id_}:{found and found['n']} ÷ {found and found['N']},应当是 {n[0]} ÷ {n[1]}")

    def counts(self):
        """Return what was done, for the answer of the year."""
        return {"schools_acts": self.acts}
