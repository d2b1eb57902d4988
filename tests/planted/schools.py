"""Faults of schools: a child forgotten on a roll or in a bus, a stranger who fetches it, a place skipped silently, a hazard that nobody owns or sees, a gate that stands open untold, a parent who never offered himself."""

from unittest.mock import patch

from django.db.models import Q

from wanjia.schools.campus import queries as campus
from wanjia.schools.drills import queries as drills
from wanjia.schools.guarding import force
from wanjia.schools.guarding.force import Force
from wanjia.schools.inspecting import commands as inspecting
from wanjia.schools.inspecting import queries as hazards
from wanjia.schools.inspecting import rules as ordering
from wanjia.schools.leading import commands as leading
from wanjia.schools.leading import spreading
from wanjia.schools.lessons import checks as appointing
from wanjia.schools.lessons import commands as teaching
from wanjia.schools.lessons import queries as lessons
from wanjia.schools.models import Hazard, RoadCount
from wanjia.schools.patrols import queries as patrols
from wanjia.schools.riding import commands as riding
from wanjia.schools.riding import queries as rolls
from wanjia.schools.roads import queries as roads
from wanjia.schools.rostering import alarms
from wanjia.schools.rostering import commands as rostering
from wanjia.schools.rounds import queries as rounds
from wanjia.verdict import ALLOWED

from .planting import fault, nothing, without

APP = "wanjia.schools"


@fault("a child that has a seat is on no roll")
def child_on_no_roll():
    true = rolls.seats_on

    def bent(line, day, going_home):
        rows = true(line, day, going_home)
        first = rows.first()
        return rows.exclude(pk=first.pk) if first else rows

    yield patch.object(rolls, "seats_on", bent)


@fault("a trip ends with a child aboard")
def child_left_in_the_bus():
    yield without("riding.rules.can_close")


@fault("a child goes with an adult whom nobody confirmed")
def handed_to_a_stranger():
    yield patch.object(riding, "may_receive", lambda *_asked: ALLOWED)


@fault("a round closes with a place that nobody looked at")
def place_skipped_silently():
    yield without("rounds.rules.can_close")


@fault("the calendar calls for a round and nobody lists it")
def round_not_listed():
    yield patch.object(rounds, "called", lambda _day: {})


@fault("what was wrong at a place is nobody's")
def hazard_forgotten():
    yield patch.object(inspecting, "_find", nothing)


@fault("an order goes out without what it must say")
def ordered_without_its_five():
    yield patch.object(ordering, "may_be_ordered", lambda _hazards, _at: ALLOWED)


@fault("whoever says that it is mended rechecks it")
def rechecked_by_the_same_hand():
    yield without("inspecting.rules.can_recheck")


@fault("whoever ordered what nobody told to be mended closes it")
def closed_by_who_ordered():
    yield patch.object(ordering, "may_pass", lambda *_asked: ALLOWED)


@fault("the day of a hazard is put off for ever")
def put_off_for_ever():
    yield patch.object(ordering, "may_put_off", lambda *_asked, **_given: ALLOWED)


@fault("an overdue hazard never comes to the ledger")
def hazard_never_climbs():
    yield patch.object(hazards, "late", lambda _day: Q(pk=None))


@fault("an open seat is told to nobody")
def gate_open_untold():
    yield patch.object(alarms, "look", lambda _at, _schools=None: ([], [], []))


@fault("who cannot come keeps his duties")
def away_and_on_duty():
    yield patch.object(rostering, "_lose", lambda _absence, _at: [])


@fault("nobody's own calendar is asked")
def drawn_whoever_is_away():
    yield patch.object(Force, "kept_from", lambda _force, _guard, _day, _starts, _ends: None)


@fault("whoever was never looked at is vice-principal")
def unqueried_vice_principal():
    yield patch.object(appointing, "against", lambda *_asked: None)


@fault("a lesson that was taken back still counts")
def taken_back_lesson_counts():
    from wanjia.schools.models import LawLesson

    yield patch.object(lessons, "held", lambda _day=None: LawLesson.objects.exclude(occasion="hand"))


@fault("a term closes over a silent school")
def closed_over_a_silent_school():
    yield patch.object(teaching.queries, "owing", lambda term: lessons.School.objects.none())


@fault("a patrol that nobody walked is told to nobody")
def silent_patrol():
    yield patch.object(patrols, "alarmed", lambda _actor, _day: 0)


@fault("an evening of a plan is on no list")
def evening_left_out():
    true = patrols.days_of
    yield patch.object(patrols, "days_of", lambda first, last, digits: true(first, last, digits)[:-1])


@fault("a patrol is walked before its day, and weeks after it")
def walked_whenever():
    yield without("patrols.rules.can_walk")


@fault("what was corrected is counted beside its correction")
def corrected_and_counted():
    yield patch.object(roads, "standing", lambda: RoadCount.objects.all())


@fault("what is missing of lessons of riding is told to nobody")
def riding_never_taught():
    yield patch.object(drills, "alarmed", lambda _user, _day: 0)


@fault("a school does not see what was found on its own grounds")
def own_grounds_unseen():
    yield patch.object(campus, "waiting", lambda _actor: Hazard.objects.none())


@fault("a parent is drawn who never offered himself")
def parent_without_an_offer():
    yield patch.object(force, "NO_CONSENT", None)


@fault("one leader has all the days")
def one_leader_leads():
    true = spreading.proposed
    yield patch.object(leading, "proposed", lambda *asked: [(school, day, spreading.leaders([school]).first()) for school, day, _guard in true(*asked)])


@fault("whoever asked for an exchange approves it")
def exchange_by_one_hand():
    yield without("rostering.rules.can_decide")


@fault("an exchange moves one of the two")
def half_an_exchange():
    true = rostering._set
    yield patch.object(rostering, "_set", lambda duty, guard, **held: true(duty, duty.guard_id if duty.going else guard, **held))


@fault("whose records nobody asked about is planned for lessons")
def planned_unqueried():
    yield patch.object(appointing, "is_cleared", lambda _lecturer, _day: True)
