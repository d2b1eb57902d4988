"""A hazard from finding to closing: its order, its recheck, what is overdue climbs once; its papers."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.urls import reverse

from tests.house.worlds import World
from tests.whole import assert_whole
from wanjia.doors import moment
from wanjia.kernel.models import Entry
from wanjia.kernel.tests.tried import MONDAY
from wanjia.orgs.models import Area
from wanjia.policy import inspecting as policy
from wanjia.schools.figures.inspections import hazards_on
from wanjia.schools.inspecting import commands, queries
from wanjia.schools.inspecting.papers import order_sheet
from wanjia.schools.inspecting.rules import can_picture
from wanjia.schools.inspection_states import HazardState
from wanjia.schools.models import Hazard, RoundVenue
from wanjia.verdict import Refused

from .inspection_factories import (
    DAY,
    at,
    fire,
    fireman,
    hazard,
    leader,
    officer,
    person,
    record,
    round_of,
    stop,
    venue,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def needs():
    """The needs of the ledger: schools know no casework."""
    return apps.get_model("casework.Need").objects


def test_from_finding_to_closing(world):
    one = record(world, stop(world), exits="bad", no_minors_sign="bad")
    locked, sign = one.hazards.get(code="exits"), one.hazards.get(code="no_minors_sign")
    with pytest.raises(Refused, match="还缺:整改资金、应急预案"):
        commands.issue_order(inspection_id=one.pk, unit=fire(world), by=fireman(world), at=MONDAY)
    facts = {name: getattr(locked, name) for name in ("words", "basis", "grade", "owner", "measure", "answers", "due_on", "place")}
    commands.settle_hazard(hazard_id=locked.pk, **facts, funds="自筹 800 元", fallback="营业时专人守门", by=fireman(world), at=MONDAY)
    commands.issue_order(inspection_id=one.pk, unit=fire(world), by=fireman(world), at=MONDAY)
    locked.refresh_from_db()
    sign.refresh_from_db()
    assert locked.state == HazardState.ORDERED and "责改〔2026〕1号" in str(locked.order) and sign.state == HazardState.FOUND, "each unit orders its own"
    commands.mend_hazard(hazard_id=locked.pk, mended_on=DAY, words="锁已拆", by=fireman(world), at=at(3))
    with pytest.raises(Refused, match="不能自己复查"):
        commands.recheck_hazard(hazard_id=locked.pk, passed=True, day=DAY, licensed=2, words="已拆", by=fireman(world), at=at(4))
    other = person("xiaofang2", "莘消防", fire(world))
    commands.recheck_hazard(hazard_id=locked.pk, passed=False, day=DAY + timedelta(days=4), licensed=2, words="又锁上了", due_on=DAY + timedelta(days=40), by=other, at=at(4))
    locked.refresh_from_db()
    assert (locked.state, locked.due_on, locked.mended_on) == (HazardState.ORDERED, DAY + timedelta(days=40), None)
    commands.recheck_hazard(hazard_id=locked.pk, passed=True, day=DAY + timedelta(days=9), licensed=2, words="已拆除锁具", by=other, at=at(9))
    locked.refresh_from_db()
    assert (locked.state, locked.closed_on) == (HazardState.PASSED, DAY + timedelta(days=9))
    lines = list(Entry.objects.filter(subject_id=str(locked.pk)).order_by("seq").values_list("act", flat=True))
    assert lines == ["hazard.find", "hazard.settle", "hazard.order", "hazard.mend", "hazard.fail", "hazard.pass"]


def test_overdue_climbs_by_the_ledgers_own_ladder_once(world):
    one = hazard(world, HazardState.ORDERED, due_on=DAY + timedelta(days=3))
    commands.watch(at(3))
    assert not needs().exists(), "its day is not over"
    commands.watch(at(4))
    need = needs().get()
    one.refresh_from_db()
    assert one.need == need.number and need.village == one.inspection.stop.venue.area and need.category == "campus"
    assert (need.recorded_by, need.recorded_org, need.channel) == (None, one.owner, "department") and need.holder_id and need.due_on > DAY
    commands.watch(at(5))
    assert needs().count() == 1
    assert_whole()
    assert queries.waiting(leader(world), DAY + timedelta(days=4)).count() == 1


def test_mended_but_never_rechecked_is_overdue_too(world):
    hazard(world, HazardState.RECHECK, due_on=DAY + timedelta(days=3))
    days = 3 + policy.in_force(DAY).recheck_days
    commands.watch(at(days))
    assert not needs().exists()
    commands.watch(at(days + 1))
    assert needs().count() == 1


def test_without_a_ledger_nothing_breaks(world, monkeypatch):
    hazard(world, HazardState.ORDERED, due_on=DAY)
    monkeypatch.setattr(commands, "gather", lambda kind: [])
    commands.watch(at(9))
    assert Hazard.objects.get().need == "" and queries.waiting(leader(world), DAY + timedelta(days=9)).count() == 1


def test_numbers_follow_one_another(world):
    for name in ("一网吧", "二网吧"):
        venue(world, name)
    round_of(world)
    for one in RoundVenue.objects.select_related("venue"):
        record(world, one, exits="bad", minors="fixed")
    assert sorted(Hazard.objects.values_list("serial", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_the_figure_and_the_list_call_the_same_hazards_overdue(world):
    """One definition: until three days after its day, what is told to be mended waits for its recheck and is not overdue."""
    one = hazard(world, HazardState.RECHECK)
    for days, late in ((0, False), (1, False), (3, False), (4, True)):
        day = one.due_on + timedelta(days=days)
        counted = hazards_on(Hazard.objects.filter(pk=one.pk), day, day).get().f_late
        assert counted == Hazard.objects.filter(queries.late(day), pk=one.pk).exists() == late, days


def test_an_order_to_a_net_bar_names_no_law_on_ktvs(world):
    one = record(world, stop(world), minors="bad")
    basis = one.hazards.get(code="minors").basis
    assert basis == "未成年人保护法第五十八条;互联网上网服务营业场所管理条例第二十一条"
    edition = policy.in_force(DAY)
    assert edition.item("minors").basis_at("ktv") == "未成年人保护法第五十八条;娱乐场所管理条例第二十三条"
    for item in edition.items:
        assert {kind for kind, _law in item.of_kind} <= set(item.kinds) and all(item.basis_at(kind) for kind in item.kinds)


def test_the_order_says_where_the_place_lies_as_people_say_it(world, monkeypatch):
    monkeypatch.setattr("wanjia.schools.inspecting.papers.pdf", lambda template, context, name: render_to_string(template, context).encode())
    place = stop(world).venue
    Area.objects.filter(pk=place.area_id).update(name=f"{place.area.short_name}村民委员会")
    paper = order_sheet(hazard(world, HazardState.ORDERED).order, MONDAY).content.decode()
    assert f"(地址:{place.area.short_name}{place.address})" in paper and "村民委员会" not in paper


def test_what_was_not_told_to_be_mended_is_told_first_and_rechecked_when_its_day_comes(world, client, monkeypatch):
    one = hazard(world, HazardState.ORDERED)
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    mend, look = (reverse(f"schools:{name}", args=[one.pk]) for name in ("hazard_mend", "hazard_recheck"))

    def page(day):
        monkeypatch.setattr(moment, "timezone", SimpleNamespace(now=lambda: MONDAY + (day - DAY)))
        return client.get(reverse("schools:hazard", args=[one.pk])).content.decode()

    early = page(one.due_on - timedelta(days=1))
    assert early.index(mend) < early.index("要提前复查") < early.index(look), "before its day a recheck stands behind a fold"
    assert reverse("schools:venue", args=[one.inspection.stop.venue_id]) in early, "a hazard leads to its place"
    due = page(one.due_on)
    assert "要提前复查" not in due and due.index(look) < due.index(mend)
    Hazard.objects.filter(pk=one.pk).update(state=HazardState.RECHECK, mended_on=DAY)
    told = page(DAY)
    assert "要提前复查" not in told and look in told and mend not in told


def test_a_picture_is_added_from_the_visit_by_whoever_may(world, client):
    one = hazard(world)
    there = reverse("schools:hazard_picture", args=[one.pk])
    for who in (leader(world), fireman(world), officer(world)):
        client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(reverse("schools:inspection", args=[one.inspection_id]))
        assert answer.status_code == 200 and (there in answer.content.decode()) == bool(can_picture(who, one)), who
    assert can_picture(leader(world), one) and not all(can_picture(who, one) for who in (fireman(world), officer(world))), "the negative control"


def test_from_an_order_that_lacks_something_to_what_it_lacks_and_back(world, client):
    one = hazard(world, measure="")
    client.force_login(leader(world), backend="django.contrib.auth.backends.ModelBackend")
    there = reverse("schools:inspection_order", args=[one.inspection_id])
    settle = f"{reverse('schools:hazard_settle', args=[one.pk])}?next={there}"
    assert settle in client.get(there).content.decode()
    assert f'name="next" value="{there}"' in client.get(settle).content.decode()
    Hazard.objects.filter(pk=one.pk).update(measure="立即打开")
    assert settle not in client.get(there).content.decode(), "the negative control"
