"""Who may not know a child learns nothing of it: every address of care, asked by every post. A name goes out only with its line in the journal."""

import re

import pytest
from django.urls import get_resolver, reverse

from tests.house.shares import mine
from wanjia.care.classes import commands as rolls
from wanjia.care.gifts.commands import leave_roll
from wanjia.care.models import (
    Canteen,
    CareClass,
    Collector,
    Concern,
    Diner,
    Distribution,
    Enrolment,
    Entitled,
    Event,
    Gift,
    Helper,
    LineContact,
    Meal,
    Pair,
    Photo,
    Presence,
    Serving,
    Session,
    Team,
    Wish,
)
from wanjia.kernel.models import Entry, EntryKind
from wanjia.registry.models import Person
from wanjia.verdict import ALLOWED, Refused

from . import acts_classes as classes
from . import acts_events as events
from . import acts_gifts as gifts
from . import acts_lines as lines
from . import acts_pairing as pairing
from . import acts_wishes as wishes
from . import factories

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
POSTS = ("clerk", "visitor", "stranger", "caller", "ledger", "handler2", "head", "admin", "leader", "auditor", "township_leader", "labour", "analyst", "care", "helper", "officer", "nobody")
ROWS = {
    "pair_id": Pair, "care_class_id": CareClass, "session_id": Session, "presence_id": Presence, "enrolment_id": Enrolment, "collector_id": Collector, "entitled_id": Entitled,
    "helper_id": Helper, "canteen_id": Canteen, "meal_id": Meal, "serving_id": Serving, "diner_id": Diner, "concern_id": Concern, "contact_id": LineContact, "child_id": Person,
    "wish_id": Wish, "event_id": Event, "photo_id": Photo, "distribution_id": Distribution, "team_id": Team,
}  # fmt: skip
APART = {"pair_proposal_id", "plan_id", "code", "member_id", "gift_id", "shift_id", "arrival_id", "wish_money_id"}  # acts on single rows; plans; papers
SCHOOL = "独一无二中心校"


@pytest.fixture
def lived(world):
    """The child is paired, watched, at class today; an elder missed his meal."""
    pairing.entitled(world)
    lines.contacted(world)
    lines.watched(world)
    classes.there(world)
    classes.missed(world)
    wishes.published(world)
    events.ticked(world)
    events.taken(world)
    gifts.opened(world)
    factories.team(world)
    Person.objects.filter(pk=world.register.child.pk).update(school_name=SCHOOL)
    return world


def addresses(child):
    """Yield every address of care that the rows of this world fill in."""
    care = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "care")
    for one in care.url_patterns:
        asked = one.pattern.converters
        if not set(asked) <= set(ROWS):
            continue
        pks = {name: child.pk if name == "child_id" else (ROWS[name].objects.values_list("pk", flat=True).first()) for name in asked}
        if all(pks.values()):
            yield reverse(f"care:{one.name}", kwargs=pks)


def readings(user, child):
    return Entry.objects.filter(kind=EntryKind.READING, subject_id=str(child.pk), by_id=user.pk).count()


def leaks(world, client, extra="", posts=POSTS):
    """List (post, address) at which the child's name stood without a line of its reading; whoever opened the roll has one from then."""
    child, found, asked = Person.objects.get(pk=world.register.child.pk), [], 0
    assert child.citizen_id
    tail = re.compile(rf"(?<![0-9a-f-]){child.citizen_id[-4:]}(?![0-9a-f-])|{child.citizen_id}", re.IGNORECASE)  # a row's key holds the four digits by chance
    for turn, post in enumerate(posts):
        user = type(world.clerk).objects.get(pk=getattr(world, post).pk)
        client.force_login(user, backend=BACKEND)
        for address in (one for at, one in enumerate(addresses(child)) if mine(at, None if len(posts) == 1 else turn)):
            before = readings(user, child)
            page = client.get(address + extra)
            asked += page.status_code == 200
            assert page.status_code < 500, (post, address)
            text = b"".join(page.streaming_content).decode() if page.streaming else page.content.decode()
            opened = "/sessions/" in address and user.pk == Session.objects.get().opened_by_id
            if (child.name in text or tail.search(text)) and readings(user, child) == before and not opened:
                found.append((post, address))
            if SCHOOL in text:
                found.append((post, address, SCHOOL))
            if page.status_code == 200 and "no-store" not in page.headers["Cache-Control"]:
                found.append((post, address, "cache"))
            if child.name in str(page.headers):
                found.append((post, address, "headers"))
    assert asked > 5 * len(posts)
    return found


def test_every_address_of_care_is_asked(lived):
    """A new kind of row is put into ROWS, or said to be apart."""
    care = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "care")
    asked = {address.split("?")[0] for address in addresses(Person.objects.get(pk=lived.register.child.pk))}
    apart = {name for one in care.url_patterns for name in one.pattern.converters if name not in ROWS}
    assert (len(asked) > 30, apart) == (True, APART)


@pytest.mark.slow
def test_no_post_reads_a_child_s_name_without_a_line(lived, client):
    """Names asked for wherever a page may be asked for them."""
    assert leaks(lived, client, "?names=1") == []


def test_a_list_that_wrote_the_whole_name_would_be_found(lived, client, monkeypatch):
    monkeypatch.setattr(Person, "shown_name", property(lambda one: one.name))
    assert leaks(lived, client, posts=("visitor",))


def test_the_journal_names_no_child_to_whoever_reads_it(lived, client):
    child, uncle = lived.register.child, Collector.objects.get()
    presence = Presence.objects.get()
    rolls.hand_child(presence_id=presence.pk, adult=uncle, known_by="班主任认得他爷爷王德发", **classes.who(lived))
    rolls.drop_collector(collector_id=uncle.pk, reason="王小雨的爸爸不准他接", **classes.who(lived))
    for post in ("auditor", "admin", "ledger"):
        client.force_login(type(lived.clerk).objects.get(pk=getattr(lived, post).pk), backend=BACKEND)
        page = client.get("/journal")
        for said in (child.name, "11 月 2 日当面说的", "王德发", "给王建国打的电话", "不准他接"):
            assert page.status_code != 200 or said not in page.content.decode(), said
    uncle.refresh_from_db()
    presence.refresh_from_db()
    assert uncle.words.splitlines() == ["王建国 11 月 2 日当面说的", "给王建国打的电话", "王小雨的爸爸不准他接"] and presence.words == "班主任认得他爷爷王德发"


# Why a child left, as the journal keeps it.


TELLING = ("王小雨转学了", "转到独一无二小学", "转到三班", "跟爸爸去了大同村", "打 13887000001 问")


@pytest.mark.parametrize("reason", TELLING)
def test_why_a_child_left_names_nobody_and_no_school(world, reason, monkeypatch):
    gifts.opened(world)
    classes.on_roll(world)
    gift, place = Gift.objects.get(), Enrolment.objects.get()
    for leave in (lambda: leave_roll(gift_id=gift.pk, reason=reason, **gifts.who(world)), lambda: rolls.leave_class(enrolment_id=place.pk, reason=reason, **classes.who(world))):
        with pytest.raises(Refused, match="操作日志"):
            leave()
    monkeypatch.setattr(rolls, "may_stay_in_journal", lambda *_what: ALLOWED)
    rolls.leave_class(enrolment_id=place.pk, reason=reason, **classes.who(world))
    assert Entry.objects.get(act="enrolment.leave").reason == reason, "negative control: there it stands, for every auditor"


@pytest.mark.parametrize("reason", ["转学", "转到县城上学", "休学", "家里接得早", "不想来了"])
def test_why_a_child_left_may_be_said(world, reason):
    """The control."""
    gifts.opened(world)
    leave_roll(gift_id=Gift.objects.get().pk, reason=reason, **gifts.who(world))
    assert Entry.objects.get(act="gift.leave").reason == reason


# What is typed and not sent lies on the device, sealed: of a child nothing does.


def lies_there(world, client, address):
    client.force_login(type(world.clerk).objects.get(pk=world.clerk.pk), backend=BACKEND)
    page = client.get(address)
    assert page.status_code == 200
    return 'data-draft="none"' not in page.content.decode()


def test_no_childs_name_typed_for_a_roll_lies_on_a_device(world, client):
    place = classes.a_class(world)["care_class_id"]
    assert not lies_there(world, client, f"/care/classes/{place}/enrol/")
    assert lies_there(world, client, "/care/canteens/new/"), "negative control: of a canteen's name and seats it may"
