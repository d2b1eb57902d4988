"""A canteen of the year: diners, meals, who did not come and who called him, on the day or on the next; days on which nobody opened a meal."""

from collections import Counter
from datetime import timedelta

from wanjia.orgs.roles import Role
from wanjia.orgs.workdays.hours import CLOCK

from ..canteen import queries
from ..models import Meal, MissedCall, Serving

SHARE = 200  # fen


class Canteens:
    """One canteen of the first village. diners: {elder: key of the diner}; meals: {key: {serving: [state, paid, calls, called the same day]}}."""

    def __init__(self, care):
        self.care, self.village, self.one = care, care.villages[0], None
        self.names, self.meals, self.open, self.last = {}, {}, None, None
        self.days, self.looked, self.silent = set(), None, []  # days with a meal; up to which day the evening's round has looked; meals that nobody opened or explained

    def live(self, day):
        """Call whoever was left from the day before, then have a meal about every fifth day."""
        if self.one is None:
            self._open()
            return
        if self.open:
            self._end(self.open, day)
        if self.silent:
            self._late()
        if not self.open and self.care.dice.random() < 0.2:
            self._meal(day)

    def night(self, day, *, swept):
        """What nobody opened is noted by the evening's round, each day with everybody on the list."""
        if not swept or self.one is None:
            return
        for d in (self.looked + timedelta(days=n) for n in range(1, (day - self.looked).days + 1)):
            if d not in self.days:
                self._noted(d)
        self.looked = day

    def _noted(self, d):
        made = Meal.objects.filter(canteen=self.one, day=d).first()
        table = list(made.servings.order_by("pk").values_list("pk", flat=True)) if made else []
        if made is None or made.state != "meal_silent" or len(table) != self.diners:
            self.care.violate("没有人开饭的一天没有记下 / a day without a meal is not noted", f"{d}:{made and made.state},{len(table)} 人,应当是 {self.diners}")
            return
        self.meals[made.pk] = {pk: ["meal_missed", 0, 0, None] for pk in table}
        self.silent.append(made.pk)

    def _late(self):
        """Explain a meal that nobody opened, or record it; on some days neither."""
        pk, dice = self.silent[0], self.care.dice.random()
        if dice < 0.4 and self.care.do("explain_meal", self.village, Role.VILLAGE_WORKER, meal_id=pk, reason="停电,送了馒头到家"):
            self.silent.remove(pk)
            self.care.tempt("explain_meal", self.village, Role.VILLAGE_WORKER, meal_id=pk, reason="再说一遍停电")
        elif 0.4 <= dice < 0.5 and not self.open and self.care.do("record_meal", self.village, Role.VILLAGE_WORKER, meal_id=pk):
            self.silent.remove(pk)
            self.open = self.last = pk

    def _open(self):
        told = {"name": "爱心食堂", "place": "村委会旁", "meal": "lunch", "served_at": "06:00", "price": "8.50", "share": "2"}
        made = self.care.do("open_canteen", self.village, Role.VILLAGE_WORKER, area=self.care.units[self.village].area, **told)
        if made:
            self.one, self.diners, self.looked = made.pk, 0, self.care.today  # its hour has gone by
            for pk, village in self.care.elders.items():
                name = _name(pk)
                self.diners += village == self.village and bool(self.care.do(
                    "take_on", village, Role.VILLAGE_WORKER, canteen_id=made.pk, name=name[0], last4=name[1], weekdays=[1, 2, 3, 4, 5, 6, 7], contact="女儿", phone="13887000099",
                ))  # fmt: skip

    def _meal(self, day):
        made = self.care.do("open_meal", self.village, Role.VILLAGE_WORKER, canteen_id=self.one)
        if not made:
            return
        self.days.add(day)
        self.meals[made.pk] = table = {pk: ["meal_planned", 0, 0, None] for pk in made.servings.order_by("pk").values_list("pk", flat=True)}
        if len(table) != self.diners:
            self.care.violate("餐桌上的人数不对 / a table is not laid for its diners", f"{len(table)},应当是 {self.diners}")
        self.open = self.last = made.pk
        for pk, row in table.items():
            dice = self.care.dice.random()
            result = "ate" if dice < 0.5 else "brought" if dice < 0.6 else "meal_off" if dice < 0.7 else "meal_missed" if dice < 0.85 else None
            if result and self.care.do("mark_serving", self.village, Role.VILLAGE_WORKER, serving_id=pk, result=result):
                row[:2] = result, SHARE if result in ("ate", "brought") else 0
        if self.care.do("miss_late", self.village, CLOCK) is not None:
            for row in table.values():
                row[0] = "meal_missed" if row[0] == "meal_planned" else row[0]
        if any(row[0] == "meal_missed" for row in table.values()):
            self.care.tempt("close_meal", self.village, Role.VILLAGE_WORKER, meal_id=made.pk)
        if self.care.dice.random() < 0.8:
            self._end(made.pk, day, same=True)

    def _end(self, meal, day, *, same=False):
        """Call whoever did not come, until somebody answers; then the meal is over."""
        table = self.meals[meal]
        for pk, row in table.items():
            while row[0] == "meal_missed":
                result = "no_answer" if self.care.dice.random() < 0.3 else "well"
                if not self.care.do("call_missed", self.village, Role.VILLAGE_WORKER, serving_id=pk, result=result):
                    break
                row[2], row[3] = row[2] + 1, same if row[3] is None else row[3]
                row[0] = row[0] if result == "no_answer" else "meal_reached"
        if not any(row[0] == "meal_missed" for row in table.values()) and self.care.do("close_meal", self.village, Role.VILLAGE_WORKER, meal_id=meal):
            self.open = None

    def judge(self, day, *, whole):
        """Hold the last table against the book; on whole evenings all of them, and the figures."""
        asked = list(self.meals) if whole else [self.last] if self.last else []
        calls = Counter(MissedCall.objects.filter(serving__meal__in=asked).values_list("serving", flat=True))
        rows = Serving.objects.filter(meal__in=asked).values_list("pk", "state", "paid", "called_the_day")
        found = {pk: [state, paid, calls[pk], called] for pk, state, paid, called in rows}
        self.care.same("就餐登记和应有的不一样 / a table differs", found, {pk: row for one in asked for pk, row in self.meals[one].items()})
        if whole:
            self._figures()
            by = self.care.hand(Role.VILLAGE_WORKER, self.village)
            waits = set(queries.unserved(by, day + timedelta(days=1)).filter(canteen=self.one).values_list("pk", flat=True)) if by and self.one else set(self.silent)
            if waits != set(self.silent):
                self.care.violate("没有开饭的一天没有报警 / a day without a meal is no alarm", f"{len(waits)},应当是 {len(self.silent)}")

    def _figures(self):
        rows = [row for table in self.meals.values() for row in table.values()]
        missed = [row for row in rows if row[0] in ("meal_missed", "meal_reached")]
        served = sum(row[0] in ("ate", "brought") for row in rows)
        self.care.figures(Serving.objects.filter(meal__canteen=self.one), {
            "servings.planned": len(rows), "servings.served": (served, len(rows)), "servings.missed": len(missed),
            "servings.called": (sum(row[3] is True for row in missed), len(missed)),
        })  # fmt: skip


def _name(pk):
    from wanjia.registry.models import Person

    one = Person.objects.get(pk=pk)
    return one.name, one.citizen_last4
