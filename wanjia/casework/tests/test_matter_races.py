"""Two people at one matter at the same moment, on both databases: one acts, the other is told a sentence, and no need stands in two or is lost."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from wanjia.casework import commands as spine
from wanjia.kernel.tests.crowds import beside
from wanjia.orgs.roles import Role
from wanjia.verdict import Conflict, Refused

from ..assignment.commands import accept_need
from ..checking import matters as check
from ..checking.queries import needs as check_needs
from ..handling.commands import report_done
from ..matters import commands as matters
from ..models import Matter, Need, Step
from .clock_acts import fresh
from .factories import World, later, worker
from .matter_acts import numbers, roads
from .walk import DONE

pytestmark = pytest.mark.slow


@pytest.fixture
def three(races):
    """Three needs of one hamlet, a second clerk, and the small world."""
    world = World()
    return world, roads(world, 3), worker("xisha2", "刘台账", world.township, Role.TOWNSHIP_WORKER)


def whole():
    return [*check.faults(later(9).date()), *check_needs(later(9).date())]


def test_two_who_put_one_need_into_two_matters_at_once_are_one_and_a_sentence(three):
    world, (a, b, c), other = three
    (told,) = beside(
        lambda: matters.group_needs(**numbers(a, b), by=fresh(world.clerk), at=later(4)),
        lambda: matters.group_needs(**numbers(c, b), by=fresh(other), at=later(4)),
    )
    assert f"{b.number} 已经并进了别的事项" in str(told.reason)
    assert Matter.objects.count() == 1 and Need.objects.filter(matter__isnull=False).count() == 2 and whole() == []


def test_one_puts_in_while_another_takes_out(three):
    """Either the third comes first and the matter goes on with two, or it is taken apart first and the third is told so."""
    world, (a, b, c), other = three
    matter = matters.group_needs(**numbers(a, b), by=fresh(world.clerk), at=later(4))
    stopped = beside(
        lambda: matters.add_to_matter(matter_id=matter.pk, **numbers(c), by=fresh(world.clerk), at=later(5)),
        lambda: matters.leave_matter(matter_id=matter.pk, need=a, by=fresh(other), at=later(5)),
    )
    matter.refresh_from_db()
    there = Need.objects.filter(matter=matter).count()
    assert (there, matter.ended_at is None, len(stopped)) in ((2, True, 0), (0, False, 1)) and whole() == []


def test_two_take_the_same_need_out_at_once(three):
    world, (a, b, c), other = three
    matter = matters.group_needs(**numbers(a, b), by=fresh(world.clerk), at=later(4))
    matters.add_to_matter(matter_id=matter.pk, **numbers(c), by=fresh(world.clerk), at=later(5))
    (told,) = beside(*(
        lambda by=by: matters.leave_matter(matter_id=matter.pk, need=a, by=fresh(by), at=later(6)) for by in (world.clerk, other)
    ))  # fmt: skip
    assert "不在这个事项里" in str(told.reason)
    assert Step.objects.filter(need=a, act="ungroup").count() == 1 and whole() == []


def test_a_need_is_reported_while_it_is_put_together_and_both_stand(races):
    """Done and joined at the same moment: each has its line, one after the other, and neither takes the other's word away."""
    world = World()
    a, b = roads(world, 2, "accepted")
    stopped = beside(
        lambda: matters.group_needs(**numbers(a, b), by=fresh(world.clerk), at=later(4)),
        lambda: report_done(need_id=a.pk, by=fresh(world.handler), at=later(4), **DONE),
    )
    a.refresh_from_db()
    assert stopped == [] and (a.state, a.matter is not None) == ("done_reported", True)
    assert [step.n for step in a.steps.order_by("n")] == list(range(1, a.version + 1)) and whole() == []


def test_two_put_the_same_needs_in_other_orders_together_and_neither_waits_for_ever(three):
    """Locks are taken in the order of keys, whatever order the numbers are written in."""
    world, (a, b, c), other = three
    stopped = beside(
        lambda: matters.group_needs(**numbers(a, b, c), by=fresh(world.clerk), at=later(4)),
        lambda: matters.group_needs(**numbers(c, b, a), by=fresh(other), at=later(4)),
    )
    assert len(stopped) == 1 and Matter.objects.count() == 1 and whole() == []


@pytest.mark.spoils
def test_without_the_lock_the_version_alone_tells_them_apart(three, monkeypatch):
    """Negative control: read unlocked, both find the need free; only the version then stops the second, and says nothing of a matter."""
    world, (a, b, c), other = three
    gate = threading.Barrier(2)

    def unlocked(keys, at):
        rows = []
        for need in Need.objects.select_related("village", "holder").filter(pk__in=list(keys)).order_by("pk"):
            need.was = spine.facts_of(need)
            rows.append((need, at))
        if connection.vendor == "postgresql":
            gate.wait()
        return rows

    monkeypatch.setattr(matters, "take_all", unlocked)
    stopped = beside(
        lambda: matters.group_needs(**numbers(a, b), by=fresh(world.clerk), at=later(4)),
        lambda: matters.group_needs(**numbers(c, b), by=fresh(other), at=later(4)),
    )
    if connection.vendor == "postgresql":
        assert [type(one) for one in stopped] == [Conflict]
    else:  # writers are alone by nature there
        assert len(stopped) == 1 and isinstance(stopped[0], Refused)


def test_a_report_for_all_beside_one_that_is_signed_for(races):
    """A need that is signed for while the report runs is in it or named with its reason; never half."""
    world = World()
    a, b = roads(world, 2, "accepted")
    late = roads(world, 3, "assigned")[2]
    matter = matters.group_needs(**numbers(a, b, late), by=fresh(world.clerk), at=later(4))
    answers = []
    stopped = beside(
        lambda: answers.append(matters.report_matter(matter_id=matter.pk, by=fresh(world.handler), at=later(5), **DONE)),
        lambda: accept_need(need_id=late.pk, by=fresh(world.handler), at=later(5)),
    )
    late.refresh_from_db()
    [answer] = answers
    assert stopped == [] and {a.number, b.number} <= set(answer["done"])
    assert (late.state == "done_reported") is (late.number in answer["done"]) and whole() == []


def crossing(world, need, matter, *, no_key):
    """One hand writes a line of a need of this matter while another, that has the matter, waits for the need; return what stopped them."""
    has_need, has_matter, stopped = threading.Event(), threading.Event(), []
    patience = 60 if connection.vendor == "postgresql" else 0.5  # seconds; where writers are alone by nature, nobody comes

    def writes():
        one, at = spine.take(need.pk, later(6))
        has_need.set()
        has_matter.wait(patience)
        spine.note_step(one, "urge", by=fresh(world.clerk), at=at)

    def takes_apart():
        has_need.wait(patience)
        Matter.objects.select_for_update(no_key=no_key).get(pk=matter.pk)
        has_matter.set()
        list(spine.take_all([need.pk], later(6)))

    def run(does):
        try:
            with transaction.atomic():
                does()
        except OperationalError as error:
            stopped.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in (writes, takes_apart)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return stopped


def test_a_line_of_a_need_does_not_wait_for_who_takes_its_matter_apart(three):
    world, (a, b, _c), _other = three
    matter = matters.group_needs(**numbers(a, b), by=fresh(world.clerk), at=later(4))
    assert crossing(world, a, matter, no_key=True) == []


@pytest.mark.spoils
def test_with_its_key_locked_too_the_two_would_wait_for_each_other(three):
    """Negative control: PostgreSQL ends one of two that wait for each other."""
    world, (a, b, _c), _other = three
    matter = matters.group_needs(**numbers(a, b), by=fresh(world.clerk), at=later(4))
    assert len(crossing(world, a, matter, no_key=False)) == (connection.vendor == "postgresql")
