"""A small world of schools: one of education's units with its term, bells and gate; who answers for it."""

from datetime import date, time

from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker
from wanjia.schools.models import Bell, Gate, School, Term

START, END = date(2026, 9, 1), date(2027, 1, 16)


def of_education(world):
    """The unit of a school in the township."""
    return unit("细沙乡中心学校", Tier.TOWNSHIP, world.xisha, Line.EDUCATION)


def school(world, **facts):
    """The school stands: six grades of primary school."""
    given = {"area": world.datong, "address": "大同街1号", "grades": "1 2 3 4 5 6", "from_on": START} | facts
    return School.objects.get_or_create(unit=facts.pop("unit", None) or of_education(world), defaults=given)[0]


def headmaster(world):
    """Who answers for it."""
    return worker("xiaozhang", "文校长", of_education(world), Role.HEADMASTER)


def term(world, **facts):
    """The autumn term of the county."""
    return Term.objects.get_or_create(area=world.county, name="2026年秋季学期", defaults={"from_on": START, "to_on": END} | facts)[0]


def bell(world, **facts):
    """All grades come at half past seven and go at 17:40, Monday to Friday."""
    given = {"grades": "1 2 3 4 5 6", "weekdays": "12345", "arrives": time(7, 30), "leaves": time(17, 40), "from_on": START} | facts
    return Bell.objects.create(school=facts.pop("school", None) or school(world), **given)


def gate(world, **facts):
    """Its gate, on a road."""
    return Gate.objects.create(school=school(world), **{"name": "东门", "kind": "gate", "road": True, "from_on": START} | facts)
