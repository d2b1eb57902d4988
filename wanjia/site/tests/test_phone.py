"""Pages without a line name nobody; what was typed into a form that could not be taken comes back, to whoever typed it here."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.house.acts import World
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry
from wanjia.registry.visits.commands import plan_visit, record_visit

OWN = {"Origin": "http://testserver"}
TYPED = {"summary": "水管冻裂,盼着修好", "requester_name": "王大叔", "category": "aid", "key": "k", "password": "geheim wort"}


@pytest.fixture
def house(db):
    return World()


def browser(user=None, **kwargs):
    """A browser, signed in as somebody."""
    client = Client(**kwargs)
    if user:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("path", ["/no-signal", "/outbox"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_the_worker_keeps_names_nobody_and_speaks_the_readers_language(house, path, language):
    page = browser().get(path, {"in": language}).content.decode()
    assert (f'lang="{"en" if language == "en" else "zh-CN"}"' in page, "data-person" in page) == (True, False)


def test_the_worker_is_asked_for_anew_each_time():
    answer = Client().get("/sw.js")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    assert answer.headers["Content-Type"].startswith("text/javascript")


def test_a_form_that_arrives_after_the_sign_in_ran_out_gives_back_what_was_typed(house):
    answer = browser().post("/record/?new=1", TYPED, headers=OWN)

    page = answer.content.decode()
    assert answer.status_code == 401 and "no-store" in answer.headers["Cache-Control"]
    assert page.count("水管冻裂,盼着修好") == 2, "once to read, once to be sent again"
    assert "geheim" not in page and 'name="key"' in page and "/record/?new=1" in page


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Referer": "https://evil.example/form"}])
def test_what_another_site_sends_is_given_back_to_nobody(house, headers):
    answer = browser().post("/record/?new=1", TYPED, headers=headers)
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/record/%3Fnew%3D1")
    refused = browser(house.visitor, enforce_csrf_checks=True).post("/record/?new=1", TYPED, headers=headers)
    assert refused.status_code == 403 and "水管" not in refused.content.decode()


def test_a_page_that_was_open_too_long_gives_back_what_was_typed(house):
    answer = browser(house.visitor, enforce_csrf_checks=True).post("/record/?new=1", TYPED, headers=OWN)

    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Wanjia-Refused"]) == (403, "csrf")
    assert "水管冻裂,盼着修好" in page and "再提交一次" in page and "geheim" not in page


def test_a_part_of_a_page_is_not_exchanged_for_the_sign_in(house):
    assert browser().get("/record/", headers={"HX-Request": "true"}).status_code == 401


@pytest.fixture
def visited(house):
    """A home with a child about whom something was noted last time; today's visit is planned."""
    told = {"done_on": today(timezone.now()), "method": "home", "home": {}, "findings": []}
    people = {"visitor_ids": [house.visitor.pk, house.register.yang.pk], "by": house.visitor, "at": timezone.now()}
    first = plan_visit(household_id=house.register.home.pk, planned_on=today(timezone.now()), **people)
    record_visit(visit_id=first.pk, children={str(house.register.child.pk): {"mind": {"choice": "", "words": "夜里哭"}}}, **told, **people)
    return plan_visit(household_id=house.register.home.pk, planned_on=today(timezone.now()), **people)


def test_of_today_s_visits_everything_opens_that_is_needed_at_the_door(house, visited):
    pages = browser(house.visitor).get("/device/satchel").json()["pages"]
    acts = {one["path"] for one in pages if one["act"]}
    home = house.register.home.pk
    assert acts == {reverse("registry:visit_record", args=[visited.pk]), f"/record/?household={home}", "/record/?new=1", reverse("labour:calls")}
    assert f"/households/{home}/" in {one["path"] for one in pages}
    client = browser(house.visitor)
    assert {client.get(one["path"], headers={"Satchel": "1"}).status_code for one in pages} == {200}


def test_who_goes_on_no_visit_takes_nothing_of_a_home_along(house, visited):
    pages = browser(house.stranger).get("/device/satchel").json()["pages"]
    assert [one["path"] for one in pages] == ["/record/?new=1"]
    assert browser(house.auditor).get("/device/satchel").json()["pages"] == []
    later = today(timezone.now()) + timedelta(days=1)
    assert visited.planned_on < later


def test_what_was_noted_about_a_child_is_not_taken_along_and_nobody_is_said_to_have_read_it(house, visited):
    client, path = browser(house.visitor), reverse("registry:visit_record", args=[visited.pk])
    read = Entry.objects.filter(act="child.open_notes")

    carried = client.get(path, headers={"Satchel": "1"}).content.decode()
    assert "夜里哭" not in carried and not read.exists()
    assert "data-sealed" in carried, "the questions about the child would be kept as a draft"

    whole = client.get(path).content.decode()  # negative control: the page of one who stands before the server
    assert "夜里哭" in whole and read.exists()
