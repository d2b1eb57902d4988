"""Changes by hand and repairs: what they cost is what the referee counts; what was shown is what is done; who marks himself is refused."""

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.house.worlds import World
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.schools.gates.commands import mark_duty
from wanjia.schools.models import Attendance, DutySwap, GateAlarm, GateDuty, Guard
from wanjia.schools.rostering import commands, pages, queries
from wanjia.schools.rostering.plans import breaches, score
from wanjia.schools.rostering.questions import cell_of, of_absence, of_duty
from wanjia.solving.models import Standing
from wanjia.solving.standing.commands import activate_plan
from wanjia.verdict import Conflict, Refused

from .acts_roster import asked, away, two
from .gate_factories import DAY, drawn, duty, roster

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def who(world, name="headmaster", at=MONDAY):
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": at}


def test_a_price_by_hand_is_what_the_referee_counts(world):
    """Twenty-five edits, each by the option's price: the score of the whole part moves by exactly that, and no rule is newly broken."""
    roster(world)
    dice, done = random.Random(7), 0
    duties = list(GateDuty.objects.filter(party__in=("teacher", "police", "guard"), day__gt=DAY).order_by("pk"))
    while done < 25:
        one = dice.choice(duties)
        one.refresh_from_db()
        before = of_duty(one, MONDAY)
        able = [each for each in before.options(one) if each.price is not None and not each.stands_here]
        if not able:
            continue
        choice, done = dice.choice(able), done + 1
        problem = before.standing(free=[cell_of(one)]).problem
        old = score(problem, before.whole).total
        commands.give_duty(gate_duty_id=one.pk, guard=Guard.objects.get(pk=choice.guard), **who(world, "gates"))
        after = before.whole | {cell_of(one): choice.guard}
        assert score(problem, after).total - old == choice.price
        assert not breaches(problem, after)
        fresh = of_duty(GateDuty.objects.get(pk=one.pk), MONDAY)
        assert fresh.whole == after


def test_an_absence_names_three_and_both_ways_and_what_is_taken_is_what_was_shown(world):
    one = duty(world)
    absence = commands.tell_away(**away(world), **who(world))
    lost = list(absence.lost.order_by("from_at"))
    assert lost and all(each.guard is None for each in lost) and one.pk in {each.pk for each in lost}
    question = of_absence(absence, MONDAY)
    assert question.substitutes(lost[0]), "somebody is named"
    found = question.mended(absence)
    assert len(found.fewest.changed) <= len(found.best.changed) and found.fewest.open_seats <= len([1 for each in question.whole.values() if each is None])
    shown = {cell: found.fewest.roster.plan[cell] for cell in found.fewest.changed if cell in question.rows}
    commands.mend_absence(guard_absence_id=absence.pk, way="fewest", seen=queries.stamp(absence), **who(world))
    for cell, guard in shown.items():
        assert str(GateDuty.objects.get(pk=question.rows[cell].pk).guard_id) == str(guard)
    assert not GateDuty.objects.filter(pk__in=[each.pk for each in lost], guard=None).exists()
    assert not GateDuty.objects.filter(day__lt=lost[0].day, plan=lost[0].plan).exclude(version=0).exists(), "nothing before"
    assert not GateAlarm.objects.filter(covered_at=None).exists()


def test_an_absence_whose_days_a_new_version_drew_anew_is_mended_no_more(world):
    """The new version knows that he is away: what the old one lost is nobody's to mend, and asking for it is a sentence, no fault."""
    absence = commands.tell_away(**away(world), **who(world))
    one = drawn(world, since=DAY + timedelta(days=1))
    activate_plan(plan_id=one.pk, **who(world, "gates"))
    assert absence.lost.exists()
    with pytest.raises(Refused, match="没有留下"):
        commands.mend_absence(guard_absence_id=absence.pk, way="fewest", **who(world))


def test_a_repair_that_comes_out_otherwise_is_refused(world):
    absence = commands.tell_away(**away(world), **who(world))
    with pytest.raises(Conflict, match="刚刚变了"):
        commands.mend_absence(guard_absence_id=absence.pk, way="fewest", seen="77", **who(world))


def test_whoever_comes_after_all_has_his_duties_again(world):
    one = duty(world)
    absence = commands.tell_away(**away(world), **who(world))
    commands.take_back(guard_absence_id=absence.pk, **who(world))
    back = GateDuty.objects.get(pk=one.pk)
    assert back.guard == one.guard and back.lost is None


def test_a_night_asks_for_rest(world):
    one = duty(world)  # Wednesday from 07:10
    facts = {"from_on": DAY + timedelta(days=1), "until_on": DAY + timedelta(days=2), "from_at": "20:00", "until_at": "06:00"}
    commands.tell_away(guard_id=one.guard_id, why="night", way="phone", **facts, **who(world))
    one.refresh_from_db()
    assert one.guard is None


def test_another_duty_ends_when_it_ends(world):
    """The negative control: without the night there is no rest."""
    one = duty(world)
    facts = {"from_on": DAY + timedelta(days=1), "until_on": DAY + timedelta(days=2), "from_at": "20:00", "until_at": "06:00"}
    commands.tell_away(guard_id=one.guard_id, why="duty", way="phone", **facts, **who(world))
    one.refresh_from_db()
    assert one.guard is not None


def test_an_exchange_is_approved_by_another_hand(world):
    waits = asked(world)
    swap = DutySwap.objects.get(pk=waits["duty_swap_id"])
    first, second = swap.one.guard_id, swap.other.guard_id
    with pytest.raises(Refused, match="由别人批准"):
        commands.decide_swap(**waits, **who(world))
    commands.decide_swap(**waits, **who(world, "gates"))
    swap.refresh_from_db()
    assert (GateDuty.objects.get(pk=swap.one_id).guard_id, GateDuty.objects.get(pk=swap.other_id).guard_id, swap.state) == (second, first, "swap_agreed")


def test_an_exchange_shows_its_price_before_it_is_asked_and_before_it_is_approved(world, client):
    what = two(world)
    one, other = GateDuty.objects.get(pk=what["gate_duty_id"]), what["other"]
    price, why = of_duty(one, MONDAY).exchange(one, other)
    rows, plan = of_duty(one, MONDAY), of_duty(one, MONDAY).whole
    after = plan | {cell_of(one): plan[cell_of(other)], cell_of(other): plan[cell_of(one)]}
    assert why == "" and score(rows.problem, after).total - score(rows.problem, plan).total == price, "what the referee counts"
    shown = {duty.pk: said for duty, *said in pages.of_swap(asking(world, "headmaster"), one)["exchanges"]}
    assert shown and all((said[0] is None) == bool(said[1]) for said in shown.values())
    assert shown.get(other.pk, [price, ""]) == [price, ""]
    swap = commands.ask_swap(**what, both=True, reason="有事", **who(world))
    assert pages.of_decision(asking(world, "gates"), swap)["price"] == price
    commands.decide_swap(duty_swap_id=swap.pk, agree=False, answer="人手不够", **who(world, "gates"))
    swap.refresh_from_db()
    assert pages.of_decision(asking(world, "gates"), swap)["price"] is None, "once it is answered there is nothing to weigh"


def asking(world, name):
    """A request of somebody at the world's moment."""
    return SimpleNamespace(user=User.objects.get(pk=getattr(world, name).pk), at=MONDAY, day=DAY)


def test_an_exchange_that_breaks_a_rule_is_not_asked(world):
    one = two(world)
    held = one["other"]
    clash = GateDuty.objects.filter(plan=held.plan, guard=held.guard).exclude(pk=held.pk).first()
    GateDuty.objects.filter(pk=one["gate_duty_id"]).update(day=clash.day, from_at=clash.from_at, to_at=clash.to_at, going=clash.going, n=9)
    with pytest.raises(Refused):
        commands.ask_swap(**one, both=True, reason="有事", **who(world))


def test_a_second_tap_puts_the_first_right(world):
    one = duty(world, day=DAY, going=True)
    at = MONDAY + timedelta(hours=8, minutes=30)
    for came in (False, True):
        mark_duty(gate_duty_id=one.pk, came=came, **who(world, at=at))
    mark = Attendance.objects.get()
    assert mark.came and mark.version == 1


def test_versions_do_not_touch_who_came(world):
    one = duty(world, day=DAY, going=True)
    mark_duty(gate_duty_id=one.pk, came=True, **who(world, at=MONDAY + timedelta(hours=8, minutes=30)))
    second = drawn(world, since=DAY + timedelta(days=2))
    Standing.objects.update(plan=second)
    assert Attendance.objects.get().guard == one.guard


def test_an_exchange_is_of_the_two_who_agreed(world):
    """Somebody else was put on the duty meanwhile: nobody asked him, and the exchange that waited is over."""
    waits = asked(world)
    swap = DutySwap.objects.get(pk=waits["duty_swap_id"])
    third = next(each for each in of_duty(swap.one, MONDAY).options(swap.one) if each.rule is None and not each.stands_here and each.guard != str(swap.other.guard_id))
    commands.give_duty(gate_duty_id=swap.one_id, guard=Guard.objects.get(pk=third.guard), **who(world, "gates"))
    with pytest.raises(Refused, match="已经有结果"):
        commands.decide_swap(**waits, **who(world, "gates"))
    swap.refresh_from_db()
    assert (swap.state, swap.answer) == ("swap_declined", "岗上的人换了,要换请重新提。")
    assert str(GateDuty.objects.get(pk=swap.one_id).guard_id) == third.guard


def test_who_falls_ill_exchanges_nothing(world):
    waits = asked(world)
    swap = DutySwap.objects.get(pk=waits["duty_swap_id"])
    day = swap.other.day
    commands.tell_away(guard_id=swap.other.guard_id, from_on=day, until_on=day, why="ill", way="phone", **who(world))
    swap.refresh_from_db()
    assert swap.state == "swap_declined" and GateDuty.objects.get(pk=swap.other_id).guard is None
