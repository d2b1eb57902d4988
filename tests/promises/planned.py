"""What each kind of plan is made of where its process is killed: a small world of it, how the next version is asked for, which rows are its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from wanjia.care.models import Pair, PairProposal
from wanjia.care.pairing.commands import draw_pairs
from wanjia.care.tests.factories import checked, helper
from wanjia.casework.tests.factories import MONDAY, World, unit, worker
from wanjia.labour.campaigns.commands import match_campaign, open_campaign
from wanjia.labour.departures.commands import list_departure, plan_charters
from wanjia.labour.models import Campaign, Departure, Proposal, Seat, Stop, Trip, Worker
from wanjia.labour.tests import demand_world
from wanjia.labour.workers.commands import enrol_worker, set_facts
from wanjia.orgs.models import Line, Sponsorship, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.households.commands import add_member, register_household
from wanjia.registry.statuses.commands import record_status
from wanjia.registry.tests.factories import number
from wanjia.schools.lecturing.commands import draw_lessons
from wanjia.schools.models import Bell, BusLine, BusSeat, BusStop, GateDuty, Operator, PlannedLesson, Term, Unserved
from wanjia.schools.rostering.commands import draw_roster
from wanjia.schools.routes.commands import plan_routes
from wanjia.schools.tests import acts_buses, acts_lessons, bus_morning, gate_factories, lesson_factories
from wanjia.schools.tests.factories import START, school, term

DAY = MONDAY.date()
PEOPLE = 24
MORNING = {"homes": 10, "schools": 2}


@dataclass(frozen=True)
class Kind:
    """One kind of plan. plant(world): writes its rows by acts; ask(world): asks for the next version, by its act; rows: [(model, path to the plan, columns
    that say what was planned)]; activates: who puts a version in force; moves: models besides that putting a version in force writes."""

    plant: Callable
    ask: Callable
    rows: tuple
    activates: str
    moves: tuple = ()


class County(World):
    """The small world with whoever asks for plans."""

    def __init__(self):
        super().__init__()
        bureau = unit("永善县人力资源和社会保障局", Tier.COUNTY, self.county, Line.LABOUR)
        self.labour = worker("renshe", "钟就业", bureau, Role.LABOUR_OFFICER)
        self.schools = worker("xuean", "冉学安", self.education, Role.SCHOOLS_OFFICER)
        self.gates = worker("huxue", "彭护学", self.office, Role.GATE_OFFICER)
        self.care = worker("guanai", "苏关爱", self.office, Role.CARE_OFFICER)

    def who(self, name):
        """Somebody afresh, so that posts are read anew."""
        return {"by": User.objects.get(pk=getattr(self, name).pk), "at": MONDAY}

    def register(self, n, **facts):
        """A home of the village with one labourer; returns it."""
        head = {"name": f"劳力{n}", "citizen_id": number(date(1985, 3, 2) + timedelta(days=40 * n), 11 + 2 * n)}
        return register_household(village_code=self.datong.code, head=head, **facts, **self.who("visitor"))


def labourers(world):
    """Labourers who can do this and that, some of whom want to stay."""
    found = []
    for n in range(PEOPLE):
        person = world.register(n).memberships.get().person
        enrol_worker(person_id=person.pk, **world.who("visitor"))
        set_facts(worker_id=person.pk, trade=("factory", "build", "")[n % 3], wants_pay=(None, 3000)[n % 2], **world.who("visitor"))
        found.append(person.pk)
    open_campaign(name="百日行动", area=world.county, from_on=DAY, until_on=DAY + timedelta(days=100), **world.who("labour"))
    return found


def of_matching(world):
    """Labourers, and vacancies that cannot take all of them."""
    labourers(world)
    for n in range(5):
        demand_world.live(world, title=f"岗位{n}", trade=("factory", "build")[n % 2], headcount=3 + n % 2, pay_from=3500 + 300 * n, pay_to=5200 + 300 * n)


def of_departures(world):
    """Labourers who go to two cities within some days of one another; two go together."""
    for n, key in enumerate(labourers(world)):
        first = DAY + timedelta(days=3 + n % 4)
        list_departure(worker_id=key, place=("330200", "440300")[n % 2], employer_name="某电子厂", earliest_on=first, latest_on=first + timedelta(days=2), pay=5000,
                       campaign=Campaign.objects.get(), together=Departure.objects.first() if n == 2 else None, **world.who("visitor"))  # fmt: skip


def of_roster(world):
    """A school's gate: its term, bells, plan, and who can stand there."""
    gate_factories.ground(world)
    gate_factories.force(world)


def of_lessons(world):
    """Seven schools, three lecturers, one of them vice-principal of the first."""
    term(world)
    for one in (school(world), *acts_lessons.other_schools(world, 6)):
        Bell.objects.create(school=one, grades=one.grades, weekdays="12345", arrives=bus_morning.BELL, leaves=bus_morning.LEAVES, from_on=START)
    lesson_factories.vice(world)
    for name in ("乙检察官", "丙民警"):
        lesson_factories.lecturer(world, name)


def of_buses(world):
    """Homes of two schools, and vehicles with all their papers."""
    bus_morning.morning(world, fleet=((2, 19),), **MORNING)


def of_pairs(world):
    """Children, some of whom are to have somebody alone, and helpers of a unit that sponsors their village."""
    Sponsorship.objects.create(organisation=world.office, area=world.datong, from_on=date(2026, 1, 1))
    for n in range(PEOPLE):
        child = add_member(
            household_id=world.register(n).pk, relation="女儿" if n % 2 else "儿子", name=f"孩子{n}", citizen_id=number(date(2015, 1, 1) + timedelta(days=30 * n), 200 + n),
            schooling="primary", **world.who("visitor"),
        ).person  # fmt: skip
        card = {"scheme": "disability", "code": "limb", "grade": "2", "from_on": DAY - timedelta(days=90), "evidence": "残疾人证"}
        record_status(person_id=child.pk, **card, **world.who("visitor"))
    for n in range(PEOPLE - 4):
        checked(helper(world, name=f"帮扶{n}", sex="男女"[n % 2], speaks="mandarin"), at=MONDAY)


def _campaign(act, world, **facts):
    return act(campaign_id=Campaign.objects.get().pk, **facts, **world.who("labour"))


KINDS = {
    "match": Kind(of_matching, partial(_campaign, match_campaign, floor=0), (
        (Proposal, "plan", ("worker", "vacancy", "worth", "next_vacancy", "lacked", "held", "state")),
    ), "labour"),
    "charters": Kind(of_departures, partial(_campaign, plan_charters, seats=6, train_seats=0, few=0), (
        (Trip, "plan", ("number", "kind", "leave_at", "seats", "log")),
        (Stop, "trip__plan", ("trip__number", "turn", "drop", "place", "name", "at")),
        (Seat, "plan", ("trip__number", "departure", "village_id", "pick_up__turn", "drop__turn", "number", "state")),
    ), "labour", (Worker, Departure)),
    "gate_roster": Kind(of_roster, lambda world: draw_roster(area=world.county, month="2026-11", since=None, **world.who("gates")), (
        (GateDuty, "plan", ("school", "post", "place", "party", "n", "day", "from_at", "to_at", "going", "guard", "held")),
    ), "gates"),
    "law_lessons": Kind(of_lessons, lambda world: draw_lessons(term_id=Term.objects.get().pk, since=None, **world.who("schools")), (
        (PlannedLesson, "plan", ("school", "n", "topic", "lecturer", "day")),
    ), "schools"),
    "bus_routes": Kind(of_buses, lambda world: plan_routes(operator_id=Operator.objects.get().pk, day=DAY, yard=bus_morning.yard(**MORNING), **acts_buses.who(world)), (
        (BusLine, "plan", ("bus", "school", "driver", "attendant", "from_on", "to_on")),
        (BusStop, "line__plan", ("line__bus", "line__school", "turn", "name", "lat", "lon", "at", "back_at")),
        (BusSeat, "stop__line__plan", ("stop__line__bus", "stop__turn", "stop__at", "rider", "drafted", "from_on")),
        (Unserved, "plan", ("rider", "kind", "amount", "zh", "en")),
    ), "schools"),
    "pairs": Kind(of_pairs, lambda world: draw_pairs(area=world.county, **world.who("care")), (
        (PairProposal, "plan", ("child", "helper", "worth", "next_helper", "lacked", "alone", "held", "kept", "why")),
    ), "officer", (Pair,)),
}  # fmt: skip
