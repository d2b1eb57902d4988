"""A meal that nobody opens and a roll that nobody calls: an alarm until somebody says why, and in the figures as what it was, whoever opened what afterwards."""

from datetime import timedelta

import pytest
from django.db.models import F

from wanjia.care.canteen import commands as canteen
from wanjia.care.canteen import queries as canteens
from wanjia.care.classes import commands as rolls
from wanjia.care.classes import queries as classes
from wanjia.care.drilling.queries import population_called
from wanjia.care.models import Canteen, CareClass, Collector, Diner, Meal, Presence, Serving, Session
from wanjia.care.unopened import commands, tasks
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.reporting.figures import queries as counting
from wanjia.verdict import Refused

from . import acts_classes as acts
from .test_attacked_figures import told
from .test_canteen import at, by

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()
NEXT = DAY + timedelta(days=1)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def alarm(monkeypatch, queries, world, moment):
    monkeypatch.setattr(queries.timezone, "now", lambda: moment)
    return queries.alarmed(by(world), moment.date())


def look(moment):
    return commands.note_unopened(by=CLOCK, at=moment)


@pytest.fixture
def lazy(world):
    """An elder for every day, and nobody ever opens a meal."""
    acts.dines(world)
    return world


@pytest.fixture
def uncalled(world):
    """A child on the roll of the class, and nobody ever calls it."""
    acts.on_roll(world)
    return world


# The alarm.


@pytest.mark.parametrize("noted", [False, True], ids=["before the clock looked", "after it"])
def test_midnight_silences_no_meal_that_nobody_opened(lazy, monkeypatch, noted):
    if noted:
        look(at(12, 31))
    assert alarm(monkeypatch, canteens, lazy, at(13)) == 1
    assert alarm(monkeypatch, canteens, lazy, at(8, day=3)) == 1
    assert alarm(monkeypatch, canteens, lazy, at(13, day=3)) == 2, "and the next day's own"
    assert alarm(monkeypatch, canteens, lazy, at(8, day=5)) == 3


@pytest.mark.parametrize("noted", [False, True], ids=["before the clock looked", "after it"])
def test_midnight_silences_no_roll_that_nobody_called(uncalled, monkeypatch, noted):
    if noted:
        look(at(16, 46))
    assert alarm(monkeypatch, classes, uncalled, at(17)) == 1
    assert alarm(monkeypatch, classes, uncalled, at(8, day=3)) == 1
    assert alarm(monkeypatch, classes, uncalled, at(17, day=3)) == 2


def test_without_the_look_it_is_silent_from_midnight(lazy, monkeypatch):
    """Negative control: today's meals alone, as it was."""
    monkeypatch.setattr(canteens, "_silent_before", lambda *_asked: 0)
    look(at(12, 31))
    assert alarm(monkeypatch, canteens, lazy, at(8, day=3)) == 0


def test_neither_a_shut_canteen_nor_a_class_that_is_over_silences_it(world, monkeypatch):
    acts.dines(world)
    acts.on_roll(world)
    look(at(17))
    canteen.shut_canteen(canteen_id=Canteen.objects.get().pk, reason="并到乡里的食堂", by=by(world), at=at(18))
    CareClass.objects.update(until_on=NEXT)
    assert alarm(monkeypatch, canteens, world, at(8, day=9)) == 1 and alarm(monkeypatch, classes, world, at(8, day=9)) == 1
    look(at(20, day=9))
    assert (Meal.objects.count(), Session.objects.count()) == (1, 1) and not tasks.is_due(at(23, day=9)), "nothing is due any more"


def test_saying_why_ends_the_alarm_and_changes_no_figure(lazy, monkeypatch):
    look(at(12, 31))
    before = told(lazy, None, NEXT)
    commands.explain_meal(meal_id=Meal.objects.get().pk, reason="停电,饭已经送到家", by=by(lazy), at=at(9, day=3))
    assert alarm(monkeypatch, canteens, lazy, at(9, 5, day=3)) == 0
    assert told(lazy, None, NEXT) == before and Entry.objects.get(act="meal.explain").reason == "停电,饭已经送到家"


def test_recorded_afterwards_the_elder_is_called_or_ate(lazy, monkeypatch):
    look(at(12, 31))
    assert not canteens.to_call(by(lazy)).exists(), "one alarm, not a list of names"
    commands.record_meal(meal_id=Meal.objects.get().pk, by=by(lazy), at=at(9, day=3))
    assert canteens.to_call(by(lazy)).count() == 1 == alarm(monkeypatch, canteens, lazy, at(9, 5, day=3))
    canteen.mark_serving(serving_id=Serving.objects.get().pk, result="brought", by=by(lazy), at=at(9, 10, day=3))
    canteen.close_meal(meal_id=Meal.objects.get().pk, by=by(lazy), at=at(9, 20, day=3))
    assert alarm(monkeypatch, canteens, lazy, at(9, 30, day=3)) == 0 and Serving.objects.get().paid == 200


def test_opened_late_on_its_own_day_it_is_the_same_meal(lazy):
    look(at(12, 31))
    one = canteen.open_meal(canteen_id=Canteen.objects.get().pk, by=by(lazy), at=at(14))
    assert Meal.objects.get() == one and one.state == "meal_open" and one.opened_at == at(14)
    with pytest.raises(Refused, match="已经开了"):
        canteen.open_meal(canteen_id=Canteen.objects.get().pk, by=by(lazy), at=at(14, 5))
    canteen.call_missed(serving_id=Serving.objects.get().pk, result="well", by=by(lazy), at=at(14, 10))
    assert told(lazy, None)["servings.called"] == 1


def test_a_roll_called_late_is_the_same_session_and_its_names_are_journalled(uncalled):
    look(at(16, 46))
    one = rolls.open_session(care_class_id=CareClass.objects.get().pk, by=by(uncalled), at=at(16, 50))
    assert Session.objects.get() == one and Presence.objects.get().session == one
    assert Entry.objects.filter(act="child.named_in_care", at=at(16, 50)).count() == 1
    rolls.mark_presence(presence_id=Presence.objects.get().pk, result="not_here", by=by(uncalled), at=at(16, 55))


# The figures.


def test_a_lazy_canteen_is_no_hundred_per_cent(lazy):
    look(at(12, 31))
    look(at(12, 31, day=3))
    canteen.open_meal(canteen_id=Canteen.objects.get().pk, by=by(lazy), at=at(11, day=4))
    canteen.mark_serving(serving_id=Serving.objects.get(meal__day=DAY + timedelta(days=2)).pk, result="ate", by=by(lazy), at=at(12, day=4))
    n = told(lazy, None, DAY + timedelta(days=2))
    assert (n["servings.planned"], n["servings.served"], n["servings.missed"], n["servings.called"]) == (3, 1, 2, 0)


def test_a_lazy_class_is_none_either(uncalled):
    look(at(17))
    n = told(uncalled, None)
    assert (n["sessions.due"], n["sessions.held"], n["sessions.closed"], n["presences.roll"], n["presences.there"]) == (1, 0, 0, 1, 0)


def test_what_was_made_good_later_leaves_the_past_day_alone(world):
    acts.fetching(world)
    acts.dines(world)
    look(at(17))
    then = told(world, DAY)
    commands.record_meal(meal_id=Meal.objects.get().pk, by=by(world), at=at(9, day=3))
    canteen.mark_serving(serving_id=Serving.objects.get().pk, result="ate", by=by(world), at=at(9, 5, day=3))
    session = commands.record_session(session_id=Session.objects.get().pk, by=by(world), at=at(9, day=3))
    what = {"presence_id": Presence.objects.get().pk, "by": by(world), "at": at(9, 5, day=3)}
    rolls.mark_presence(**what, result="present")
    rolls.hand_child(**what, adult=Collector.objects.get(), known_by="王老师前一天当面认得")
    rolls.close_session(session_id=session.pk, by=by(world), at=at(9, 9, day=3))
    assert told(world, DAY, NEXT) == then and then["servings.missed"] == 1 and then["sessions.held"] == 0
    now = told(world, NEXT, NEXT)
    assert (now["servings.missed"], now["servings.served"], now["sessions.closed"], now["presences.there"]) == (0, 1, 1, 1)


def test_without_the_as_of_the_past_day_changes(lazy, monkeypatch):
    """Negative control: rows as they stand now."""
    look(at(17))
    of = population_called("servings")
    commands.record_meal(meal_id=Meal.objects.get().pk, by=by(lazy), at=at(9, day=3))
    canteen.mark_serving(serving_id=Serving.objects.get().pk, result="ate", by=by(lazy), at=at(9, 5, day=3))
    assert told(lazy, DAY, NEXT)["servings.missed"] == 1
    monkeypatch.setitem(of.__dict__, "as_of", lambda rows, day, today: rows.annotate(f_state=F("state")))
    assert told(lazy, DAY, NEXT)["servings.missed"] == 0


# Whom a day planned.


def test_a_machine_that_was_off_notes_each_day_by_its_own_list(lazy):
    """An elder who came on the list on Wednesday, one who died on Thursday: Tuesday and Friday are not theirs."""
    one = Canteen.objects.get()
    Diner.objects.create(canteen=one, person=lazy.register.wife, weekdays="1234567", from_on=DAY + timedelta(days=2), recorded_at=at(9, day=4))
    Person.objects.filter(name=acts.ELDER).update(died_on=DAY + timedelta(days=3))
    look(at(8, day=7))
    assert [meal.servings.count() for meal in Meal.objects.order_by("day")] == [1, 1, 2, 1, 1]
    assert look(at(8, day=7))[:2] == (0, 0), "once"


def test_days_before_the_house_looked_stay_as_they_were_told(lazy):
    """What stood before the first look: only from today on."""
    Canteen.objects.update(looked_on=None, from_on=DAY - timedelta(days=90))
    Diner.objects.update(from_on=DAY - timedelta(days=90))
    assert canteens.silent(Canteen.objects.all(), at(12)) == []
    look(at(12, 31))
    assert list(Meal.objects.values_list("day", flat=True)) == [DAY]


def test_a_class_entered_late_owes_nothing_of_before(uncalled):
    """It began in September and was entered on Monday."""
    look(at(8))
    assert not Session.objects.exists()


def test_no_feast_day_and_no_empty_list_is_noted(world):
    acts.a_canteen(world)
    acts.a_class(world)
    look(at(20))
    assert not Meal.objects.exists() and not Session.objects.exists()


def test_the_tick_asks_little_and_only_once(lazy, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert not tasks.is_due(at(12, 29))
    assert tasks.is_due(at(12, 30))
    look(at(12, 30))
    assert not tasks.is_due(at(23, 59))


def test_the_page_says_which_days_and_leads_to_both_ways(world, client, monkeypatch):
    acts.dines(world)
    acts.on_roll(world)
    look(at(17))
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(9, day=3))
    client.force_login(by(world), backend=BACKEND)
    for page, model in (("canteens", Meal), ("classes", Session)):
        shown = client.get(f"/care/{page}/").content.decode()
        assert all(f"{model.objects.get().pk}/{way}/" in shown for way in ("record", "explain")), page


def test_the_counting_is_over_the_roll_of_the_day(lazy):
    """Whoever is taken off the list afterwards was planned that day all the same."""
    look(at(12, 31))
    canteen.end_diner(diner_id=Diner.objects.get().pk, reason="住到女儿家去了", by=by(lazy), at=at(9, day=3))
    assert counting.count(Serving.objects.all(), DAY, NEXT)["servings.planned"] == 1
