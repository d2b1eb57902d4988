"""An escort bus of the year: a line, its riders, rolls there and back and the months.

What the book calls unlawful (a trip that ends with a child aboard, a Sunday's roll, an adult nobody confirmed, a month signed by who drew it up) is tried and must be refused.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from wanjia.orgs.roles import Role
from wanjia.policy.identity import check_char

from ..figures import buses as figures
from ..models import BusTrip, Receiver, Ride, Settlement

CHILDREN, SHARE = 6, 50  # the first two of them of one home; percent that a home pays
PRICES = ((None, 555), (date(2026, 3, 1), 701))  # fen, from when
STOPS, GIVEN = "06:50 桥头 18:20\n07:00 河边 18:10", "安平康宁顺利"
INSPECTED_EVERY = timedelta(days=150)
PAPERS = {"insured_until": date(2027, 12, 31), "permit_until": date(2027, 12, 31), "equipment": ["hammer", "extinguisher", "first_aid", "recorder"]}
RODE = ("ride_at_school", "ride_handed")


@dataclass
class Child:
    """A child as the book knows it: rider and adult are keys, seated and confirmed what was acknowledged."""

    name: str
    home: int
    rider: object = None
    seated: bool = False
    adult: object = None
    confirmed: bool = False


class Buses:
    """One bus and its line. trips: {key: [day, going home, late, ended]}; rolls: {key of a trip: {key of a ride: [rider, state]}}; months: {"2026-02": [key, signed]}."""

    def __init__(self, schools):
        self.schools, self.dice, self.line, self.dear, self.inspected = schools, schools.dice, None, False, None
        self.children, self.trips, self.rolls, self.months = [], {}, {}, {}
        self._enters()

    def _enters(self):
        do, day = self.schools.do, self.schools.today
        one = do("enter_operator", area=self.schools.county, name="模拟专车公司", contact="池经理", phone="08700009100", from_on=day, letter_on=day)
        if not one:
            return
        self.operator = one.pk
        do("set_fare", operator_id=one.pk, yuan="5.55", share=SHARE, source="县财政", from_on=day)
        do("enter_bus", operator_id=one.pk, label="1号车", plate="云C9S001", kind="school_bus", seats=19, made_for="pupils", from_on=day)
        do("enter_driver", operator_id=one.pk, name="某师傅", phone="13887009101", born_on=date(1980, 1, 1), licensed_on=date(2012, 1, 1), reviewed_on=day, from_on=day)
        do("enter_attendant", operator_id=one.pk, user=self.schools.hand(Role.BUS_ATTENDANT), from_on=day, checked_on=day)
        self.bus = one.buses.get().pk
        self._inspect()
        line = do("draw_line", bus_id=self.bus, name="模拟线", school=self.schools.school, from_on=day, driver=one.drivers.get(), attendant=one.attendants.get())
        if line and do("write_stops", bus_line_id=line.pk, stops=STOPS) and do("file_line", bus_line_id=line.pk, filed_on=day):
            self.line = line
            self._homes()

    def _inspect(self):
        if self.schools.do("renew_papers", bus_id=self.bus, inspected_on=self.schools.today, **PAPERS):
            self.inspected = self.schools.today

    def _homes(self):
        home, by = None, self.schools.hand(Role.VILLAGE_WORKER)
        if by is None:
            return
        for n in range(CHILDREN):
            if n != 1:
                home = self.schools.do("register_household", by, app="registry", village_code=self.schools.village.pk, head=_facts("辛", 1985, n), another=True)
            facts = _facts("车", 2016, n) | {"schooling": "primary", "school_name": self.schools.unit.name, "grade": "四年级"}
            if home and self.schools.do("add_member", by, app="registry", household_id=home.pk, relation="子女", another=True, **facts):
                self.children.append(Child(facts["name"], 0 if n < 2 else n))

    # The days.

    def live(self, day):
        """A change of the list now and then, a bus there and back on some days, the month that is over."""
        if self.line is None:
            return
        if day - self.inspected > INSPECTED_EVERY:
            self._inspect()
        if not self.dear and day.month == 2 and self.schools.do("set_fare", operator_id=self.operator, yuan="7.01", share=SHARE, source="县财政", from_on=PRICES[1][0]):
            self.dear = True
        if self.children and self.dice.random() < 0.5:
            self._lists(self.dice.choice(self.children))
        if not self.schools.at_school(day):
            if self.dice.random() < 0.1:
                self.schools.tempt("open_trip", bus_line_id=self.line.pk, way="to_school")
        elif self.dice.random() < 0.35:
            for going_home in (False, True):
                self._drives(day, going_home)
        self._settles(day)

    def _lists(self, child):
        """A step in the life of a rider: on the list, an adult listed, confirmed by the school, a seat; off it again, rarely."""
        do = self.schools.do
        if child.rider is None:
            made = do("take_rider", school_id=self.schools.school.pk, name=child.name, asked_by="家里老人", from_on=self.schools.today)
            child.rider = made and made.pk
        elif not child.seated:
            child.seated = bool(do("seat_rider", rider_id=child.rider, stop=self.line.stops.get(turn=self.dice.choice((1, 2)))))
        elif child.adult is None:
            if do("list_receiver", rider_id=child.rider, name="家里亲戚", relation="姨妈", phone="13887009200", said_by="监护人当面说的"):
                child.adult = Receiver.objects.get(rider=child.rider, to_on=None)
                self.schools.tempt("confirm_receiver", receiver_id=child.adult.pk, said="谁登记谁核实")
        elif not child.confirmed:
            child.confirmed = bool(do("confirm_receiver", Role.HEADMASTER, receiver_id=child.adult.pk, said="给监护人打的电话"))
        elif self.dice.random() < 0.03 and do("end_rider", rider_id=child.rider, reason="家里接送"):
            self.children[self.children.index(child)] = Child(child.name, child.home)

    def _drives(self, day, going_home):
        """A trip to its end: who does not come is asked after; with a child aboard it does not end."""
        trip = self.schools.do("open_trip", bus_line_id=self.line.pk, way="home" if going_home else "to_school")
        if not trip:
            return
        roll = self.rolls[trip.pk] = self._calls(trip)
        late = 10 if self.dice.random() < 0.3 and self.schools.do("delay_trip", bus_trip_id=trip.pk, minutes=10, why="路上落石") else 0
        if any(state != "ride_excused" for _rider, state in roll.values()):
            self.schools.tempt("close_trip", bus_trip_id=trip.pk, looked=True)
        riders = {one.rider: one for one in self.children if one.seated}
        for pk, row in roll.items():
            child = riders[row[0]]
            if row[1] == "ride_missing" and self.schools.do("mark_ride", ride_id=pk, result="ride_found", words="问了家长,在家"):
                row[1] = "ride_found"
            elif row[1] == "ride_aboard" and going_home and child.adult and self.schools.do("hand_ride", lawful=child.confirmed, ride_id=pk, receiver=child.adult):
                row[1] = "ride_handed"
        self._alights(trip, [row for row in roll.values() if row[1] == "ride_aboard"])
        self.trips[trip.pk] = [day, going_home, late, bool(self.schools.do("close_trip", bus_trip_id=trip.pk, looked=True))]

    def _calls(self, trip):
        """Call the roll; return {ride: [rider, state]}. Whoever has a seat stands on it, and nobody else."""
        roll, seated = {}, {one.rider for one in self.children if one.seated}
        for ride in trip.roll.order_by("number"):
            state = self.dice.choice(("ride_aboard", "ride_aboard", "ride_aboard", "ride_excused", "ride_missing"))
            if self.schools.do("mark_ride", ride_id=ride.pk, result=state):
                roll[ride.pk] = [ride.rider_id, state]
        if {row[0] for row in roll.values()} != seated:
            self.schools.violate("点名的孩子不是有座位的孩子 / a roll is not of those who have a seat", f"{trip.day}:{len(roll)},应当是 {len(seated)}")
        return roll

    def _alights(self, trip, aboard):
        if not aboard:
            return
        self.schools.tempt("unload_trip", bus_trip_id=trip.pk, counted=len(aboard) + 1, words="值班老师")
        if self.schools.do("unload_trip", bus_trip_id=trip.pk, counted=len(aboard), words="值班老师"):
            for row in aboard:
                row[1] = "ride_at_school"

    def _settles(self, day):
        month = f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"
        if month in self.months or self.dice.random() > 0.3 or not self._sums(month)[0]:
            return
        made = self.schools.do("settle_month", operator_id=self.operator, month=month)
        if made:
            self.schools.tempt("sign_settlement", settlement_id=made.pk)
            self.months[month] = [made.pk, bool(self.schools.do("sign_settlement", Role.LEADER, settlement_id=made.pk))]

    def night(self, day):
        """Nothing waits for the night."""

    # The evening.

    def judge(self, day, *, whole):
        """Hold rolls, trips and months against the book; on whole evenings the figures too."""
        if self.line is None:
            return
        asked, same = list(self.rolls) if whole else list(self.rolls)[-2:], self.schools.same
        found = {pk: [rider, state] for pk, rider, state in Ride.objects.filter(trip__in=asked).values_list("pk", "rider", "state")}
        same("点名和应有的不一样 / a roll differs", found, {pk: row for one in asked for pk, row in self.rolls[one].items()})
        found = {pk: [*row, state == "bus_looked_through"] for pk, state, *row in BusTrip.objects.filter(pk__in=asked).values_list("pk", "state", "day", "going_home", "late")}
        same("车次和应有的不一样 / a trip differs", found, {pk: self.trips[pk] for pk in asked})
        rows = Settlement.objects.filter(operator=self.operator).values_list("pk", "month", "state", "rides", "full", "home")
        found = {month: [pk, state == "month_signed", *sums] for pk, month, state, *sums in rows}
        same("月结和应有的不一样 / a month differs", found, {month: [*row, *self._sums(month)] for month, row in self.months.items()})
        if whole:
            self._figures()

    def _sums(self, month):
        """Return [rides, full, home's part] of a month in fen, by fractions that are rounded down once a child."""
        rides, full, home = 0, 0, defaultdict(Fraction)
        for pk, roll in self.rolls.items():
            day = self.trips[pk][0]
            price = PRICES[1][1] if day >= PRICES[1][0] and self.dear else PRICES[0][1]
            for rider, state in roll.values() if f"{day:%Y-%m}" == month else ():
                if state in RODE:
                    rides, full = rides + 1, full + price
                    home[rider] += Fraction(price * SHARE, 100)
        return [rides, full, sum(map(floor, home.values()))]

    def _figures(self):
        asked, homes = [one for one in self.children if one.rider], defaultdict(list)
        for one in asked:
            homes[one.home].append(one.seated)
        states = Counter(row[1] for roll in self.rolls.values() for row in roll.values())
        self.schools.figures((figures.RIDERS, figures.RIDES, figures.TRIPS), {
            "riders.all": len(asked), "riders.seated": sum(one.seated for one in asked), "riders.homes": len(homes), "riders.homes_served": sum(map(all, homes.values())),
            "bus_rides.called": states.total(), "bus_rides.ridden": sum(states[one] for one in RODE), "bus_trips.driven": len(self.trips),
            "bus_trips.looked_through": sum(row[3] for row in self.trips.values()), "bus_trips.late": sum(row[2] > 0 for row in self.trips.values()),
        })  # fmt: skip


def _facts(family, born, n):
    body = f"530625{born}0{n + 1}15{600 + n + born % 10 * 10:03d}"
    return {"name": family + GIVEN[n] + "一", "citizen_id": body + check_char(body)}
