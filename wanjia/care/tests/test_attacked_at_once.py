"""Two at once on one helper, one roll, one box of shoes: what is the last is given once, who leaves leaves nobody; on both databases."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.house.worlds import World
from wanjia.care import locking
from wanjia.care.classes import commands as rolls
from wanjia.care.gifts import commands as gifts
from wanjia.care.gifts import queries as shoes
from wanjia.care.gifts import rules as given
from wanjia.care.helpers.commands import leave_helper
from wanjia.care.models import Entitled, Gift, Helper, Pair, Presence, Session
from wanjia.care.pairing import commands, rules
from wanjia.kernel.tests.crowds import beside, wait_for
from wanjia.registry.models import Person
from wanjia.solving.standing.commands import activate_plan

from . import acts_classes as classes
from . import acts_gifts as boxes
from . import acts_pairing as acts


def crowd(places):
    """Two children who are to have somebody, and one helper with so many places."""
    world = World()
    other = world.register.join("王小二", "儿子", acts.MONDAY.date() - timedelta(days=365 * 9), 40)
    for child in (world.register.child, other):
        acts.disabled(world, child)
    acts.entitled(world)
    return world, acts.able(world, capacity=places), list(Entitled.objects.order_by("pk"))


@pytest.fixture
def slowly(monkeypatch):
    """Whoever has judged waits until the other has judged too, or a second: where the row is held, the other comes after. Where it is not, a busy machine has longer."""

    def both(module, name, wait=1):
        judged, looked = getattr(module, name), threading.Barrier(2)

        def asked(*facts, **named):
            verdict = judged(*facts, **named)
            with suppress(threading.BrokenBarrierError):
                looked.wait(wait)
            return verdict

        monkeypatch.setattr(module, name, asked)

    return both


def pair_each(world, one, rows):
    return beside(*(lambda row=row, how=acts.who(world): commands.pair_child(entitled_id=row.pk, helper=one, **how) for row in rows))


def test_two_children_at_once_for_the_last_place(races, slowly):
    world, one, rows = crowd(1)
    slowly(rules, "may_take")
    assert len(pair_each(world, one, rows)) == 1
    assert Pair.objects.filter(helper=one, to_on=None).count() == 1


def test_without_the_helper_s_row_held_she_has_one_too_many(races, slowly, monkeypatch):
    """Negative control, where two transactions overlap at all."""
    if connection.vendor == "sqlite":
        pytest.skip("writers are alone by nature")
    world, one, rows = crowd(1)
    monkeypatch.setattr(commands, "_held", lambda keys: {each.pk: each for each in Helper.objects.filter(pk__in=keys)})
    slowly(rules, "may_take", wait=30)
    assert pair_each(world, one, rows) == []
    assert Pair.objects.filter(helper=one, to_on=None).count() == 2


def test_a_child_given_while_the_helper_leaves(races, slowly):
    """Either she has left and takes nobody, or she has a child and stays."""
    world, one, rows = crowd(3)
    slowly(rules, "may_take")
    refusals = beside(
        lambda how=acts.who(world): commands.pair_child(entitled_id=rows[0].pk, helper=one, **how),
        lambda how=acts.who(world): leave_helper(helper_id=one.pk, reason="调到外县", **how),
    )  # fmt: skip
    one.refresh_from_db()
    assert len(refusals) == 1 and (one.to_on is None) == Pair.objects.filter(to_on=None).exists()


def test_a_version_in_force_beside_a_pair_by_hand(races, slowly):
    """A version that fills her place, and a hand that gives it to somebody else: one of them is refused, whole."""
    world, one, rows = crowd(1)
    acts.runs.start_process = lambda *_words: None
    plan = commands.draw_pairs(area=world.county, **acts.who(world))
    acts.process.run(acts.Plan.objects.get(pk=plan.pk))
    placed = acts.PairProposal.objects.get(plan=plan, helper__isnull=False).child_id
    row = next(row for row in rows if row.child_id != placed)
    slowly(rules, "may_take")
    beside(lambda how=acts.who(world, "officer"): activate_plan(plan_id=plan.pk, **how), lambda how=acts.who(world): commands.pair_child(entitled_id=row.pk, helper=one, **how))
    assert Pair.objects.filter(helper=one, to_on=None).count() == 1


def behind(patience=2):
    """A child who was asked after comes while somebody ends the session: the end is written and not yet through. Return the refusals of the mark."""
    if connection.vendor == "sqlite":
        pytest.skip("writers are alone by nature")
    world = World()
    presence = classes.called(world)["presence_id"]
    rolls.mark_presence(presence_id=presence, result="not_here", **classes.who(world))
    rolls.mark_presence(presence_id=presence, result="found", words="在奶奶家", **classes.who(world))
    session, ended, marked, how = Session.objects.get().pk, threading.Event(), threading.Event(), classes.who(world)

    def end():
        with transaction.atomic():
            rolls.close_session(session_id=session, **classes.who(world))
            ended.set()
            wait_for(marked, patience)  # whoever marks waits for this one, who waits for nobody for ever

    def mark():
        ended.wait(60)
        try:
            rolls.mark_presence(presence_id=presence, result="present", **how)
        finally:
            marked.set()

    return beside(end, mark)


def test_no_child_comes_behind_a_closed_roll(races):
    assert [str(one) for one in behind()] == ["今天的课已经下课。"]
    assert (Session.objects.get().state, Presence.objects.get().state) == ("session_closed", "found")


def test_without_the_session_held_a_child_stands_behind_it(races, monkeypatch):
    """Negative control: there, and no alarm anywhere."""
    monkeypatch.setattr(locking, "hold", lambda *_outer, **_within: None)
    assert behind(patience=60) == []
    assert (Session.objects.get().state, Presence.objects.get().state) == ("session_closed", "present")


def last_pair():
    """One pair of a size has come and two pupils wear it: one of them is handed it, the other's is sent after it. Return the refusals and how many are left."""
    world = World()
    school = boxes.school(world)
    gone = Person.objects.create(name="李某", birth_on=acts.MONDAY.date() - timedelta(days=365 * 10), school_name=school.name, grade="四年级", village=world.datong, registered_at=acts.MONDAY)
    what = boxes.opened(world)
    gifts.note_sizes(**what, sizes={str(row.pk): "34" for row in Gift.objects.all()}, **acts.who(world, "clerk"))
    gifts.order_things(**what, **acts.who(world, "clerk"))
    gifts.note_stock(**what, counts={"34": 1}, **acts.who(world, "clerk"))
    stays, leaves = Gift.objects.exclude(child=gone).get(), Gift.objects.get(child=gone)
    refusals = beside(
        lambda how=acts.who(world, "clerk"): gifts.hand_out(**what, got={str(stays.pk): "34"}, witness="周老师", **how),
        lambda how=acts.who(world, "clerk"): gifts.leave_roll(gift_id=leaves.pk, reason="转学", goes="gift_follows", **how),
    )  # fmt: skip
    return refusals, shoes.left_of(stays.distribution)["34"]


def test_the_last_pair_is_not_handed_out_and_sent_away_too(races, slowly):
    slowly(given, "is_there")
    refusals, left = last_pair()
    assert len(refusals) == 1 and left == 0


def test_without_the_distribution_held_more_is_given_than_came(races, slowly, monkeypatch):
    """Negative control."""
    if connection.vendor == "sqlite":
        pytest.skip("writers are alone by nature")
    monkeypatch.setattr(locking, "hold", lambda *_outer, **_within: None)
    slowly(given, "is_there")
    assert last_pair() == ([], -1)
