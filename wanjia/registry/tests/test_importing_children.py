"""What an import shows before it is confirmed tells nobody a child's name: neither one kept elsewhere nor one at home."""

from datetime import date
from types import SimpleNamespace

import pytest

from wanjia.registry.importing import households
from wanjia.registry.models import Person

from .factories import NOW

pytestmark = pytest.mark.django_db


def told(world, *, by, home, number, name="某某"):
    content = {"户编号": home.number, "姓名": name, "身份证号": number, "与户主关系": "子"}
    row = SimpleNamespace(content=content, village_code=home.village_id)
    memory = {"counts": {}}
    households.tell([row], SimpleNamespace(file_name="户.csv"), by, NOW, memory)
    return str(memory["changes"])


def test_a_guessed_number_brings_no_name_of_another_townships_child(world):
    child = world.child
    other = world.register("李大成", date(1980, 1, 2), 31)
    Person.objects.filter(pk=child.pk).update(village=world.elsewhere if hasattr(world, "elsewhere") else None)
    said = told(world, by=world.clerk, home=other, number=child.citizen_id)
    assert child.name not in said
    assert "新成员" in said


def test_a_child_that_changes_stands_by_initials(world):
    child = world.child
    said = told(world, by=world.clerk, home=world.home, number=child.citizen_id, name=child.name + "丫")
    assert child.name not in said
    assert child.shown_name[:2] in said
