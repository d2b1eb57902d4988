"""A school's own people see what was found on their own grounds, print the order, and say that it is mended; nobody sees another's; another hand looks again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.house.worlds import World
from wanjia.orgs.models import Line, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker
from wanjia.schools.campus import commands, queries, rules
from wanjia.schools.inspecting.commands import recheck_hazard
from wanjia.schools.inspection_states import HazardState
from wanjia.schools.models import Hazard, School, Venue
from wanjia.verdict import Refused

from .acts_campus import on_campus
from .factories import school
from .inspection_factories import DAY, MONDAY, hazard, leader

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def headmaster(world):
    return User.objects.get(pk=world.headmaster.pk)


def neighbour(world):
    """Who answers for another school of the same township."""
    of = unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION)
    School.objects.create(unit=of, area=world.datong, address="大同街2号", grades="1 2 3", from_on=DAY - timedelta(days=60))
    return worker("linxiao2", "林邻校", of, Role.HEADMASTER)


def shown(client, user, name="schools:campus", **where):
    client.force_login(user)
    return client.get(reverse(name, **where))


def test_the_headmaster_sees_it_with_its_day_and_prints_the_order(world, client):
    one = on_campus(world)
    page = shown(client, headmaster(world)).content.decode()
    assert one.words in page and f"{one.due_on:%Y-%m-%d} 前改" in page and reverse("schools:campus_mend", args=[one.pk]) in page
    paper = shown(client, headmaster(world), "schools:campus_order", args=[one.order_id])
    assert paper.status_code == 200 and paper["Content-Type"] == "application/pdf"


def test_his_desk_and_his_school_s_page_say_it(world, client):
    one = on_campus(world)
    client.force_login(headmaster(world))
    assert one.words in client.get("/").content.decode()
    assert one.words in shown(client, headmaster(world), "schools:school", args=[school(world).pk]).content.decode()


def test_nobody_sees_another_s_grounds(world, client):
    one, other = on_campus(world), neighbour(world)
    assert list(rules.visible_hazards(other)) == [] and one.words not in shown(client, other).content.decode()
    assert shown(client, other, "schools:campus_order", args=[one.order_id]).status_code == 404
    assert shown(client, other, "schools:campus_mend", args=[one.pk]).status_code == 404
    assert one.words not in shown(client, headmaster(world), "schools:school", args=[School.objects.exclude(pk=school(world).pk).get().pk]).content.decode()


def test_a_net_bar_beside_the_school_is_not_its_own(world):
    hazard(world, HazardState.ORDERED)
    Venue.objects.update(near=school(world), metres=90)
    assert list(rules.visible_hazards(headmaster(world))) == [] and queries.queue(headmaster(world), DAY) == {"schools:campus": 0}


def test_what_he_says_waits_for_the_unit_that_ordered_it(world):
    one = on_campus(world)
    assert queries.queue(headmaster(world), DAY) == {"schools:campus": 1}
    commands.report_mended(campus_hazard_id=one.pk, mended_on=DAY, words="锁已拆除", by=headmaster(world), at=MONDAY)
    one.refresh_from_db()
    assert (one.state, one.mended_by, one.mended_words) == (HazardState.RECHECK, headmaster(world), "锁已拆除")
    assert queries.queue(headmaster(world), DAY) == {"schools:campus": 0} and list(queries.waiting(headmaster(world))) == [one], "open until it is rechecked"
    recheck_hazard(hazard_id=one.pk, passed=True, day=DAY, licensed=2, words="已拆除", by=leader(world), at=MONDAY)
    assert list(queries.closed(headmaster(world))) == [one]


def test_what_is_overdue_is_red(world):
    one = on_campus(world)
    assert queries.overdue(headmaster(world), one.due_on) == set()
    assert queries.overdue(headmaster(world), one.due_on + timedelta(days=1)) == {one.pk}


def test_the_page_says_why_there_is_nothing_to_report_now(world, client):
    on_campus(world, HazardState.FOUND)
    assert "还没有开通知书,现在就可以改" in shown(client, headmaster(world)).content.decode()


def test_what_was_reported_is_not_reported_twice(world, client):
    one = on_campus(world)
    commands.report_mended(campus_hazard_id=one.pk, mended_on=DAY, words="锁已拆除", by=headmaster(world), at=MONDAY)
    page = shown(client, headmaster(world)).content.decode()
    assert "已经报了,等督办单位派人复查" in page and reverse("schools:campus_mend", args=[one.pk]) not in page


def test_before_an_order_there_is_nothing_to_say(world):
    one = on_campus(world, HazardState.FOUND)
    with pytest.raises(Refused, match="开了整改通知书"):
        commands.report_mended(campus_hazard_id=one.pk, mended_on=DAY, words="锁已拆除", by=headmaster(world), at=MONDAY)
    assert Hazard.objects.get().state == HazardState.FOUND


def test_what_he_says_late_is_judged_and_dated_as_if_the_unit_had_said_it(world):
    one = on_campus(world)
    with pytest.raises(Refused, match="最多补记"):
        commands.report_mended(campus_hazard_id=one.pk, mended_on=DAY, words="锁已拆除", by=headmaster(world), at=MONDAY + timedelta(days=30))
    commands.report_mended(campus_hazard_id=one.pk, mended_on=DAY, words="锁已拆除", by=headmaster(world), at=MONDAY + timedelta(days=2))
    assert Hazard.objects.get().mended_at == MONDAY + timedelta(days=2), "a figure of the days before reads from when it was known"
