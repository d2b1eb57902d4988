"""Every declared act does by its page and by its call what its row does by hand: the doors are made from the declaration, and opened here."""

import json
from datetime import date, datetime
from functools import cache, partial

import pytest
from django.db.models import Model
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape

from wanjia.doors.pages import address_of
from wanjia.kernel.acts import ACTS as DECLARED
from wanjia.kernel.command import SystemActor
from wanjia.kernel.models import Entry, Receipt
from wanjia.site.api import api

from .acts import ACTS, World, actor

pytestmark = pytest.mark.django_db
KEY = "0190e0e0-0000-7000-8000-0000000000aa"
# What is given out once: the answer of a repeat is a refusal.
TOLD_ONCE = {"casework.issue_slip", "labour.issue_work_slip"}
# What is asked and journalled each time that it is sent: a paper bears what stands there now.
TOLD_ANEW = {"reporting.print_document"}
# Whose doors other tests open: {reason: acts}.
TWO_ROWS = "its address names the row above it too: the tests of users and areas open it"
ELSEWHERE = {
    TWO_ROWS: ("orgs.drop_area_alias", "orgs.end_post"),
    "its form spells what is asked in fields of its own: the mechanism's tests send it": (
        "casework.admit_need", "casework.note_attendance", "casework.report_child", "orgs.keep_workday", "orgs.load_areas", "orgs.load_workdays", "orgs.wake_user",
        "registry.correct_headers", "registry.plan_visit", "registry.record_home_status", "registry.record_status", "registry.register_household",
        "registry.update_person",
    ),
    "each time that a number is sent which is registered already, that is journalled: the register's tests send it": ("registry.add_member",),
}  # fmt: skip
BY_FORM = ("casework.add_evidence",)  # a file comes in a form, not in JSON
MADE = sorted(name for name in DECLARED if name in ACTS)


def ready(name, monkeypatch):
    """Return (act, a client signed in as who does it rightly, the row's key or "", the other keywords), at the act's own moment."""
    world, tried, act = World(), ACTS[name], DECLARED[name]
    what = tried.make(world)
    user = actor(world, tried.by)
    if isinstance(user, SystemActor):
        pytest.skip("nobody signs in to do it")
    monkeypatch.setattr(timezone, "now", lambda: tried.at)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return act, client, "" if act.new else str(what.pop(act.subject.keyword)), what


def spelt(value):
    """Spell a keyword as a body has it: rows by their keys, days and moments by their letters."""
    if isinstance(value, list | tuple | set):
        return [spelt(one) for one in value]
    if isinstance(value, Model):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date | datetime) else value


def page_of(act, key):
    return "/" + address_of(act).replace(f"<{act.subject.id}:{act.subject.keyword}>", key)


def _call(client, address, body):
    return client.post(address, json.dumps(body), "application/json", headers={"Idempotency-Key": KEY})


def lines():
    """Return the acts in the journal, in their order."""
    return list(Entry.objects.order_by("seq").values_list("act", flat=True))


@cache
def calls():
    """Return {name of the command's function: address of its call}."""
    found = {}
    for path, operations in api.get_openapi_schema()["paths"].items():
        if "post" in operations:
            found[operations["post"]["operationId"].removeprefix("wanjia_doors_calls_")] = path
    return found


@pytest.mark.parametrize("name", [name for name in MADE if DECLARED[name].page and name not in ELSEWHERE[TWO_ROWS]])
def test_its_page_asks_in_both_languages(name, monkeypatch, settings):
    act, client, key, _what = ready(name, monkeypatch)
    for language in ("zh-hans", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.get(page_of(act, key), follow=True)
        assert answer.status_code == 200
        with translation.override(language):
            assert escape(str(act.words)) in answer.content.decode() or act.template != "act.html"


@pytest.mark.parametrize("name", [name for name in MADE if DECLARED[name].page and not any(name in names for names in ELSEWHERE.values())])
def test_its_page_does_it_once(name, monkeypatch):
    act, client, key, what = ready(name, monkeypatch)
    sent = {one: "yes" if value is True else "no" if value is False else spelt(value) for one, value in what.items() if value is not None} | {"key": KEY}
    before = lines()
    assert client.post(page_of(act, key), sent).status_code in (200, 302)
    after = lines()
    assert len(after) > len(before)
    client.post(page_of(act, key), sent)  # what it was about may be gone by now
    assert lines() == after or act.command.reads
    assert Receipt.objects.filter(pk=KEY, command=name).count() == 1


@pytest.mark.parametrize("name", [name for name in MADE if DECLARED[name].call is not None and name not in BY_FORM])
def test_its_call_does_it_once(name, monkeypatch):
    act, client, key, what = ready(name, monkeypatch)
    address = calls()[act.command.__name__].replace(f"{{{act.subject.keyword}}}", key)
    names = {one.name: one.asked.spelt or one.name for one in act.asked}
    body = {names.get(one, one): spelt(value) for one, value in what.items()}
    send = partial(_call, client, address, body)
    first, after, again = (step() for step in (send, lines, send))
    assert first.status_code in (200, 201), first.content.decode()
    assert again.status_code == first.status_code or name in TOLD_ONCE
    assert lines() == after or act.command.reads or name in TOLD_ANEW
    assert Receipt.objects.filter(pk=KEY, command=name).count() == 1


def test_what_is_left_out_is_an_act():
    assert {name for names in ELSEWHERE.values() for name in names} | set(BY_FORM) | TOLD_ONCE <= set(MADE)


def test_a_page_that_does_nothing_is_noticed(monkeypatch):
    """Negative control: what the command does not do, the page has not done."""
    monkeypatch.setattr("wanjia.kernel.command._once", lambda *args: None)
    with pytest.raises(AssertionError):
        test_its_page_does_it_once("casework.add_note", monkeypatch)
