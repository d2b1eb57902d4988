"""A child's name is spelt out by no search: beside initials on a list, each letter that finds or does not find would tell one more."""

import pytest
from django.db.models import Q

from wanjia.registry import finding
from wanjia.registry.people.queries import people_found

from .acts import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("typed", ["王", "王小", "王小雨", "wangxiaoy", "wangxiaoyu"])
def test_no_search_spells_a_childs_name_for_whoever_opens_no_file(world, typed):
    child = world.register.child
    assert child not in people_found(world.caller, typed)
    assert child in people_found(world.clerk, typed)


def test_initials_find_a_child_as_lists_show_them(world):
    assert world.register.child in people_found(world.caller, "wxy")
    assert world.register.head in people_found(world.caller, "王建")


def test_without_the_fence_the_name_is_spelt_out(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(finding, "grown_up", lambda: Q(pk__isnull=False))
    assert [world.register.child in people_found(world.caller, typed) for typed in ("王小雨", "王小雪", "wangxiaoy", "wangxiaox")] == [True, False] * 2
