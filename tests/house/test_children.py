"""Children (未成年人网络保护条例 36): outside the file, whose every opening is journalled, no address says who a child is.

In `make test` a search and a choice of a home are asked of the addresses that name no row, and the walk is shared (shares.py).
"""

import re

import pytest
from django.urls import reverse

from wanjia.casework.states import NeedState
from wanjia.casework.tests.factories import worker
from wanjia.casework.tests.walk import bring
from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.duties import Role
from wanjia.orgs.models import Line, Organisation, Tier
from wanjia.registry.households.rules import visible_households
from wanjia.registry.models import Person
from wanjia.registry.people.queries import people_found
from wanjia.registry.people.rules import visible_people

from .acts import World, visit
from .shares import WHOLE, mine
from .test_separation import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


@pytest.fixture
def police(world):
    """A bureau whose line has no duty with families."""
    unit = Organisation.objects.create(name="永善县公安局", tier=Tier.COUNTY, line=Line.POLICE, area=world.county)
    return worker("gongan", "某民警", unit, Role.BUREAU_WORKER)


def told(child):
    """What would say who the child is: the name; the number; the last four beside a month of birth."""
    return child.name, child.citizen_id or "~", child.citizen_last4 and re.compile(rf"{child.birth_on:%Y-%m}.{{0,400}}{child.citizen_last4}", re.DOTALL)


def met(client, user, world, need, texts, turn=None):
    """Return the addresses that say who the child is without a reading journalled, and how many were opened."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    child = world.register.child
    name, number, beside = texts
    gaps = {
        "need_id": need.pk, "household_id": world.register.home.pk, "person_id": child.pk, "child_id": child.pk, "visit_id": visit(world).pk,
        "unit_id": world.civil.pk, "code": world.county.code, "line": "father",
    }  # fmt: skip
    found, opened = [], 0
    for at, (address_name, path) in enumerate(addresses()):
        wanted = re.findall(r"<(?:\w+:)?(\w+)>", path)
        if not set(wanted) <= set(gaps) or address_name == "account_logout" or not mine(at, turn):
            continue
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda gap: str(gaps[gap[1]]), path)
        asked = (f"?household={world.register.home.pk}", f"?q={child.citizen_last4}", f"?q={name[0]}") if WHOLE or not wanted else ()
        for query in ("", *asked):
            read = Entry.objects.filter(kind=EntryKind.READING).count()
            answer = client.get(address + query)
            text = b"".join(answer).decode(errors="ignore") if answer.streaming else answer.content.decode(errors="ignore")
            opened += 1
            if Entry.objects.filter(kind=EntryKind.READING).count() == read and (name in text or number in text or (beside and beside.search(text))):
                found.append(f"{address_name}{query[:3]}")
    return found, opened


@pytest.mark.parametrize(("turn", "who"), list(enumerate(["clerk", "visitor", "handler", "caller", "leader"])))
def test_no_address_says_who_a_child_is(client, world, turn, who):
    need = bring(world, NeedState.DONE_REPORTED)
    found, opened = met(client, getattr(world, who), world, need, told(world.register.child), turn)
    assert found == []
    assert opened > (100 if WHOLE else 30)


def test_without_the_mask_the_walk_finds_the_child(client, world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(Person, "is_protected", False)
    found, _opened = met(client, world.clerk, world, bring(world, NeedState.DONE_REPORTED), told(world.register.child))
    assert any("people" in one or "household" in one for one in found)


def test_the_one_door_is_the_file(client, world):
    child = world.register.child
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    for name in ("person", "person_edit", "person_reveal"):
        answer = client.get(reverse(f"registry:{name}", args=[child.pk]))
        assert (name, answer.url) == (name, reverse("registry:child_file", args=[child.pk]))
    answer = client.post(reverse("registry:person_reveal", args=[child.pk]), {"reason": "入户前核对"})
    assert child.citizen_id not in answer.content.decode()
    read = Entry.objects.filter(act="child.open_file").count()
    page = client.post(reverse("registry:child_file", args=[child.pk]), {"reason": "入户前核对"}).content.decode()
    assert child.name in page
    assert Entry.objects.filter(act="child.open_file").count() == read + 1


def test_somebody_at_school_without_a_birth_date_is_protected():
    assert Person(name="王小雨", schooling="primary").is_protected
    assert not Person(name="王大爷").is_protected


def test_numbers_are_no_oracle(client, world, police):
    child = world.register.child
    assert not people_found(world.clerk, child.citizen_last4).filter(pk=child.pk).exists()
    assert people_found(world.clerk, child.citizen_id).filter(pk=child.pk).exists()  # who opens the file may find it
    assert not people_found(police, child.citizen_id).filter(pk=child.pk).exists()
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/people/", {"q": child.citizen_id})
    line = Entry.objects.get(act="person.look_up")
    assert (line.kind, line.by_id) == (EntryKind.READING, world.clerk.pk)
    assert child.citizen_id not in str(line.detail)
    for _turn in range(60):
        client.get("/people/", {"q": child.citizen_id})
    assert client.get("/people/", {"q": child.citizen_id}).status_code == 403


def test_a_bureau_without_a_tie_sees_no_home(world, police):
    assert not visible_households(police).exists()
    assert not visible_people(police).exists()
    need = bring(world, NeedState.TRIAGED)
    type(need).objects.filter(pk=need.pk).update(holder=police.org)
    assert list(visible_households(police)) == [need.household]
    assert visible_households(world.clerk).filter(pk=need.household_id).exists()


def test_what_a_signed_in_person_sees_lies_in_no_cache(client, world):
    client.force_login(world.clerk, backend="django.contrib.auth.backends.ModelBackend")
    for address in ("/", "/people/", "/api/people/"):
        assert client.get(address).headers["Cache-Control"] == "no-store, private"
