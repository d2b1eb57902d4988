"""Two records put together by the register's own act: rolls, tables, concerns and lists of adults are of the record that stands, and nobody is looked for twice."""

from datetime import date

import pytest

from wanjia.care.canteen import commands as canteen
from wanjia.care.classes import commands as classes
from wanjia.care.classes import queries
from wanjia.care.models import Canteen, CareClass, Collector, Concern, Diner, Enrolment, Meal, Presence, Serving, Session
from wanjia.care.unopened import commands as unopened
from wanjia.kernel.brings import gather
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.duplicates.commands import merge_people, undo_merge
from wanjia.registry.following import commands as following

from . import acts_classes as acts
from . import acts_lines
from .acts_unopened import EVENING, MORNING

pytestmark = pytest.mark.django_db


def together(world, gone, kept):
    """One record is found to be the other."""
    return merge_people(kept_id=kept.pk, gone_id=gone.pk, reason="同一个人登记了两次", **acts.who(world))


def twin(world, name="王小名", sequence=40):
    """The Wang child by another record."""
    return world.register.join(name, "儿子", date(2016, 5, 1), sequence, schooling="primary")


def on_both(world, seats=2, opened=True):
    """The child and its second record stand on one roll, that is open."""
    acts.on_roll(world)
    CareClass.objects.update(seats=seats)
    other = twin(world)
    classes.enrol_child(care_class_id=CareClass.objects.get().pk, name=other.name, asked_by="王建国", **acts.who(world))
    if opened:
        classes.open_session(care_class_id=CareClass.objects.get().pk, **acts.who(world))
    return other, world.register.child


def states(model, path="child"):
    return {row.state: getattr(row, path) for row in model.objects.all()}


def test_what_hangs_on_one_record_alone_goes_with_it(world):
    """A place, today's roll, the adult who fetches, a concern: the register moves them itself, and back when it parts the two."""
    acts.opened(world)
    acts_lines.watched(world)
    gone, kept, models = world.register.child, twin(world), (Enrolment, Presence, Collector, Concern)
    merge = together(world, gone, kept)
    assert [model.objects.get().child for model in models] == [kept] * 4
    undo_merge(merge_id=merge.pk, reason="是两个孩子", **acts.who(world))
    assert [model.objects.get().child for model in models] == [gone] * 4


def test_a_child_put_together_on_the_afternoon_is_fetched_by_its_adult(world):
    what = acts.handing(world)
    together(world, world.register.child, twin(world))
    assert classes.hand_child(**what, **acts.who(world)).state == "fetched"


def test_a_diner_goes_with_its_record(world):
    acts.dines(world)
    kept = world.register.register("王老伍", date(1950, 3, 2), 79).memberships.get().person
    together(world, Diner.objects.get().person, kept)
    assert Diner.objects.get().person == kept


def test_a_child_on_a_roll_by_both_records_has_one_place_and_is_looked_for_once(world):
    gone, kept = on_both(world)
    assert queries.free_seats(CareClass.objects.get()) == 0
    together(world, gone, kept)
    assert [(row.child, row.state) for row in Enrolment.objects.order_by("state")] == [(kept, "in_class"), (gone, "out_of_class")]
    assert queries.free_seats(CareClass.objects.get()) == 1
    assert states(Presence) == {"expected": kept, "excused": gone}


def test_who_waits_by_the_record_that_stands_has_the_seat_of_the_other(world):
    """Not whoever waits behind."""
    kept, gone = on_both(world, seats=1, opened=False)
    assert Enrolment.objects.get(child=kept).state == "waits_seat"
    third = twin(world, "王三", 42)
    classes.enrol_child(care_class_id=CareClass.objects.get().pk, name=third.name, asked_by="王建国", **acts.who(world))
    together(world, gone, kept)
    assert {row.child: row.state for row in Enrolment.objects.all()} == {kept: "in_class", gone: "out_of_class", third: "waits_seat"}


@pytest.mark.parametrize(("marked", "then"), [
    ("present", {"present": "kept", "excused": "gone"}), ("not_here", {"expected": "kept", "found": "gone"}),
])  # fmt: skip
def test_what_was_marked_of_the_one_is_said_of_the_other(world, marked, then):
    gone, kept = on_both(world)
    classes.mark_presence(presence_id=Presence.objects.get(child=gone).pk, result=marked, **acts.who(world))
    together(world, gone, kept)
    assert states(Presence) == {state: {"kept": kept, "gone": gone}[which] for state, which in then.items()}


def at_both_tables(world, opened=True):
    """An elder eats by two records, on Mondays by the one and on Mondays and Saturdays by the other; the meal is open."""
    acts.dines(world)
    kept = Diner.objects.get().person
    gone = world.register.register("王老伍", date(1950, 3, 2), 79).memberships.get().person
    canteen.take_on(canteen_id=Canteen.objects.get().pk, name=gone.name, weekdays=[1, 6], diet=["halal"], contact="儿子", phone="13887000009", **acts.who(world))
    Diner.objects.filter(person=kept).update(weekdays="1")
    if opened:
        canteen.open_meal(canteen_id=Canteen.objects.get().pk, **acts.who(world))
    return gone, kept


def test_an_elder_on_a_table_by_both_records_eats_once_on_the_days_of_both(world):
    gone, kept = at_both_tables(world)
    together(world, gone, kept)
    one = Diner.objects.get(to_on=None)
    assert (one.person, one.weekdays, set(one.diet.split()), one.contact, one.phone) == (kept, "16", {"soft", "halal"}, "儿子", "13887000009")
    assert {row.diner.person: row.state for row in Serving.objects.all()} == {kept: "meal_planned", gone: "meal_off"}


def test_an_elder_who_ate_by_either_record_is_called_by_neither(world):
    gone, kept = at_both_tables(world)
    canteen.mark_serving(serving_id=Serving.objects.get(diner__person=gone).pk, result="ate", **acts.who(world))
    together(world, gone, kept)
    assert {row.diner.person: row.state for row in Serving.objects.all()} == {kept: "meal_off", gone: "ate"}


def recorded(world, room):
    """A day that nobody called or opened lists both records; they are put together, then somebody records the day. Returns who is still looked for, by its record that stands."""
    gone, kept = on_both(world, opened=False) if room == "classes" else at_both_tables(world, opened=False)
    unopened.note_unopened(by=CLOCK, at=EVENING)
    together(world, gone, kept)
    who = acts.who(world) | {"at": MORNING}
    if room == "classes":
        unopened.record_session(session_id=Session.objects.get().pk, **who)
        return [row.child for row in Presence.objects.filter(state="expected")], kept
    unopened.record_meal(meal_id=Meal.objects.get().pk, **who)
    return [row.diner.person for row in Serving.objects.filter(state="meal_missed")], kept


@pytest.mark.parametrize("room", ["classes", "canteen"])
def test_a_day_recorded_afterwards_looks_for_one_of_two(world, room):
    found, kept = recorded(world, room)
    assert found == [kept]


@pytest.mark.parametrize("room", ["classes", "canteen"])
def test_without_a_look_at_the_register_the_day_looks_for_both(world, monkeypatch, room):
    """Negative control."""
    monkeypatch.setattr({"classes": classes, "canteen": canteen}[room], "_one_of_two", lambda *_rows, **_act: None)
    assert len(recorded(world, room)[0]) == 2


@pytest.mark.parametrize("room", ["classes", "canteen"])
def test_without_following_two_are_looked_for(world, monkeypatch, room):
    """Negative control."""
    gone, kept = on_both(world) if room == "classes" else at_both_tables(world)
    rest = [one for one in gather("AFTER_PEOPLE") if one not in (classes.follow, canteen.follow)]
    monkeypatch.setattr(following, "gather", lambda _kind: rest)
    together(world, gone, kept)
    assert (Presence if room == "classes" else Serving).objects.filter(state__in=("expected", "meal_planned")).count() == 2
