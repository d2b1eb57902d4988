"""The API is the pages' own commands and queries: signed in, in scope, repeat-safe, and refusing in sentences."""

import json
import re
import uuid

import pytest
import requests
import schemathesis
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings

from tests.house.shares import WHOLE
from wanjia.casework.figures.population import NEEDS
from wanjia.casework.models import Need
from wanjia.casework.states import NeedState as S
from wanjia.casework.tests.factories import World
from wanjia.casework.tests.walk import bring
from wanjia.doors.guard import SIGNED_IN
from wanjia.kernel.calendar import today
from wanjia.reporting.figures import queries as counting
from wanjia.site.api import api, urls
from wanjia.verdict import ALLOWED

TOKEN = "a" * 32
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world(db):
    """The small world of casework."""
    return World()


class Caller:
    """Calls the API as one user, with the CSRF token as a page would send it."""

    def __init__(self, client, user=None):
        self.client = client
        if user:
            client.force_login(user, backend=BACKEND)
        client.cookies["csrf"] = TOKEN

    def get(self, path):
        """Return (status, body)."""
        answer = self.client.get(f"/api{path}")
        return answer.status_code, answer.json()

    def post(self, path, body=None, *, key=None, token=TOKEN):
        """Return (status, body)."""
        headers = {"X-CSRFToken": token} | ({"Idempotency-Key": str(key)} if key else {})
        answer = self.client.post(f"/api{path}", json.dumps(body or {}), content_type="application/json", headers=headers)
        return answer.status_code, answer.json()


@pytest.fixture
def as_user(client):
    from django.test import Client

    return lambda user=None: Caller(Client(enforce_csrf_checks=True), user)


RECORD = {"village": "530625202201", "channel": "visit", "category": "aid", "summary": "想申请低保", "requester_name": "王大叔"}


def test_a_need_goes_its_whole_way_over_http(world, as_user):
    visitor, clerk, handler, caller = (as_user(user) for user in (world.visitor, world.clerk, world.handler, world.caller))
    status, need = visitor.post("/needs", RECORD)
    assert (status, need["state"], need["requester"]) == (201, "registered", "王*叔")
    at = f"/needs/{need['id']}"
    assert clerk.post(f"{at}/admit")[1]["state"] == "admitted"
    assert clerk.post(f"{at}/triage", {"urgency": "ordinary", "difficulty": "medium"})[1]["tier"] == "township"
    units = clerk.get(f"{at}/holders")[1]
    assert str(world.civil.pk) in {unit["id"] for unit in units}
    assert clerk.post(f"{at}/assign", {"holder": str(world.civil.pk)})[1]["holder"]["name"] == "永善县民政局"
    assert handler.post(f"{at}/accept")[1]["handler"] == "陈民政"
    assert handler.post(f"{at}/note", {"words": "已到户核实"})[1]["state"] == "in_progress"
    done = {"outcome": "solved", "outcome_text": "已办理低保", "answered_on": str(today(timezone.now())), "answered_way": "face",
            "no_evidence_reason": "材料在民政系统内"}  # fmt: skip
    assert handler.post(f"{at}/report-done", done)[1]["state"] == "done_reported"
    heard = {"way": "phone", "reached": True, "word": "unsolved", "words": "还没到账"}
    assert caller.post(f"{at}/call-back", heard)[1]["state"] == "reopened"
    assert handler.post(f"{at}/accept")[0] == 200
    assert handler.post(f"{at}/report-done", done)[0] == 200
    assert caller.post(f"{at}/call-back", heard | {"word": "solved"})[1]["confirmed"] == "solved"
    items = clerk.get(f"{at}/checklist")[1]
    assert [item["number"] for item in items] == list(range(1, 10))
    if all(item["holds"] for item in items):
        assert clerk.post(f"{at}/close")[1]["state"] == "closed"
    status, page = clerk.get(at)
    assert {"record", "assign", "dispute", "verify"} <= {step["act"] for step in page["steps"]}
    assert "13812345678" not in json.dumps(page)


def test_refused_is_403_with_the_commands_sentence(world, as_user):
    need = bring(world, S.REGISTERED)
    status, body = as_user(world.visitor).post(f"/needs/{need.pk}/admit")
    assert (status, body["error"]) == (403, "您的岗位没有判定是否合理的权限。")
    status, body = as_user(world.clerk).post(f"/needs/{need.pk}/assign", {"holder": str(world.civil.pk)})
    assert (status, "只有已研判的诉求才能交办" in body["error"]) == (403, True)


def test_elsewhere_and_missing_are_the_same_404(world, as_user):
    need = bring(world, S.ASSIGNED)
    stranger = as_user(world.stranger)
    there, nowhere = stranger.get(f"/needs/{need.pk}"), stranger.get(f"/needs/{uuid.uuid4()}")
    assert there == nowhere
    assert there[0] == 404
    for act in ("accept", "note", "return", "slip", "close", "withdraw"):
        assert stranger.post(f"/needs/{need.pk}/{act}", {"words": "别的乡", "reason": "应由别的单位办", "rule": "三定方案"})[0] == 404
    assert stranger.get("/needs")[1] == {"count": 0, "items": []}
    assert stranger.get("/figures?area=530625202000")[0] == 404


def test_the_same_key_does_nothing_twice_and_another_body_is_409(world, as_user):
    visitor, key = as_user(world.visitor), uuid.uuid4()
    first, again = visitor.post("/needs", RECORD, key=key), visitor.post("/needs", RECORD, key=key)
    assert first == again
    assert Need.objects.count() == 1
    status, body = visitor.post("/needs", RECORD | {"summary": "别的事"}, key=key)
    assert (status, "同一个提交编号" in body["error"]) == (409, True)
    assert visitor.post("/needs", RECORD, key="not-a-key")[0] == 422


def test_a_slips_code_is_told_once_and_never_again_under_the_same_key(world, as_user, monkeypatch):
    visitor, key = as_user(world.visitor), uuid.uuid4()
    at = f"/needs/{world.need().pk}/slip"
    status, first = visitor.post(at, key=key)
    assert status == 201
    status, again = visitor.post(at, key=key)
    assert (status, "只在生成的那一刻显示一次" in again["error"]) == (403, True)
    assert first["code"] not in json.dumps(again)
    monkeypatch.setattr("wanjia.casework.api.may_show", lambda _slip: ALLOWED)  # negative control: the guard switched off
    assert visitor.post(at, key=key) == (201, first)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ({"summary": ""}, "请填写“summary”。"),
        ({"summary": "长" * 201}, "“summary”最多 200 个字。"),
        ({"channel": "pigeon"}, "“channel”只能是"),
        ({"summary": "坏\x00字"}, "不能含有控制字符"),
        ({"household_id": "7"}, "“household_id”应当是一个 UUID。"),
    ],
)
def test_a_broken_body_is_422_with_a_sentence_a_field(world, as_user, spoil, sentence):
    status, body = as_user(world.visitor).post("/needs", RECORD | spoil)
    assert status == 422
    assert sentence in body["errors"][0]["sentence"]
    assert not Need.objects.exists()


def test_nobody_is_401_and_no_token_is_403(world, as_user):
    status, body = as_user().get("/needs")
    assert (status, body["said"]["zh"], bool(body["said"]["en"])) == (401, "请先登录。", True)
    assert as_user(world.visitor).post("/needs", RECORD, token="")[0] == 403
    assert not Need.objects.exists()


def test_the_list_is_filtered_and_cut(world, as_user):
    bring(world, S.ASSIGNED)
    world.need()
    clerk = as_user(world.clerk)
    assert clerk.get("/needs?state=assigned")[1]["count"] == 1
    page = clerk.get("/needs?limit=1&offset=1")[1]
    assert (page["count"], len(page["items"])) == (2, 1)
    assert clerk.get("/needs?limit=1000")[0] == 422


def test_a_list_of_one_and_of_five_asks_the_same_number_of_queries(world, as_user, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clerk = as_user(world.clerk)
    bring(world, S.ASSIGNED)
    clerk.get("/needs")
    with CaptureQueriesContext(connection) as one:
        clerk.get("/needs")
    for _turn in range(4):
        bring(world, S.ACCEPTED)
    with django_assert_num_queries(len(one)):
        clerk.get("/needs")


def test_figures_are_those_of_the_dashboard(world, as_user):
    bring(world, S.DECLINED)
    bring(world, S.DONE_REPORTED)
    day = today(timezone.now())
    status, body = as_user(world.ledger).get("/figures")
    assert (status, body["area"], body["as_of"]) == (200, world.county.code, str(day))
    assert [row for row in body["figures"] if row["id"].startswith("needs.")] == counting.figures(counting.in_area(NEEDS, "530625"), None, day)
    past = as_user(world.ledger).get("/figures?as_of=2026-11-02")[1]
    assert {row["id"]: row["n"] for row in past["figures"]}["needs.received"] == 2
    assert as_user(world.officer).get("/figures")[0] == 403


def test_every_address_of_the_api_is_guarded(world, as_user):
    nobody = as_user()
    schema = api.get_openapi_schema()
    assert schema["openapi"].startswith("3.1")
    for path, acts in schema["paths"].items():
        for method in acts:
            address = re.sub(r"\{\w+\}", str(uuid.uuid4()), path.removeprefix("/api"))
            assert (nobody.get(address) if method == "get" else nobody.post(address))[0] == 401, path
    assert nobody.client.get("/api/openapi.json").status_code == 302
    assert as_user(world.visitor).client.get("/api/openapi.json").json()["openapi"] == schema["openapi"]
    assert {pattern.callback.guard for pattern in urls[0]} == {SIGNED_IN}


schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
schema.config.update(base_url="http://testserver")


@pytest.fixture
def caller_and_needs(world, as_user):
    """The township's worker, and the ids of needs that stand differently."""
    return as_user(world.clerk), [str(bring(world, state).pk) for state in (S.REGISTERED, S.ASSIGNED, S.VERIFIED)]


# Two calls of each; the fuzz makes thousands of every role, and `make prove-walks` eight here.
@schema.parametrize()
@settings(max_examples=8 if WHOLE else 2, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
def test_no_call_whatever_it_holds_breaks_the_server(case, caller_and_needs):
    caller, needs = caller_and_needs
    if "need_id" in case.path_parameters:
        case.path_parameters["need_id"] = needs[len(str(case.body)) % len(needs)]
    sent = requests.Request(**{name: part for name, part in case.as_transport_kwargs().items() if name != "timeout"}).prepare()
    headers = {**sent.headers, "X-CSRFToken": TOKEN, "Cookie": caller.client.cookies.output(header="", sep=";")}
    content_type = headers.pop("Content-Type", "application/octet-stream")
    answer = caller.client.generic(sent.method, sent.path_url, sent.body or b"", content_type=content_type, headers=headers)
    assert answer.status_code < 500
    assert answer.status_code != 401


def test_a_day_past_the_published_calendar_is_said_to_be_provisional(world, as_user):
    """Of the step as of the whole (B16)."""
    need, caller = bring(world, S.ACCEPTED), as_user(world.clerk)
    told = lambda: [caller.get(f"/needs/{need.pk}")[1][name] for name in ("due_provisional", "step_due_provisional")]  # noqa: E731
    Need.objects.filter(pk=need.pk).update(due_on="2026-12-31", step_due_on="2026-12-31")
    assert told() == [False, False]
    Need.objects.filter(pk=need.pk).update(step_due_on="2027-01-04")
    assert told() == [False, True]
    Need.objects.filter(pk=need.pk).update(due_on="2027-01-04", step_due_on=None)
    assert told() == [True, False]


def test_what_a_form_with_a_file_may_leave_out_it_may_leave_out():
    [path] = [one for one in api.get_openapi_schema()["paths"] if one.endswith("{need_id}/evidence")]
    content = api.get_openapi_schema()["paths"][path]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert set(content["properties"]) == {"file", "words"}
    assert content.get("required", []) == []
