"""How often a child is to be reached follows what the register is told, within the act that tells it."""

from datetime import date

import pytest

from wanjia.care.models import Pair, Rhythm
from wanjia.care.rhythms import commands as rhythms
from wanjia.care.rhythms import queries
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import User
from wanjia.registry.models import Parentage
from wanjia.registry.statuses import commands as statuses

from .acts_lines import paired

pytestmark = pytest.mark.django_db
DISABLED = {"scheme": "disability", "code": "hearing", "grade": "2", "from_on": date(2026, 11, 1), "evidence": "残疾人证"}


def in_company(world):
    paired(world)
    rhythms.keep_rhythms(children=[world.register.child.pk], by=rhythms.CLOCK, at=MONDAY)
    assert pace(world) == "others"


def pace(world):
    return Rhythm.objects.get(child=world.register.child, to_on=None).pace


def recorded(world):
    statuses.record_status(person_id=world.register.child.pk, by=User.objects.get(pk=world.visitor.pk), at=MONDAY, **DISABLED)


def test_a_status_of_the_child_moves_its_rhythm_at_once(world):
    in_company(world)
    recorded(world)
    assert (pace(world), list(queries.faults(MONDAY.date()))) == ("priority", [])


def test_it_does_so_while_the_child_has_nobody_for_a_few_days(world):
    in_company(world)
    Pair.objects.update(to_on=MONDAY.date(), end_reason="moved")
    recorded(world)
    assert pace(world) == "priority"


def test_without_the_telling_it_would_not(world, monkeypatch):
    in_company(world)
    monkeypatch.setattr(statuses, "people_changed", lambda *_people, **_who: None)
    recorded(world)
    assert pace(world) == "others"


def test_what_a_parent_is_told_of_is_followed_for_its_children(world):
    in_company(world)
    child, parent = world.register.child, world.register.wife
    Parentage.objects.filter(child=child).delete()
    assert list(queries.followed([parent.pk], MONDAY.date())) == []
    Parentage.objects.create(child=child, line="mother", parent=parent, recorded_at=MONDAY)
    assert list(queries.followed([parent.pk], MONDAY.date())) == [child.pk]
