"""Operations on the road: counts alone, each told once, a correction beside what stood before, and no plate, telephone or citizen's number anywhere."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from tests.house.worlds import World
from wanjia.doors import moment
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.policy.nameless import tells_whom
from wanjia.registry.tests.factories import area
from wanjia.reporting.figures.queries import figures
from wanjia.schools.models import RoadCount, RoadForce, RoadOperation, RoadReport
from wanjia.schools.road_states import OFFENCES, RoadKind, RoadState
from wanjia.schools.roads import commands, queries
from wanjia.verdict import Refused

from .acts_roads import entering
from .road_factories import DAY, gates, operation, traffic

pytestmark = pytest.mark.django_db
NONE = dict.fromkeys((kind.name.lower() for kind in RoadKind), 0)


@pytest.fixture
def world():
    """The house's world."""
    return World()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Every page is of that Monday."""
    monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: MONDAY))


def at(days):
    """A moment so many days on."""
    return MONDAY + timedelta(days=days)


def told(one, world, days=0, **found):
    """Its counts are told."""
    return commands.report_counts(road_operation_id=one.pk, **NONE | {"stopped": 30} | found, by=gates(world), at=at(days))


def test_a_night_from_the_plan_to_its_counts_and_a_correction(world):
    one = commands.plan_operation(**entering(world, day=DAY + timedelta(days=1)), by=gates(world), at=MONDAY)
    assert queries.forces_of(one) == {"交警": 4, "巡特警": 2}
    with pytest.raises(Refused, match="行动那天还没到"):
        told(one, world)
    one = told(one, world, days=1, drink=2, overload=1, educated=4, punished=3)
    assert one.state == RoadState.HELD and {kind: n for kind, _words, n in queries.counts_of(one) if n} == {"stopped": 30, "drink": 2, "overload": 1, "educated": 4, "punished": 3}
    with pytest.raises(Refused, match="已经填数"):
        told(one, world, days=1)
    found = {kind.name.lower(): n for kind, _words, n in queries.counts_of(one)}
    one = commands.correct_counts(road_operation_id=one.pk, reason="漏记一起酒驾", **found | {"drink": 3, "punished": 4}, by=gates(world), at=at(2))
    assert [(report.number, report.reason) for report in one.reports.all()] == [(1, ""), (2, "漏记一起酒驾")]
    assert queries.tellings(one)[0][1] == [("酒驾、醉驾(起)", 2, 3), ("依法处罚(起)", 3, 4)], "what was changed is said"
    assert queries.sums(RoadOperation.objects.all())["drink"] == 3, "a correction is counted once, not beside what it corrects"
    assert RoadCount.objects.filter(kind="drink").count() == 2, "what stood before is kept"
    assert list(Entry.objects.filter(subject_id=str(one.pk)).order_by("seq").values_list("act", flat=True)) == ["road_operation.plan", "road_operation.report", "road_operation.correct"]


def test_what_nobody_tells_stays_on_the_desk(world):
    one = operation(world)
    assert queries.queue(gates(world), DAY) == {"schools:roads": 1} and queries.alarmed(gates(world), DAY) == 0
    assert queries.alarmed(gates(world), DAY + timedelta(days=1)) == 1 and queries.alarmed(traffic(world), DAY + timedelta(days=1)) == 0
    commands.call_off_operation(road_operation_id=one.pk, reason="暴雨,路面积水", by=gates(world), at=MONDAY)
    assert queries.alarmed(gates(world), DAY + timedelta(days=9)) == 0


def test_nothing_that_is_kept_could_hold_a_person_or_a_plate():
    """Each field of an operation is a count, a day, a unit, a choice, or one of three texts, and these are looked through for plates and numbers."""
    texts = {(model.__name__, field.name) for model in (RoadOperation, RoadForce, RoadReport, RoadCount) for field in model._meta.concrete_fields if field.get_internal_type() in ("CharField", "TextField") and not field.choices}
    assert texts == {("RoadOperation", "place"), ("RoadOperation", "closing"), ("RoadReport", "reason")}


@pytest.mark.parametrize("text", ["云C12345", "云c·1234 5", "云CD12345", "川ADA1234", "云C1234警", "138 8700 1234", "1388700-1234", "53062519900307123X", "532128 19900307 1234"])
def test_a_plate_or_a_number_is_seen_however_it_is_written(text):
    assert tells_whom(f"在门口{text}的车")


@pytest.mark.parametrize("text", ["云C路口", "212省道15公里处", "永政发〔2026〕12号", "2026年11月2日7:30至8:30", "查到3起", "A座B栋"])
def test_a_place_a_day_or_a_count_is_no_number_of_anybody(text):
    assert not tells_whom(text)


def test_figures_count_operations_and_their_own_correction(world):
    one = operation(world, RoadState.HELD)
    operation(world, place="客运站路口")
    shown = {row["id"]: row["shown"] for row in figures(RoadOperation.objects.all(), None, DAY)}
    assert shown == {"roads.held": "2", "roads.told": "1/2", "roads.near": "0/2", "roads.offences": "1/2", "roads.corrected": "0/2"}
    commands.correct_counts(road_operation_id=one.pk, reason="不是这次的,另一次的", **NONE | {"stopped": 40}, by=gates(world), at=MONDAY)
    shown = {row["id"]: row["shown"] for row in figures(RoadOperation.objects.all(), None, DAY)}
    assert (shown["roads.offences"], shown["roads.corrected"]) == ("0/2", "1/2"), "what was corrected away is counted no more"


def test_the_pages_show_sums_by_place_and_the_call_the_same(world, client):
    one = operation(world, RoadState.HELD)
    client.force_login(gates(world), backend="django.contrib.auth.backends.ModelBackend")
    listed = client.get(reverse("schools:roads") + "?month=2026-11")
    assert listed.context["sums"]["overload"] == 2 and [row[0] for row in listed.context["places"]] == [one.area.short_name]
    assert sum(n for _kind, n in listed.context["places"][0][2]) == sum(listed.context["sums"][kind] for kind in OFFENCES) == 3
    assert not client.get(reverse("schools:roads") + "?month=2026-10").context["n"]
    assert "不记车牌" in listed.content.decode() and "填数和更正" in client.get(reverse("schools:road_operation", args=[one.pk])).content.decode()
    told_by_call = client.get("/api/schools/roads").json()["items"][0]
    assert told_by_call["counts"]["overload"] == 2 and told_by_call["from_at"] == "07:00:00"


def test_two_villages_of_one_name_are_two_places(world):
    namesake = area("530625108210", world.datong.short_name, "village", world.register.makou)
    operation(world, RoadState.HELD)
    operation(world, RoadState.HELD, area=namesake, place="集镇路口")
    rows = queries.by_place(RoadOperation.objects.all())
    assert sorted((name, n) for name, n, _offences in rows) == [("码口镇大同村", 1), ("细沙乡大同村", 1)]
    assert all(sum(n for _kind, n in offences) == 3 for _name, _n, offences in rows)
