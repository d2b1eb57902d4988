"""`wanjia retime` counts anew what the calendar moves, in the name of who keeps it."""

import pytest

from wanjia.casework.models import Step
from wanjia.casework.tests.factories import World
from wanjia.casework.tests.test_retiming import NEEDS, THURSDAY, published, waiting
from wanjia.site import cli


@pytest.fixture
def world(db):
    return World()


@pytest.mark.parametrize(("who", "code"), [("ledger", 0), ("clerk", 2)])
def test_the_command_line_goes_on_in_the_name_of_who_keeps_the_calendar(world, monkeypatch, capsys, who, code):
    published(world)
    monkeypatch.setattr("django.utils.timezone.now", lambda: THURSDAY)
    assert cli.main(["retime", "--by", getattr(world, who).username, "--json"]) == code
    assert waiting() == (0 if code == 0 else NEEDS)
    if code == 0:
        assert set(Step.objects.filter(act="retime").values_list("by_name", flat=True)) == {world.ledger.name}
        assert "国办发明电 2027" in Step.objects.filter(act="retime").first().words
