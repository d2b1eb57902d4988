"""A list says how many there are and leads to the rest; what waits for an answer leaves no list by growing old; many rows cost as much as few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs.handing import commands as handing
from wanjia.orgs.handing import queries as left
from wanjia.orgs.models import Handover, User
from wanjia.orgs.roles import Role

from ..honesty import queries
from ..minors.figures import FIGURES
from ..minors.queries import span_of
from ..models import Need
from ..states import NeedState as S
from .factories import later, worker
from .test_handing import DAY, INSTALLER, LEFT
from .walk import bring

pytestmark = pytest.mark.django_db


def complaints(world, n):
    """A need of the home that was struck off, and n more of the same home and kind recorded after it: each may say that it was not settled."""
    bring(world, "closed")
    return [world.need(at=later(days=40, hours=one), summary=f"第{one + 1}次又说没有解决") for one in range(n)]


def test_a_complaint_that_nobody_answers_stays_however_old_it_is(world):
    (one,) = complaints(world, 1)
    for days in (41, 179, 181, 400):
        assert list(queries.said_again(User.objects.get(pk=world.caller.pk), later(days=days))) == [one], f"after {days} days"


def test_the_list_of_complaints_says_how_many_and_leads_to_the_rest(world, as_user, monkeypatch):
    monkeypatch.setattr(queries, "SHOWN", 3)
    complaints(world, 5)
    client = as_user(world.inspector)
    first, second = (client.get("/rechecks/", {"again": n}).content.decode() for n in (1, 2))
    assert "第1次又说没有解决" in first and "第5次又说没有解决" not in first, "who waits longest stands first"
    assert "共 5 条" in first and "?again=2#again" in first
    assert "第5次又说没有解决" in second and "第1次又说没有解决" not in second


def test_a_block_of_the_desk_leads_to_what_it_leaves_out(world, as_user):
    for n in range(10):
        world.need(at=later(hours=n), summary=f"第{n + 1}件")
    client = as_user(world.visitor)
    desk = client.get("/").content.decode()
    assert "共 10 条" in desk and "?said=2#said" in desk
    rest = client.get("/", {"said": 2})
    assert {need.summary for need in rest.context["said"]} == {"第1件", "第2件"}


def test_a_short_block_is_not_counted(world, as_user):
    world.need()
    client = as_user(world.visitor)
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        desk = client.get("/").content.decode()
    assert "?said=2" not in desk
    assert not [one for one in asked.captured_queries if "COUNT(*)" in one["sql"] and '"casework_need"."recorded_by_id"' in one["sql"]]


def standing(world, n):
    """People who left, of whom each has a need in hand and a hand-over that stands."""
    for one in range(n):
        person = worker(f"zou{one}", f"走{one}", world.civil, Role.BUREAU_WORKER)
        need = bring(world, S.IN_PROGRESS)
        Need.objects.filter(pk=need.pk).update(handler=person)
        post = person.posts.get()
        post.to_on = DAY
        post.save(update_fields=["to_on"])
        handing.leave_standing(person, world.civil, why="停用", by=INSTALLER, at=LEFT)


def asked(what):
    with CaptureQueriesContext(connection) as found:
        answer = what()
    return len(found), answer


def test_what_people_left_behind_is_counted_with_as_many_questions_for_nine_as_for_two(world):
    def counted():
        return left.counts(left.all_left_behind([(row.user, row.organisation) for row in left.standing()], DAY))

    standing(world, 2)
    few, n = asked(counted)
    assert n == [1, 1]
    standing_more = [worker(f"hai{one}", f"还{one}", world.civil, Role.BUREAU_WORKER) for one in range(7)]
    for person in standing_more:
        Handover.objects.create(user=person, organisation=world.civil, opened_at=LEFT, due_on=DAY)
    many, n = asked(counted)
    assert (many, sorted(n)) == (few, [0] * 7 + [1, 1])
    each = [left.count(left.held(left.left_behind(row.user, row.organisation, DAY))) for row in left.standing()]
    assert each == n, "as each is counted by itself"


def test_what_a_late_report_says_is_not_read_to_be_counted(world):
    now = timezone.now()
    with CaptureQueriesContext(connection) as found:
        FIGURES["late_reports"].count(span_of(world.county, now.year, today(now)))
    (sql,) = (one["sql"] for one in found.captured_queries)
    assert "situation" not in sql and "facts" not in sql
