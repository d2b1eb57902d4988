"""Who is quicker by a breath: between an act's look and its word the row is written by another hand, and the act says so instead of writing over it.

The lock that an act takes makes this rare, what it compares makes it impossible. Here the other hand writes just before the act's own
statement: tests/house/test_guards_felt_quicker.py holds a call back for it, where no call is made this does.
"""

import pytest

from tests.house.acts import actor
from tests.house.quicker import done, just_before
from wanjia.kernel.acts import ACTS as DECLARED
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.verdict import Conflict, Refused

from ..canteen import rules as canteen
from ..models import (
    Canteen,
    CareClass,
    Collector,
    Concern,
    Diner,
    Entitled,
    Event,
    Helper,
    LineContact,
    Meal,
    Pair,
    PairProposal,
    Photo,
    Serving,
    Shift,
    Team,
    TeamMember,
    Wish,
    WishClaim,
)
from .acts import ACTS
from .factories import START, helper

pytestmark = pytest.mark.django_db
DAY, NEWER = MONDAY.date(), {"version": 99}

# (act, the table that it writes, what another hand puts there meanwhile)
CHANGED = [
    ("care.change_helper", Helper, NEWER),
    ("care.leave_helper", Helper, NEWER),
    ("care.quit_team", TeamMember, {"to_on": DAY}),
    ("care.end_team", Team, NEWER),
    ("care.take_back_contact", LineContact, {"taken_back_at": MONDAY}),
    ("care.hand_concern_on", Concern, NEWER),
    ("care.hand_pair", Pair, {"to_on": DAY, "end_reason": "moved"}),  # one that merely changed is in the way of the new one anyhow
    ("care.end_pair", Pair, NEWER),
    ("care.hold_pair", Pair, NEWER),
    ("care.move_pair_proposal", PairProposal, NEWER),
    ("care.change_event", Event, NEWER),
    ("care.count_attendance", Event, NEWER),
    ("care.say_consent", Photo, NEWER),
    ("care.change_class", CareClass, NEWER),
    ("care.confirm_collector", Collector, NEWER),
    ("care.drop_collector", Collector, NEWER),
    ("care.change_price", Canteen, NEWER),
    ("care.end_diner", Diner, NEWER),
    ("care.shut_canteen", Canteen, NEWER),
    ("care.lengthen_claim", WishClaim, NEWER),
    ("care.give_up_claim", WishClaim, {"ended_at": MONDAY, "end": "given_up"}),
    ("care.call_off_wish", WishClaim, {"ended_at": MONDAY, "end": "given_up"}),
    ("care.receive_thing", Wish, NEWER),
]


def a_pair(world):
    """Somebody else takes the same child on."""
    Pair.objects.create(child=world.register.child, helper=helper(world, name="快一步"), from_on=START)


def a_wish(world):
    """Somebody else writes a wish of the same child down."""
    child = world.register.child
    facts = {"school": child.school_name, "kind": "sport", "band": "band_7", "thing": "篮球", "cost": 9000}
    Wish.objects.create(child=child, area_id=child.village_id, code="QUICK1", made_on=DAY, recorded_at=MONDAY, **facts)


def a_claim(_world):
    """Somebody else claims the same wish."""
    WishClaim.objects.create(wish=Wish.objects.get(), kind="a_person", name="快一步", phone="13887000078", code="QUICKONE", claimed_at=MONDAY, until_on=DAY)


def a_shift(world):
    """Somebody else puts the same helper down for the same event."""
    Shift.objects.create(event=Event.objects.get(), helper=Helper.objects.get(), what="摄影", noted_at=MONDAY)


# (act, the table into which it puts a row, what another hand puts there meanwhile, what is said)
MADE = [
    ("care.pair_child", Pair, a_pair, "这个孩子已经有人结对。"),
    ("care.note_wish", Wish, a_wish, "这个孩子已经有一个心愿在办"),
    ("care.take_claim", WishClaim, a_claim, "这个心愿刚刚有人认领了。"),
    ("care.enlist_helper", Shift, a_shift, ""),
]


@pytest.mark.parametrize(("act", "model", "values"), CHANGED, ids=[row[0] for row in CHANGED])
def test_a_row_that_is_written_meanwhile_is_not_written_over(world, act, model, values):
    what = ACTS[act].make(world)
    with just_before("UPDATE", model, lambda: model.objects.update(**values)), pytest.raises(Conflict):
        done(world, act, what)


@pytest.mark.parametrize(("act", "model", "makes", "said"), MADE, ids=[row[0] for row in MADE])
def test_a_row_that_is_made_meanwhile_is_told_in_words(world, act, model, makes, said):
    what = ACTS[act].make(world)
    with just_before("INSERT INTO", model, lambda: makes(world)), pytest.raises(Conflict) as told:
        done(world, act, what)
    assert said in str(told.value.reason)


@pytest.mark.parametrize(("act", "verb", "model"), [(act, "UPDATE", model) for act, model, _values in CHANGED] + [(act, "INSERT INTO", model) for act, model, *_said in MADE])
def test_whoever_is_alone_is_not_told_so(world, act, verb, model):
    """Negative control: the same act, and nobody writes meanwhile."""
    what = ACTS[act].make(world)
    with just_before(verb, model, lambda: None) as came:
        done(world, act, what)
    assert came, "the act writes that table no more"


def test_nobody_is_marked_behind_the_end_of_a_meal(world, monkeypatch):
    """It is closed between the look at it and the mark."""
    what, real = ACTS["care.mark_serving"].make(world), canteen.is_correction

    def closed_meanwhile(*looked):
        Meal.objects.update(state="meal_closed")
        return real(*looked)

    monkeypatch.setattr(canteen, "is_correction", closed_meanwhile)
    with pytest.raises(Refused, match=str(canteen.OVER)):
        done(world, "care.mark_serving", what)


# (act, its row, the keyword that names it, what was done before, what is said): a second hand would be told the same, only later.
DONE_BEFORE = [
    ("care.mark_serving", Serving, "serving_id", lambda _world: Meal.objects.update(state="meal_closed"), "这一餐已经收餐。"),
    ("care.pair_child", Entitled, "entitled_id", a_pair, "这个孩子已经有人结对。"),
    ("care.note_wish", Person, "child_id", a_wish, "这个孩子已经有一个心愿在办,实现以后再征集下一个。"),
]


@pytest.mark.parametrize(("act", "model", "key", "before", "said"), DONE_BEFORE, ids=[row[0] for row in DONE_BEFORE])
def test_what_was_done_before_is_not_offered_again(world, act, model, key, before, said):
    """The page asks the rule and shows no button; before it was done it shows one (negative control)."""
    what, tried = ACTS[act].make(world), ACTS[act]
    offered = lambda: DECLARED[act].verdict(actor(world, tried.by), model.objects.get(pk=what[key]), tried.at)  # noqa: E731
    assert offered()
    before(world)
    assert offered().reason == said
