"""The question of an export is kept as it is asked: who approves reads the kept words, and the sheet is made of what they ask."""

import json
from uuid import UUID

import pytest
from django.http import Http404
from django.utils import timezone

from wanjia.orgs.roles import Role
from wanjia.reporting.exporting.commands import ask_export, decide_export

from ..exporting import queries
from .factories import later, worker
from .walk import bring

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def ask(world, query):
    return ask_export(kind="needs", purpose="月度核对用", query=query, by=world.clerk, at=later(days=7))


@pytest.mark.parametrize("query", [{"mine": "false"}, {"mine": "False"}, {"since": "2026/1/1"}, {"holder": "{%s}"}])
def test_what_is_spelt_otherwise_is_not_asked(world, query):
    """The leader read "the own unit's" of a sheet with the whole township: "false" is no tick to the ledger, and was one to the page."""
    need = bring(world, "assigned")
    with pytest.raises(Http404):
        ask(world, {word: text.replace("%s", str(need.holder_id)) for word, text in query.items()})


def test_a_tick_is_a_tick_on_both_sides(world):
    bring(world, "assigned")
    mine = bring(world, "triaged")
    export = ask(world, {"mine": "1"})
    assert list(queries.rows(world.clerk, export.query, later(days=7))) == [mine]
    assert [str(words) for words, _answer in queries.phrased([export])[export.pk]] == ["范围"]


def test_a_download_sent_again_has_not_grown(world, client):
    """One telephone was agreed to; within ten minutes the same press brought as many as were recorded meanwhile."""
    world.need(requester_phone="13812345678")
    client.force_login(world.clerk, backend=BACKEND)
    now = timezone.now()
    export = ask_export(kind="needs", purpose="月度核对用", query={"tab": "screen"}, columns=["联系电话"], by=world.clerk, at=now)
    decide_export(export_id=export.pk, approve=True, by=worker("xisha-lingdao", "何分管", world.township, Role.TOWNSHIP_LEADER), at=now)
    take = {"path": f"/exports/{export.pk}/take/", "data": {"key": str(UUID(int=7))}}
    assert [client.post(**take).status_code for _broken in range(2)] == [200, 200]
    for n in range(6):
        world.need(requester_phone=f"1381234567{n}", summary=f"第{n}件")
    assert client.post(**take).status_code == 403


def test_what_no_database_can_hold_is_said_of_a_call(world, client):
    client.force_login(world.clerk, backend=BACKEND)
    for query in ({"q": "\\ud83d"}, {"village": "\\u0000"}):
        body = json.dumps({"kind": "needs", "purpose": "月度核对用", "query": query}).replace("\\\\u", "\\u")
        assert client.post("/api/exports", body, content_type="application/json").status_code == 422


@pytest.mark.parametrize("kind", ["assignment", "nowhere"])
def test_what_is_never_let_out_is_not_found(client, world, kind):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert [client.get(f"/exports/{kind}/").status_code, client.post(f"/exports/{kind}/", {"purpose": "核对台账"}).status_code] == [404, 404]
