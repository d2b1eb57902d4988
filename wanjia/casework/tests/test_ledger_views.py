"""Columns chosen and questions kept, each for one person: never what was typed to find somebody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ..ledger.columns import COLUMNS, USUAL
from ..models import LedgerView
from .walk import bring

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def clerk(world, client):
    bring(world, "triaged")
    client.force_login(world.clerk, backend=BACKEND)
    return client


def headings(client):
    html = client.get("/needs/").content.decode()
    return html[html.index("<thead") : html.index("</thead>")]


def test_columns_are_kept_for_me_alone(world, clerk, client):
    assert "责任人" not in headings(clerk)
    to = clerk.post("/needs/view/", {"what": "columns", "columns": ["category", "handler", "state", "no such"], "next": "/needs/?tab=assign"})
    assert to.headers["Location"] == "/needs/?tab=assign"
    shown = headings(clerk)
    assert "责任人" in shown and "类别" in shown and "诉求人" not in shown
    client.force_login(world.ledger, backend=BACKEND)
    assert "责任人" not in headings(client)


def test_every_column_can_be_shown(world, clerk):
    for turn in range(2):
        clerk.post("/needs/view/", {"what": "columns", "columns": list(COLUMNS)})
        page = clerk.get("/needs/")
        assert page.status_code == 200 and page.context["columns"] == list(COLUMNS)
        clerk.post("/needs/view/", {"what": "columns"})  # nothing chosen: the usual ones
        assert clerk.get("/needs/").context["columns"] == list(USUAL), turn


def test_chosen_columns_ask_no_more_for_more_rows(world, clerk):



    clerk.post("/needs/view/", {"what": "columns", "columns": list(COLUMNS)})
    clerk.get("/needs/")
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            clerk.get("/needs/")
        counts.append(len(asked))
        for state in ("accepted", "done_reported", "returned"):
            bring(world, state)
    assert counts[0] == counts[1]


def test_a_filter_is_kept_under_its_own_words_and_dropped(world, clerk):
    asked = {"tab": "late", "area": world.xisha.pk, "category": "aid", "holder": str(world.civil.pk)}
    clerk.post("/needs/view/", {"what": "keep", **asked})
    page = clerk.get("/needs/")
    (one,) = page.context["kept"]
    assert one["words"] == "超期 · 细沙乡 · 永善县民政局 · 低保救助" or "低保救助" in one["words"]
    assert clerk.get("/needs/" + one["address"]).context["kept"][0]["here"]
    clerk.post("/needs/view/", {"what": "keep", **asked})
    assert len(clerk.get("/needs/").context["kept"]) == 1, "the same twice is one"
    clerk.post("/needs/view/", {"what": "drop", **asked})
    assert clerk.get("/needs/").context["kept"] == []


def test_what_was_typed_is_never_kept(world, clerk):
    clerk.post("/needs/view/", {"what": "keep", "tab": "late", "q": "王建国", "figure": "needs.open"})
    assert "王建国" not in str(LedgerView.objects.get().questions)
    clerk.post("/needs/view/", {"what": "keep", "q": "王建国"})
    assert len(LedgerView.objects.get().questions) == 1


@pytest.mark.parametrize("typed", ["王建国", "530625201501011234", "\0", "5" * 90_000, "x' OR 1=1"])
@pytest.mark.parametrize("word", ["tab", "area", "holder", "category", "mine"])
def test_nothing_but_codes_is_kept_under_a_code_s_word(world, clerk, word, typed):
    clerk.post("/needs/view/", {"what": "keep", "urgency": "urgent", word: typed})
    (one,) = LedgerView.objects.get().questions
    assert one["asked"] == {"urgency": "urgent"}


def test_who_sees_no_needs_keeps_no_view(world, client):
    from wanjia.orgs.roles import Role

    from .factories import worker

    client.force_login(worker("guanliyuan", "某管理", world.office, Role.ADMINISTRATOR), backend=BACKEND)
    assert client.post("/needs/view/", {"what": "columns", "columns": ["state"]}).status_code == 403
    assert not LedgerView.objects.exists()
