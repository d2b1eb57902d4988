"""What the demo's own township finds of homes that changed: aid on an empty one, a person written down twice; planted once, by commands."""

from datetime import date

from django.utils import timezone

from wanjia.kernel.calendar import today

from ..aid.queries import on_empty_homes
from ..demo.changing import live
from ..duplicates.queries import candidates
from ..models import Membership
from ..statuses.commands import record_home_status
from .factories import NOW


def test_a_home_parts_and_a_person_is_written_down_twice_once(world):
    parts = world.register("陈大山", date(1970, 1, 5), 13)
    world.join("陈小山", "儿子", date(1996, 4, 6), 15, home=parts)
    for sequence, name in ((17, "刘一"), (19, "刘二")):
        world.register(name, date(1980, 1, sequence), sequence)
    status = record_home_status(household_id=parts.pk, scheme="relief", code="minimum", from_on=date(2026, 1, 1), by=world.li, at=NOW)
    assert live("530625", lambda said: None) == {"empty": 1, "doubles": 1}
    before = Membership.objects.count()
    assert not live("530625", lambda said: None) and Membership.objects.count() == before
    assert [one.pk for one in on_empty_homes(world.clerk, today(timezone.now()))] == [status.pk]
    assert len(candidates(world.clerk)) == 1
