"""The year itself: a school with its terms, its bells and the days of the calendar; who acts for it."""

from datetime import date

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.orgs.living import InParts
from wanjia.orgs.models import Area, Level, Post
from wanjia.orgs.roles import Role

TERMS = (("春季学期", date(2026, 1, 1), date(2026, 7, 11)), ("秋季学期", date(2026, 9, 1), date(2027, 1, 16)))
EXAM, FEAST = date(2026, 6, 8), date(2026, 10, 19)  # the first day of a run each: what the calendar calls for rounds before
FREE, RUN = [date(2026, 10, day) for day in range(19, 22)], [date(2026, 6, 8), date(2026, 6, 9)]
GRADES, SCHOOL_DAYS = [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5]


class Year(InParts):
    """What `SIMULATED` asks for: live, night, judge, know, turn_over, counts. school: None where the county has nobody who keeps one."""

    def __init__(self, year, parts):
        super().__init__(year)
        self.dice, self.school = self.dice_of("schools"), None
        self.county = Area.objects.filter(code__startswith=year.code[:6], level=Level.COUNTY).first()
        head = Post.objects.filter(role=Role.HEADMASTER, to_on=None, organisation__area__code__startswith=year.code).select_related("organisation").order_by("organisation__name").first()
        near = Post.objects.filter(role=Role.VILLAGE_WORKER, to_on=None, organisation__area__level=Level.VILLAGE, organisation__area__code__startswith=year.code)
        near = near.select_related("organisation__area").order_by("organisation__area").first()
        if head and near and self.hand(Role.SCHOOLS_OFFICER) and self.hand(Role.BUS_ATTENDANT):
            self.unit, self.village = head.organisation, near.organisation.area
            self._builds()
            for kind in parts if self.school else ():
                self.parts.append(kind(self))

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

    def figures(self, populations, should):
        """Hold figures of these populations, as whoever answers for all schools counts them, against {id: n}, or {id: (n, N)}."""
        from wanjia.reporting.figures.lived import hold

        hold(self, self.hand(Role.SCHOOLS_OFFICER), populations, should)

    def counts(self):
        """Return what was done, for the answer of the year."""
        return {"schools_acts": self.acts}
