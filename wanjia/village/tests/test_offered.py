"""What pages of the village offer: only what their reader may do, today, with what is known already in its place."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.worlds import World
from wanjia.registry.models import Membership

from ..bodies.homes import sought
from ..branch_states import CleanUpState
from ..models import CleanUp, VillagePlan
from ..plan_states import PlanState
from ..point_states import SchemeState
from . import branch_factories, plan_factories, point_factories, poll_factories
from .factories import DAY, meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """The house's world."""
    return World()


def page(user, name, *args):
    """What somebody reads at an address."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"village:{name}", args=args)).content.decode()


def test_only_whoever_keeps_meetings_is_offered_to_call_one_and_to_take_the_roll(world):
    held = meeting(world, "meeting_opened")
    assert "通知开会" in page(world.visitor, "meetings") and "全到了" in page(world.visitor, "meeting", held.pk)
    assert "通知开会" not in page(world.clerk, "meetings") and "全到了" not in page(world.clerk, "meeting", held.pk)


def test_only_whoever_keeps_a_polls_roll_is_led_to_it(world):
    one = poll_factories.poll(world)
    roll = reverse("village:poll_roll", args=[one.pk])
    assert roll in page(world.visitor, "poll", one.pk) and roll not in page(world.clerk, "poll", one.pk)


def test_whoever_has_one_village_is_not_asked_which(world):
    shown = page(world.visitor, "fee_rule_new")
    assert f'<input type="hidden" name="village" value="{world.datong.pk}"' in shown and '<select name="village"' not in shown


def test_the_next_clause_has_the_next_number(world):
    one = point_factories.scheme(world, SchemeState.DRAFT)
    last = max(one.items.values_list("clause", flat=True))
    assert f'name="clause" value="{last + 1}"' in page(world.visitor, "clause_new", one.pk)


def test_the_next_aspect_and_item_of_a_plan_have_the_next_number(world):
    one = plan_factories.plan(world, PlanState.DRAFT)
    assert 'name="n" value="2"' in page(world.register.yang, "aspect_write", one.pk)
    one.works.update(n=7)
    assert 'name="n" value="8"' in page(world.register.yang, "work_write", one.pk)


def test_a_plan_says_since_when_it_is_in_force(world):
    one = plan_factories.plan(world)
    assert f"{one.from_on} 起" in page(world.clerk, "village_plan", one.pk)
    VillagePlan.objects.filter(pk=one.pk).update(state=PlanState.ENDED, to_on=one.from_on + timedelta(days=9))
    assert f"{one.from_on} – {one.from_on + timedelta(days=9)} 前" in page(world.clerk, "village_plan", one.pk), "the day on which the next one began is not its own"


def test_a_section_is_counted_from_the_day_of_the_clean_up_on(world):
    one = branch_factories.cleanup(world, CleanUpState.PLANNED)
    CleanUp.objects.update(day=DAY + timedelta(days=400))
    assert "还没有到清扫那一天。" in page(world.visitor, "cleanup_count", one.pk), "its form does not open before it"
    CleanUp.objects.update(day=DAY)
    assert "还没有到清扫那一天。" not in page(world.visitor, "cleanup_count", one.pk)


@pytest.mark.parametrize("text", ["王建国", "建国", "wangjianguo", "WJG"])
def test_a_home_is_found_by_a_grown_up_of_it(world, text):
    """The control of the next: the same question, of somebody whom no file protects."""
    assert Membership.objects.filter(sought(text, "household"), household=world.register.home).exists()


@pytest.mark.parametrize("text", ["王小雨", "小雨", "王小", "雨", "wangxiaoyu", "WXY"])
def test_no_home_is_found_by_a_childs_name(world, text):
    """Whoever typed it would learn where the child lives, letter by letter, and no line would say so."""
    assert world.register.child.name == "王小雨"
    assert not Membership.objects.filter(sought(text, "household")).exists()


def test_no_home_is_found_by_a_number_of_somebody(world):
    last = world.register.head.citizen_last4
    assert last and not Membership.objects.filter(sought(last, "household")).exists()
