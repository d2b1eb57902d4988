"""The dashboard: unsolved first, every number a link to its rows, only the own reach, always the same number of queries."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import MONDAY, worker
from wanjia.casework.tests.walk import bring
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Post
from wanjia.orgs.roles import Role


@pytest.fixture
def get(client):
    def go(user, path, status=200):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(path)
        assert answer.status_code == status, path
        return answer.content.decode()

    return go


def links(page):
    """Every link to rows with the number it bears."""
    found = re.findall(r'href="(/dashboard/rows/[^"]+)"[^>]*>(?:<span class="words">[^<]*</span><span class="value">)?(\d+)<', page)
    return [(url.replace("&amp;", "&"), int(n)) for url, n in found]


def test_each_number_opens_exactly_its_rows(world, get):
    for state in (S.DECLINED, S.ASSIGNED, S.IN_PROGRESS, S.DONE_REPORTED, S.VERIFIED, S.CLOSED, S.WITHDRAWN):
        bring(world, state)
    page = get(world.ledger, "/dashboard/")
    found = links(page)
    assert len(found) > 25
    for url, n in found:
        rows = get(world.ledger, url)
        shown = len(re.findall(r'<td class="lead', rows))
        assert shown == n, url


def test_the_unsolved_list_stands_first_and_names_nobody(world, get):
    bring(world, S.ASSIGNED)
    page = get(world.ledger, "/dashboard/")
    assert page.index("还没有解决 1 件") < page.index('class="board figures"')
    assert "父亲残疾,想申请低保" in page
    assert "王大叔" not in page
    rows = get(world.ledger, f"/dashboard/rows/?figure=needs.open&area={world.county.code}")
    assert "王大叔" not in rows
    assert "王*叔" in rows


def test_the_claim_and_the_households_word_stand_side_by_side(world, get):
    bring(world, S.DONE_REPORTED)
    page = get(world.ledger, "/dashboard/")
    for words in ("台账“回访”栏有记录", "诉求人确认已解决", "都是承办单位自己报的"):
        assert words in page


def test_a_past_day_is_counted_again(world, get):
    bring(world, S.CLOSED)
    day = today(MONDAY)
    page = get(world.ledger, f"/dashboard/?as_of={day}")
    assert "按当天的办理过程重新计数" in page
    numbers = {re.search(r"figure=([\w.]+)", url)[1]: n for url, n in links(page)}
    assert (numbers["needs.received"], numbers["needs.settled"], numbers["needs.open"]) == (1, 0, 1)
    assert f"as_of={day}" in page
    before = get(world.ledger, f"/dashboard/?as_of={day - timedelta(days=1)}")
    assert "没有未解决的诉求" in before


def months_of(page):
    """The months that are drawn, each with its three numbers and bars."""
    table = page[page.index("当月登记的诉求,到截至日办到哪一步"):]
    table = table[: table.index("</table>")]
    months = re.findall(r'<th scope="row" class="nowrap">(\d{4}-\d\d)</th>', table)
    assert table.count('<svg class="bar') == 3 * len(months)
    return months


def test_months_do_not_jump(world, get):
    for days in (-400, 0):  # thirteen months apart, and nothing between
        world.need(at=MONDAY + timedelta(days=days))
    page = get(world.ledger, f"/dashboard/?as_of={today(MONDAY)}")
    assert months_of(page) == ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"], "the last six, though nothing came in five"
    world.need(at=MONDAY - timedelta(days=300))
    page = get(world.ledger, f"/dashboard/?as_of={today(MONDAY)}")
    assert months_of(page) == [f"2026-{month:02d}" for month in range(1, 12)], "from the first with a need, and none left out"


def test_the_first_sight_says_what_was_promised_what_came_of_it_and_who_holds_the_rest(world, get):
    bring(world, S.CLOSED)
    bring(world, S.IN_PROGRESS)
    page = get(world.ledger, "/dashboard/")
    first = re.sub(r"<[^>]+>|\s", "", page[page.index('class="card promise"'): page.index('class="card fold-card path-card"')])
    assert "收到2件,答应办的2件;还没有解决1件。过了答应的日期、还没有结束的" in first
    assert "承办单位说解决了11/2合理诉求·50.00%" in first
    assert "诉求人自己说解决了11/1应回访·100.00%" in first
    assert re.search(r"父亲残疾,想申请低保细沙乡大同村\w+办理中2026-11-02", first), first[150:600]
    assert page.count("<details") - page.count("<details open") >= 3, "everything else is folded"


def test_the_months_end_with_the_day_asked_for(world, get):
    world.need(at=MONDAY - timedelta(days=100))
    assert months_of(get(world.ledger, f"/dashboard/?as_of={today(MONDAY)}")) == ["2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]


def test_only_the_own_reach_is_found(world, get):
    world.need()
    assert "细沙乡看板" in get(world.clerk, "/dashboard/")
    assert "大同村看板" in get(world.clerk, f"/dashboard/?area={world.datong.code}")
    get(world.clerk, f"/dashboard/?area={world.county.code}", 404)
    get(world.clerk, f"/dashboard/?area={world.makou.code}", 404)
    get(world.clerk, "/dashboard/?area=999", 404)
    get(world.clerk, f"/dashboard/rows/?figure=needs.open&area={world.makou.code}", 404)
    get(world.clerk, "/dashboard/rows/?figure=nonsense", 404)
    get(world.clerk, "/dashboard/rows/?figure=needs.open&month=20", 404)
    get(world.officer, "/dashboard/", 403)


def test_a_bureau_sees_its_share_and_is_told_so(world, get):
    bring(world, S.ASSIGNED)
    world.need()
    page = get(world.handler, "/dashboard/")
    assert "只计本单位条线承办的诉求" in page
    assert {re.search(r"figure=([\w.]+)", url)[1]: n for url, n in links(page)}["needs.received"] == 1


def test_a_broken_day_says_so_and_a_day_to_come_is_today(world, get):
    assert "截至" in get(world.ledger, "/dashboard/?as_of=2026-99-99")
    tomorrow = today(timezone.now()) + timedelta(days=1)
    assert "按当天的办理过程" not in get(world.ledger, f"/dashboard/?as_of={tomorrow}")


@pytest.mark.parametrize("path", ["/dashboard/", "/dashboard/rows/?figure=needs.received&area=530625000000", "/documents/", "/exports/"])
def test_the_number_of_queries_does_not_grow(world, get, path):
    bring(world, S.ASSIGNED)
    get(world.ledger, path)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection, ) as queries:
            get(world.ledger, path)
        counts.append(len(queries))
        bring(world, S.IN_PROGRESS)
        bring(world, S.DONE_REPORTED)
    assert counts[0] == counts[1]


def test_no_unit_and_no_person_is_ranked(world, get):
    page = get(world.ledger, "/dashboard/")
    assert "不排名" in page
    table = page[page.index("各地情况"):]
    assert table.index("码口镇") < table.index("细沙乡")  # by code, whatever their numbers


def test_an_auditor_of_a_county_who_works_in_one_township_of_it_has_the_numbers_of_the_rest_alone(world, get):
    """A duty and its reach come from the same post (ADR 81): the leader's post of one township opens no rows of another."""
    bring(world, S.ADMITTED)
    world.need(village=world.xinmin, household=None, by=world.stranger)
    both = worker("liangzhi", "某两职", world.office, Role.AUDITOR)
    Post.objects.create(user=both, organisation=world.elsewhere, role=Role.LEADER, from_on=date(2020, 1, 2))
    for code in (world.county.pk, world.xisha.pk):
        page = get(both, f"/dashboard/?area={code}")
        assert "您的岗位只看数字" in page
        assert "父亲残疾,想申请低保" not in page
        get(both, f"/dashboard/rows/?figure=needs.open&area={code}", status=403)
    assert "您的岗位只看数字" not in get(both, f"/dashboard/?area={world.makou.pk}")
    assert {url.partition("area=")[2] for url, _n in links(get(both, f"/dashboard/?area={world.county.pk}"))} == {world.makou.pk}
