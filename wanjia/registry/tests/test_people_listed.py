"""People as they are named and listed: how names sound and shorten, who sees whom in a list, what the check finds."""

import re
from datetime import date

import pytest
from django.db import connection

from wanjia.orgs.models import Level, Line, Tier
from wanjia.orgs.roles import Role

from ..models import Person
from ..names import initials_of, sounds_of
from ..people import checking, queries
from ..people.rules import visible_people
from .factories import NOW, TODAY, area, number, unit, worker


def test_names_sound_and_shorten():
    assert sounds_of("王建国") == ("wangjianguo", "wjg")
    assert sounds_of("阿卜杜·热合曼")[1] == "abdrhm"
    assert initials_of("王小雨") == "W.X.Y."


def test_a_school_sees_a_childs_initials_and_an_adults_name(world):
    assert (world.child.shown_name, world.child.shown_last4, world.child.shown_sex) == ("W.X.Y.", "", "")
    assert world.head.shown_name == "王建国"


@pytest.mark.parametrize(("role", "line", "whole"), [
    (Role.LEDGER_OFFICE, "", True), (Role.BUREAU_WORKER, Line.CIVIL, True), (Role.BUREAU_WORKER, Line.HOUSING, False),
])  # fmt: skip
def test_the_list_of_a_whole_county_shows_whom_its_reader_sees_and_nobody_else(world, role, line, whole):
    """The list goes by another index than the rule it stands for (see rules.all_visible_people)."""
    far = area("530602202201", "远村", Level.VILLAGE)
    away = Person.objects.create(name="赵远", village=far, registered_at=NOW)
    reader = worker("county", "县里", unit("县里的单位", Tier.COUNTY, world.county, line), role)
    for actor in (reader, world.li, world.stranger):
        shown, seen = queries.people_found(actor, ""), visible_people(actor).filter(merged_into=None)
        assert set(shown) == set(seen)
        assert away not in shown
    assert ({world.head, world.wife, world.child} <= set(queries.people_found(reader, ""))) == whole


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how wide a reach is")
def test_a_county_is_not_sorted_for_one_page_of_its_list(world):
    reader = worker("county", "县里", unit("县里的单位", Tier.COUNTY, world.county), Role.LEDGER_OFFICE)
    found = queries.people_found(reader, "").order_by("pinyin", "born_shown", "pk")
    assert "village" not in found.explain().splitlines()[0].split("USING INDEX")[1]


@pytest.mark.parametrize(("stage", "child"), [("not_yet", True), ("vocational", True), ("dropped_out", True), ("primary", True), ("college", False), ("out", False), ("", False)])
def test_of_an_unknown_birth_the_stage_of_school_tells_a_child(stage, child):
    """A toddler before any school stood on every list by its name."""
    person = Person(name="王小明", schooling=stage)
    assert (person.is_protected, person.shown_name == "王小明") == (child, not child)


@pytest.mark.parametrize(("facts", "column"), [
    ({"birth_on": date(2015, 3, 7)}, "person.birth_on"), ({"birth_on": None}, "person.birth_on"), ({"citizen_last4": "0000"}, "person.citizen_last4"),
])  # fmt: skip
def test_the_check_finds_a_birth_that_is_not_that_of_the_number(world, facts, column):
    """By raw SQL a grown-up was made a child, and a child a grown-up whose telephone anybody may open."""
    person = Person.objects.create(name="刘大明", village=world.datong, registered_at=NOW, citizen_id=number(date(1980, 1, 2), 31), birth_on=date(1980, 1, 2))
    Person.objects.filter(pk=person.pk).update(citizen_last4=person.citizen_id[-4:])
    assert [one for one in checking.faults(TODAY) if one[0] == str(person.pk)] == []
    Person.objects.filter(pk=person.pk).update(**facts)
    ((_pk, found, is_, should),) = [one for one in checking.faults(TODAY) if one[0] == str(person.pk)]
    assert found == column
    assert not re.search(r"\d", f"{is_}{should}"), "neither date nor number is told"
