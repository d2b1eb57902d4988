"""What a village reads of itself: a quarter's counts, published by the township's leader, open to anybody, and nobody found by them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wanjia.casework.board import queries, rules
from wanjia.casework.models import Need
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import MONDAY, worker
from wanjia.casework.tests.test_documents import text_of
from wanjia.casework.tests.walk import bring
from wanjia.orgs.checking.queries import differences
from wanjia.orgs.roles import Role
from wanjia.reporting.documents.drawing import pdf, qr
from wanjia.reporting.notices.commands import correct_monthly, print_monthly
from wanjia.reporting.notices.queries import notice
from wanjia.verdict import Refused

JANUARY = datetime(2027, 1, 6, 2, 0, tzinfo=UTC)


@pytest.fixture
def leader(world):
    return worker("xisha-lingdao", "高领导", world.township, Role.TOWNSHIP_LEADER)


def published(world, leader, month="202612", at=JANUARY):
    return print_monthly(area=world.xisha, month=month, kind="board", by=leader, at=at)


def several(world):
    """Four of aid, one of them done and confirmed, one of water, and one about a child."""
    bring(world, S.CLOSED)
    for _turn in range(3):
        world.need()
    world.need(category="water_power", summary="水管冻裂")
    world.need(category="schooling", summary="孩子上学远", involves_child=True)


def test_a_board_counts_the_quarter_without_children_and_without_small_groups(world, leader):
    several(world)
    said = notice(published(world, leader))
    board = next(one for one in said["villages"] if one["code"] == world.datong.pk)
    assert said["quarter"] == "2026年第四季度"
    assert [(line["words"], line["total"]) for line in board["lines"]] == [("各类合计", 5)]
    assert board["lines"][0]["cells"] == [{"n": 5, "span": 4}]  # one confirmed beside four would be one household
    # Negative control: unredacted the one need of water and the child's stand there.
    raw = rules.quarter("202612")
    assert Need.objects.filter(recorded_on__range=raw, category="water_power").count() == 1
    assert Need.objects.filter(recorded_on__range=raw).count() == 6


def test_its_parts_are_all_that_was_received(world):
    for state in (S.CLOSED, S.DECLINED, S.IN_PROGRESS, S.WITHDRAWN, S.VERIFIED):
        bring(world, state)
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("who", "where", "month", "at", "why"),
    [
        ("clerk", "xisha", "202612", JANUARY, "分管领导签发"),
        ("leader", "xisha", "202611", JANUARY, "按季度"),
        ("leader", "xisha", "202612", JANUARY - timedelta(days=10), "按季度"),
        ("leader", "county", "202612", JANUARY, "不按这一级"),
        ("leader", "makou", "202612", JANUARY, "本辖区"),
    ],
    ids=["by a clerk", "not a quarter's month", "before the quarter is over", "of a county", "of another township"],
)
def test_what_may_not_be_published(world, leader, who, where, month, at, why):
    by = leader if who == "leader" else getattr(world, who)
    with pytest.raises(Refused, match=why):
        print_monthly(area=getattr(world, where), month=month, kind="board", by=by, at=at)


def test_anybody_reads_it_and_finds_nobody(world, leader):
    several(world)
    anybody = Client()
    assert anybody.get(f"/board/{world.datong.pk}/").status_code == 404
    paper = published(world, leader)
    said = anybody.get("/board/").content.decode() + anybody.get(f"/board/{world.datong.pk}/").content.decode()
    assert "大同村" in said and paper.number in said and "细沙乡人民政府" in said
    for secret in ("王大叔", "低保", "水管", "上学", *Need.objects.values_list("number", flat=True)):
        assert secret not in said, secret
    assert anybody.get(f"/board/{world.datong.pk}/?quarter=202609").status_code == 404
    assert anybody.get("/board/%E4%BA%BA/").status_code == 404
    printed = text_of(pdf("casework/papers/board.html", {**notice(paper), "address": "x", "qr": qr("x")}, name="x"))
    assert "大同村2026年第四季度困难诉求办理公示" in printed and "王大叔" not in printed
    anybody.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
    sheet = anybody.get(reverse("reporting:notice", args=[paper.pk]))
    assert (sheet.status_code, sheet.content[:5]) == (200, b"%PDF-"), "as it is asked for, with the code that is scanned"


def test_a_correction_stands_in_its_place_and_names_no_need(world, leader):
    several(world)
    paper = published(world, leader)
    with pytest.raises(Refused, match="没有变化"):
        correct_monthly(paper_id=paper.pk, by=leader, at=JANUARY + timedelta(days=1))
    for _turn in range(3):
        world.need(by=world.clerk, at=MONDAY, category="road", summary="路面塌陷")
    mended = correct_monthly(paper_id=paper.pk, by=leader, at=JANUARY + timedelta(days=2))
    ((one, board),) = queries.boards_of(world.datong.pk)
    assert one.paper == mended and board["lines"][-1]["total"] == 8
    assert notice(mended)["changes"]["rows"] == []


def test_a_correction_that_would_tell_one_home_is_left(world, leader, monkeypatch):
    """Five before and four after are one home: whoever lays both boards beside each other has found it."""
    several(world)
    paper = published(world, leader)
    Need.objects.filter(category="water_power").update(involves_child=True)
    with pytest.raises(Refused, match="看得出是谁家"):
        correct_monthly(paper_id=paper.pk, by=leader, at=JANUARY + timedelta(days=2))
    monkeypatch.setattr(rules, "_safe", lambda _difference: True)  # negative control
    told = notice(correct_monthly(paper_id=paper.pk, by=leader, at=JANUARY + timedelta(days=2)))["changes"]["figures"]
    assert [one["after"] for one in told] == ["4(4)"]


def test_a_village_that_says_little_says_only_that(world, leader):
    world.need()
    board = next(one for one in notice(published(world, leader))["villages"] if one["code"] == world.datong.pk)
    assert (board["few"], board["lines"]) == (True, [])
