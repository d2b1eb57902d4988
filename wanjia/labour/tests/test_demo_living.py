"""What the demo plants of labour, and where work lies as a file and a form say it alike."""

from datetime import date

import pytest

from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.registry.households.commands import add_member
from wanjia.registry.models import Absence, Person

from ..demo import living
from ..models import Spell, Worker
from ..states import Place
from ..workers import asking, rules
from .factories import recounted, registry, told

SAID = []


@pytest.fixture
def township(db):
    """The register's small world with six more grown-ups and nobody on the roll; its moments are before the demo's."""
    world = registry.World()
    for n in range(6):
        add_member(household_id=world.home.pk, relation="其他", name=f"王试{'甲乙丙丁戊己'[n]}", citizen_id=registry.number(date(1985 + n, 3, 1), 100 + n), by=world.li, at=registry.NOW)
    return world


def test_grown_ups_of_the_township_are_on_the_roll_up_to_yesterday(township):
    told_of = living.live("530625", SAID.append)
    assert told_of["labourers"] == Worker.objects.count() > 3 and told() == recounted()
    assert not Worker.objects.filter(person__in=[one for one in Person.objects.all() if one.is_protected]).exists()
    yesterday = today(living._yesterday())
    assert not Spell.objects.filter(from_on__gt=yesterday).exists() and not Worker.objects.filter(verified_on__gt=yesterday).exists()
    before = Entry.objects.count()
    assert not living.live("530625", SAID.append) and Entry.objects.count() == before


def test_whoever_the_register_says_is_away_works_there(township):
    person = Person.objects.get(name="王试甲")
    Absence.objects.create(person=person, place="江苏省苏州市", from_on=date(2026, 2, 1), recorded_at=registry.NOW)
    worker = Worker(person=person, village_id=township.datong.code)
    assert living._where(worker, living.random.Random(1))[:2] == ("outside", "320000")


def test_nothing_is_planted_where_there_is_no_such_township(db):
    assert not living.live("530627", SAID.append)


@pytest.mark.parametrize(("place", "area", "allowed"), [
    ("outside", "330000", True), ("outside", "330200", True), ("outside", "441900", True), ("outside", "530111", False), ("outside", "530625", False),
    ("province", "530000", True), ("province", "530111", True), ("province", "530602", False), ("city", "530602", True), ("city", "530625", False),
    ("county", "530625", True), ("county", "530602", False), ("abroad", "MM", True), ("outside", "MM", False), ("abroad", "", True),
])  # fmt: skip
def test_a_place_that_a_file_brought_may_stand_when_a_form_corrects_the_rest(place, area, allowed):
    assert bool(rules.lies_there(Place(place), area, "530625202201")) is allowed


def test_a_form_offers_the_place_that_stands_and_says_it_in_words(township):
    row = Spell(worker=Worker(village_id=township.datong.code), area="441900")
    offered = dict(asking.area_choices(row, None, None))
    assert offered["441900"] == "广东东莞市" and offered["530625"] == "永善县" and "330000" in offered
    assert "441900" not in dict(asking.area_choices(Spell(worker=row.worker, area=""), None, None))
    assert [asking.area_words(code) for code in ("330000", "MM", "", "530625")] == ["浙江", "缅甸", "", "云南永善县"]
