"""The lists of the API show what their pages show: the same rows to the same people, children by their initials; refusals whole in both languages."""

import functools
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from wanjia.casework.models import Need
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.walk import bring
from wanjia.doors.calls import LIST_CALLS
from wanjia.doors.dialect import run
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Post, User
from wanjia.site.api import api

from .acts import World
from .shares import mine

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def world():
    made = World()
    bring(made, S.ASSIGNED)
    bring(made, S.DONE_REPORTED)
    return made


@functools.cache
def lists():
    """Return {address: page} of every list."""
    schema = api.get_openapi_schema()
    found = {}
    for path, ways in schema["paths"].items():
        shape = ways.get("get", {}).get("responses", {}).get(200, {}).get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
        if shape.endswith("List"):
            name = ways["get"]["operationId"].removeprefix("wanjia_doors_calls_")
            found[path] = next(one.page for one in LIST_CALLS if one.name == name)
    return found


ASKED = {"/api/stale": "?village=530625202201"}


def test_a_list_opens_for_whoever_its_page_opens_for(client, world):
    other, opened = [], 0
    for turn, user in enumerate(User.objects.filter(pk__in=Post.objects.values("user")).order_by("username")):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for address, page in [one for at, one in enumerate(lists().items()) if mine(at, turn)]:
            call, there = client.get(address + ASKED.get(address, "")), client.get(reverse(page), follow=True)
            opened += call.status_code == 200
            if (call.status_code, there.status_code) not in ((200, 200), (403, 403)):
                other.append((user.username, address, call.status_code, there.status_code))
            if call.status_code == 200:
                assert set(call.json()) == {"count", "items"}
    assert other == []
    assert opened > 50


def test_a_list_is_cut_by_limit_and_offset_and_counts_all(client, world):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/api/needs", "/api/people"):
        whole = client.get(address).json()
        parts = [client.get(f"{address}?limit=1&offset={n}").json() for n in range(whole["count"])]
        assert [one["items"][0] for one in parts] == whole["items"]
        assert {one["count"] for one in parts} == {len(whole["items"])}
        assert client.get(f"{address}?offset={whole['count']}").json()["items"] == []


def test_older_lists_answer_as_they_did(client, world):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    for old, new in (("/api/households/", "/api/households"), ("/api/people/", "/api/people"), ("/api/visits/", "/api/visits"), ("/api/uploads", "/api/imports")):
        assert client.get(old).json() == client.get(new).json()["items"] or old == "/api/people/", old
    same = [{one["id"] for one in rows} for rows in (client.get("/api/people/").json(), client.get("/api/people").json()["items"])]
    assert same[0] == same[1] != set()


def test_no_list_names_a_child_or_bears_what_is_sealed(client, world):
    child, said = world.register.child, []
    for turn, user in enumerate(User.objects.filter(pk__in=Post.objects.values("user")).order_by("username")):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        said += [client.get(address + ASKED.get(address, "")).content.decode() for at, address in enumerate(lists()) if mine(at, turn)]
    text = "".join(said)
    assert child.shown_name in text  # negative control: its row stands there, by its initials
    for sealed in (child.name, child.citizen_id, f"{child.birth_on:%Y-%m}", "13812345678"):
        assert sealed not in text


def test_a_refusal_that_bears_facts_is_said_in_both_languages_and_does_nothing(client, world):
    need = Need.objects.filter(state=S.ASSIGNED).first()
    client.force_login(world.handler, backend="django.contrib.auth.backends.ModelBackend")
    lines = Entry.objects.count()
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        for path, status in ((f"/api/needs/{need.pk}/admit", 403), (f"/api/needs/{need.pk}/close", 403), (f"/api/needs/{need.pk}/report-done", 422), (f"/api/needs/{uuid4()}/accept", 404)):
            answer = client.post(path, {}, content_type="application/json")
            body = answer.json()
            assert answer.status_code == status, (path, body)
            assert CHINESE.search(body["said"]["zh"]) and not CHINESE.search(body["said"]["en"]), body
            assert body["error"] == body["said"][language[:2]]
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["django_language"] = "zh-hans"
    body = client.post(f"/api/needs/{need.pk}/admit", {}, content_type="application/json").json()
    assert CHINESE.search(body["said"]["zh"]) and not CHINESE.search(body["said"]["en"]), body
    assert Entry.objects.count() == lines


def test_a_command_that_would_now_succeed_is_taken_back(rf, world):
    """The second asking, in the other language, leaves nothing behind whatever it does."""
    from wanjia.verdict import Refused

    need, told = Need.objects.first(), []

    def quicker(*, by, at, key):
        told.append(key)
        if len(told) == 1:
            raise Refused("第一次被拒绝")
        Need.objects.filter(pk=need.pk).update(summary="留下了")

    request = rf.post("/api/needs")
    request.user = world.clerk
    with pytest.raises(Refused) as refusal:
        run(request, quicker)
    assert len(told) == 2 and refusal.value.said is None
    assert Need.objects.get(pk=need.pk).summary == need.summary
