"""Several rows ticked, one act: each its own verdict and its own key; a repeat does nothing twice; without a script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wanjia.kernel.models import Entry, Receipt

from ..models import Need
from .walk import bring

pytestmark = pytest.mark.django_db
KEY = "0190e0e0-0000-7000-8000-0000000000bb"
DOOR = "/needs/several/"


@pytest.fixture
def clerk(world, client):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def rows(needs):
    return [str(need.pk) for need in needs]


def test_the_ledger_has_a_box_for_each_row_and_the_acts_that_are_mine(world, clerk):
    need = bring(world, "triaged")
    page = clerk.get("/needs/").content.decode()
    assert f'name="rows" value="{need.pk}"' in page
    assert 'name="act" value="assign"' in page and 'name="act" value="urge"' in page and "/needs/ticked-export/" in page
    assert 'name="act" value="call_back"' not in page, "the clerk calls nobody back"


def test_each_row_has_its_own_verdict_and_the_rest_is_done(world, clerk):
    ready, early, other = bring(world, "triaged"), bring(world, "admitted"), bring(world, "triaged")
    asked = clerk.post(DOOR, {"act": "assign", "rows": rows([ready, early, other])}).content.decode()
    assert "只有已研判的诉求才能交办" in asked and "交办 2 件" in asked
    assert 'name="due_on"' not in asked, "what differs from row to row is not asked"
    done = clerk.post(DOOR, {"act": "assign", "rows": rows([ready, early, other]), "go": "1", "key": KEY, "holder": str(world.civil.pk)})
    listed = done.context["listed"]
    assert [bool(one.done) for one in listed] == [True, False, True] and "只有已研判的诉求才能交办" in str(listed[1].why)
    assert list(Need.objects.filter(holder=world.civil).values_list("state", flat=True)) == ["assigned", "assigned"]
    due = {need.pk: need.due_on for need in (ready, other)}
    assert {need.pk: need.due_on for need in Need.objects.filter(pk__in=due)} == due


def test_a_repeat_does_nothing_twice(world, clerk):
    needs = [bring(world, "triaged"), bring(world, "triaged")]
    sent = {"act": "assign", "rows": rows(needs), "go": "1", "key": KEY, "holder": str(world.civil.pk)}
    first = clerk.post(DOOR, sent)
    lines, receipts = Entry.objects.count(), Receipt.objects.count()
    again = clerk.post(DOOR, sent)
    assert [str(one.done) for one in again.context["listed"]] == [str(one.done) for one in first.context["listed"]] != ["", ""]
    assert (Entry.objects.count(), Receipt.objects.count()) == (lines, receipts)


def test_the_device_hears_that_the_page_was_done(world, clerk):
    """Otherwise the same rows, ticked again, come with the words and the key of last time, and what is pressed is only recalled."""
    early, ready = bring(world, "admitted"), bring(world, "triaged")
    sent = {"act": "assign", "rows": rows([early]), "go": "1", "key": KEY, "holder": str(world.civil.pk)}
    clerk.post(DOOR, sent)
    assert clerk.get("/device/word", {"key": KEY}).json()["done"] == [], "all were refused: what was written stays"
    clerk.post(DOOR, {**sent, "rows": rows([early, ready])})
    assert clerk.get("/device/word", {"key": KEY}).json()["done"] == [KEY]


def test_without_a_key_a_repeat_is_told_so(world, clerk):
    """The negative control: the key alone makes the repeat silent."""
    sent = {"act": "assign", "rows": rows([bring(world, "triaged")]), "go": "1", "holder": str(world.civil.pk)}
    clerk.post(DOOR, sent)
    assert "已在" in str(clerk.post(DOOR, sent).context["listed"][0].why)


def test_one_refusal_takes_back_none_of_the_others(world, clerk):
    """A transaction of its own for each row: the second is refused in the middle of its act, the first and the third stay."""
    needs = [bring(world, "triaged") for _n in range(3)]
    Need.objects.filter(pk=needs[1].pk).update(urgency="critical", difficulty="hard")  # county alone
    clerk.post(DOOR, {"act": "assign", "rows": rows(needs), "go": "1", "key": KEY, "holder": str(world.township.pk)})
    assert [Need.objects.get(pk=need.pk).state for need in needs] == ["assigned", "triaged", "assigned"]


def test_what_is_out_of_reach_is_not_among_the_ticked(world, client):
    client.force_login(world.stranger, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(DOOR, {"act": "assign", "rows": [*rows([bring(world, "triaged")]), "no-key"]})
    assert page.context["listed"] == [] and "还没有勾选" in page.content.decode()


def test_an_act_without_the_duty_is_not_offered_by_its_name(world, client):
    client.force_login(world.visitor, backend="django.contrib.auth.backends.ModelBackend")
    need = bring(world, "triaged")
    assert client.post(DOOR, {"act": "assign", "rows": rows([need]), "go": "1", "holder": str(world.civil.pk)}).context["listed"] == []
    assert Need.objects.get(pk=need.pk).state == "triaged"


def test_callbacks_are_led_through_one_by_one(world, client):
    """The household's word is never written for several at once."""
    client.force_login(world.caller, backend="django.contrib.auth.backends.ModelBackend")
    first, second = bring(world, "done_reported"), bring(world, "done_reported")
    to = client.post(DOOR, {"act": "call_back", "rows": rows([first, second]), "go": "1"}).headers["Location"]
    assert to.startswith(f"/needs/{first.pk}/callback/?next=") and str(second.pk) in to
    onward = client.get(DOOR, {"act": "call_back", "rows": rows([second])}).headers["Location"]
    assert onward == f"/needs/{second.pk}/callback/?next=%2Fneeds%2F"
    kept = client.post(DOOR, {"act": "call_back", "rows": rows([first]), "next": "/callbacks/"}).headers["Location"]
    assert kept == f"/needs/{first.pk}/callback/?next=%2Fcallbacks%2F", "back to the list on which they were ticked"


def test_ticked_rows_are_exported_alone(world, clerk):
    needs = [bring(world, "triaged") for _n in range(3)]
    to = clerk.post("/needs/ticked-export/", {"rows": rows(needs[:2])}).headers["Location"]
    page = clerk.get(to)
    assert page.context["rows"] == 2
    assert clerk.post("/needs/ticked-export/", {}).headers["Location"] == "/needs/"


def test_many_ticked_rows_ask_as_much_as_few(world, clerk):
    needs = [bring(world, "triaged") for _n in range(6)]
    clerk.post(DOOR, {"act": "assign", "rows": rows(needs[:1])})
    counts = []
    for some in (needs[:1], needs):
        with CaptureQueriesContext(connection) as asked:
            clerk.post(DOOR, {"act": "assign", "rows": rows(some)})
        counts.append(len(asked))
    assert counts[0] == counts[1]
