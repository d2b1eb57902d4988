"""What is heard of later changes days that are kept already: deaths after somebody left, statuses that are over when they are written down; a no that was said under the record that goes."""

from datetime import date

import pytest
from django.utils import timezone

from wanjia.registry.duplicates.commands import merge_people
from wanjia.registry.models import Person
from wanjia.registry.people import commands as people
from wanjia.registry.statuses import commands as statuses

from ..models import Month, Worker
from ..outreach.commands import opt_out
from ..outreach.queries import opted_out
from ..tallying import checking
from ..tallying.commands import keep_months
from ..workers import commands
from .factories import NOW, TODAY, later, wrote

ENTERED, LEFT = date(2026, 1, 1), date(2026, 6, 10)


@pytest.fixture
def kept(world, monkeypatch):
    """The small world on the roll since January, its months kept."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    wrote(Worker.objects.all(), entered_on=ENTERED)

    def keep():
        keep_months(at=NOW, most=10_000)
        assert Month.objects.exists() and not list(checking.faults(TODAY))

    world.keep = keep
    return world


def died(world, on):
    person = Person.objects.get(pk=world.head.pk)
    people.update_person(person_id=person.pk, version=person.version, died_on=on, by=world.li, at=NOW)


def moved_away(world):
    commands.take_off(worker_id=world.he.pk, because="moved", on=LEFT, by=world.li, at=NOW)


def test_a_death_before_he_left_takes_the_kept_months_along(kept):
    moved_away(kept)
    kept.keep()
    died(kept, date(2026, 3, 5))
    assert kept.anew(kept.he).left_on == date(2026, 3, 5)
    assert not list(checking.faults(TODAY)), "what is kept of March counts him still"


def test_who_left_before_he_died_is_not_counted_until_his_death(kept):
    moved_away(kept)
    kept.keep()
    died(kept, date(2026, 8, 20))
    he = kept.anew(kept.he)
    assert (he.left_on, he.left_because) == (LEFT, "moved")
    assert not list(checking.faults(TODAY))
    died(kept, None)
    assert kept.anew(kept.he).left_because == "moved", "taken back, he has moved away all the same"


def test_the_day_of_a_death_put_right_moves_the_day_of_leaving(kept):
    died(kept, date(2026, 8, 20))
    kept.keep()
    died(kept, date(2026, 3, 5))
    assert kept.anew(kept.he).left_on == date(2026, 3, 5)
    assert not list(checking.faults(TODAY))


def test_a_status_that_was_over_when_it_was_written_down_takes_the_kept_months_along(kept):
    kept.keep()
    told = {"household_id": kept.home.pk, "scheme": "lifted", "code": "lifted", "from_on": date(2021, 5, 1), "to_on": date(2026, 5, 20)}
    statuses.record_home_status(**told, by=kept.li, at=NOW)
    assert not kept.anew(kept.he).lifted
    assert not list(checking.faults(TODAY)), "what is kept of March to May does not know that the home was lifted"


def test_what_ends_beside_another_of_its_kind_takes_the_kept_months_along(kept):
    """A home watched under the old scheme and the new: the old one ends on a day that is past, and the home is watched before and after."""
    old = statuses.record_home_status(household_id=kept.home.pk, scheme="monitored", code="sudden", from_on=date(2025, 6, 1), by=kept.li, at=NOW)
    statuses.record_home_status(household_id=kept.home.pk, scheme="poverty_risk", code="at_risk", from_on=date(2026, 7, 1), by=kept.li, at=NOW)
    kept.keep()
    statuses.end_status(status_id=old.pk, on=date(2026, 2, 1), reason="退出", by=kept.li, at=later(hours=1))
    assert kept.anew(kept.he).watched
    assert not list(checking.faults(TODAY))


def test_whoever_wants_to_hear_no_more_hears_no_more_under_the_record_that_stays(world):
    """He said it under one of two records that turn out to be his; the control is his wife, who said nothing."""
    gone = world.register("王建国", date(1985, 3, 2), 55).memberships.get().person
    opt_out(worker_id=commands.enrol_worker(person_id=gone.pk, by=world.li, at=NOW).pk, by=world.li, at=NOW)
    merge_people(kept_id=world.head.pk, gone_id=gone.pk, reason="同一个人登记了两次", by=world.clerk, at=NOW)
    assert (opted_out(world.he), opted_out(world.she)) == (True, False)
