"""How much room is left: with a helper to whom a version is changed by hand, with one who takes on fewer than she has, in a class one of whose children has died."""

from datetime import timedelta

import pytest

from wanjia.care.classes import commands as classes
from wanjia.care.classes import queries
from wanjia.care.models import CareClass, Enrolment, Helper, Pair, PairProposal
from wanjia.care.pairing import commands, options
from wanjia.kernel.tests.tried import MONDAY
from wanjia.registry.models import Person
from wanjia.solving.models import Plan
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Refused

from . import acts_classes
from . import acts_pairing as acts

pytestmark = pytest.mark.django_db
DAY = MONDAY.date()


def child(world, name, **facts):
    """Another child of the village."""
    return Person.objects.create(**{"name": name, "pinyin": name, "sex": "女", "birth_on": DAY - timedelta(days=365 * 9), "village": world.datong, "registered_at": MONDAY} | facts)


def taken_elsewhere(world):
    """A version proposes a helper; another one's only place is taken by a child whom the version does not speak of."""
    acts.drawn(world)
    full = acts.able(world, name="岑帮扶", capacity=1)
    Pair.objects.create(child=child(world, "外村孩子", village=world.xinmin), helper=full, from_on=DAY)
    return PairProposal.objects.get(), full


def test_a_helper_who_has_a_child_elsewhere_has_no_place_in_the_version_either(world):
    """Else the hand is shown a place, and the whole version is refused when it is put in force."""
    proposal, full = taken_elsewhere(world)
    option = next(one for one in options.options_of(proposal.child, proposal.plan) if one.helper == full)
    assert (option.used, option.against) == (1, ("已经满了",))
    with pytest.raises(Refused, match="已经满了"):
        commands.move_pair_proposal(pair_proposal_id=proposal.pk, helper=full, **acts.who(world))


def test_counting_the_version_alone_it_is_moved_and_cannot_be_put_in_force(world, monkeypatch):
    """Negative control."""
    proposal, full = taken_elsewhere(world)
    monkeypatch.setattr(options, "Pair", type("None", (), {"objects": Pair.objects.none()}))
    commands.move_pair_proposal(pair_proposal_id=proposal.pk, helper=full, **acts.who(world))
    with pytest.raises(Refused, match="超过能帮的人数"):
        activate_plan(plan_id=proposal.plan_id, **acts.who(world, "officer"))


def lowered(world):
    """A helper has two children, agrees to one from now on, and nobody else serves the village; a version is worked."""
    one = acts.able(world)
    for each in (world.register.child, child(world, "另一孩子")):
        acts.disabled(world, each)
        Pair.objects.create(child=each, helper=one, from_on=DAY - timedelta(days=30))
    Helper.objects.filter(pk=one.pk).update(capacity=1)
    acts.runs.start_process = lambda *_words: None
    plan = commands.draw_pairs(area=world.county, **acts.who(world))
    acts.process.run(Plan.objects.get(pk=plan.pk))
    return plan


def test_who_agreed_to_fewer_than_she_has_stops_no_version(world):
    """It gives her nobody new, and a child without a proposal keeps her: another reckoning would say the same for ever."""
    plan = lowered(world)
    activate_plan(plan_id=plan.pk, **acts.who(world, "officer"))
    assert Pair.objects.filter(to_on=None).count() == 2


def one_died(world):
    """A class of one seat: its child died; another waits."""
    what = acts_classes.a_class(world, seats=1)
    for name in (world.register.child.name, child(world, "排队孩子").name):
        classes.enrol_child(**what, name=name, asked_by="监护人", **acts_classes.who(world))
    Person.objects.filter(pk=world.register.child.pk).update(died_on=DAY)
    return what


def states():
    return dict(Enrolment.objects.values_list("child__name", "state"))


def test_the_seat_of_a_child_who_died_is_theirs_who_wait_before_anybody_new(world):
    what = one_died(world)
    child(world, "新来孩子")
    classes.enrol_child(**what, name="新来孩子", asked_by="监护人", **acts_classes.who(world))
    assert states() == {world.register.child.name: "in_class", "排队孩子": "in_class", "新来孩子": "waits_seat"}
    one = queries.listed(acts_classes.who(world)["by"]).get()
    assert (one.n_in, one.n_waits, queries.roll_of(CareClass.objects.get()).count()) == (1, 1, 2), "the list counts whom the roll shows"


def test_counting_the_dead_the_seat_is_nobodys(world, monkeypatch):
    """Negative control."""
    what = one_died(world)
    monkeypatch.setattr(queries, "free_seats", lambda care_class: care_class.seats - care_class.roll.filter(state="in_class").count())
    child(world, "新来孩子")
    classes.enrol_child(**what, name="新来孩子", asked_by="监护人", **acts_classes.who(world))
    assert states()["排队孩子"] == "waits_seat"
