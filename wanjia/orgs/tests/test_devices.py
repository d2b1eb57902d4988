"""What a device is given and when it has to forget: no key without the server, none for what lay there before an account changed hands."""

import uuid

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from wanjia.kernel.models import Receipt
from wanjia.orgs.accounts.commands import change_own_password, end_own_sessions, lock_user, reset_password, unlock_user
from wanjia.orgs.devices.middleware import PERSON
from wanjia.orgs.devices.trust import DAYS, PEOPLE, Device
from wanjia.orgs.models import User

from . import factories

NEW = "gaishan-2026-cunwu"


def word(client, **asked):
    """Have a word; return it."""
    return client.get("/device/word", asked).json()


def again(client, username, password=factories.PASSWORD):
    """Sign in again at the same browser."""
    client.cookies.pop("wanjia", None)
    answer = client.post("/accounts/login/", {"login": username, "password": password})
    assert answer.status_code == 302
    return word(client)


def test_the_same_person_on_the_same_device_gets_the_same_key_and_nobody_else_does(signed_in):
    client = signed_in("datong")
    first = word(client)

    assert first["person"] and len(first["key"]) == 44
    assert again(client, "datong")["key"] == first["key"]
    assert word(signed_in("datong"))["key"] != first["key"], "another device opens what lies on this one"
    other = again(client, "xisha")
    assert other["key"] != first["key"] and other["person"] != first["person"]
    assert sorted(other["kept"]) == sorted([first["person"], other["person"]]), "who comes second on a shared phone takes the first one's drafts away"


def test_whose_session_ran_out_keeps_the_drafts_and_gets_no_key(signed_in):
    client = signed_in("datong")
    mine = word(client)
    client.cookies.pop("wanjia")

    told = word(client)

    assert (told["person"], told["key"], told["kept"]) == (None, None, [mine["person"]])


def test_signing_out_leaves_nothing(signed_in):
    client = signed_in("datong")
    mine = word(client)
    client.post("/accounts/logout/")

    assert word(client)["kept"] == []
    back = again(client, "datong")
    assert back["key"] != mine["key"] and back["person"] != mine["person"]


REVOKED = {
    "locked": lambda world: lock_user(user_id=world["datong"].pk, reason="离职", by=world["admin"], at=timezone.now()),
    "reset": lambda world: reset_password(user_id=world["datong"].pk, password=NEW, by=world["admin"], at=timezone.now()),
    "ended from elsewhere": lambda world: end_own_sessions(by=User.objects.get(username="datong"), at=timezone.now()),
}


@pytest.mark.parametrize("how", REVOKED)
def test_a_revoked_device_forgets_at_its_next_word_and_its_key_never_comes_again(signed_in, world, how):
    client = signed_in("datong")
    mine = word(client)

    REVOKED[how](world)

    told = word(client)
    assert (told["person"], told["key"], told["kept"]) == (None, None, [])
    if how == "locked":
        unlock_user(user_id=world["datong"].pk, by=world["admin"], at=timezone.now())
    back = again(client, "datong", NEW if how == "reset" else factories.PASSWORD)
    assert back["key"] != mine["key"] and mine["person"] not in back["kept"]


def test_a_lock_between_two_words_counts_though_the_other_sign_ins_were_ended_here(signed_in, world):
    client = signed_in("datong")
    mine = word(client)
    lock_user(user_id=world["datong"].pk, reason="离职", by=world["admin"], at=timezone.now())
    unlock_user(user_id=world["datong"].pk, by=world["admin"], at=timezone.now())
    client.post("/accounts/login/", {"login": "datong", "password": factories.PASSWORD})

    client.post(reverse("orgs:end_sessions"))

    assert mine["person"] not in word(client)["kept"]


def test_who_ends_the_other_sign_ins_keeps_what_lies_here(signed_in):
    client = signed_in("datong")
    mine = word(client)

    client.post(reverse("orgs:end_sessions"))

    told = word(client)
    assert (told["person"], told["key"]) == (mine["person"], mine["key"])


def test_ones_own_new_password_loses_no_draft(signed_in):
    client = signed_in("datong")
    mine = word(client)
    change_own_password(old=factories.PASSWORD, new=NEW, by=User.objects.get(username="datong"), at=timezone.now())

    assert word(client)["kept"] == [mine["person"]]
    assert again(client, "datong", NEW)["key"] == mine["key"]


def test_who_was_here_today_is_not_forgotten_for_having_come_first(world):
    device, first = Device(), world["datong"]
    mine, _key = device.enter(first)
    for number in range(PEOPLE + 3):
        device.enter(User(pk=uuid.uuid4(), session_epoch=number))
        assert device.enter(first)[0] == mine, "the thirteenth colleague takes away what the first one is writing"
    assert len(device.people) == PEOPLE


def test_a_device_that_has_its_word_is_not_forgotten_for_its_age(world, monkeypatch):
    day, cookie, mine = 0, "", None
    monkeypatch.setattr(signing.time, "time", lambda: 1_767_571_200 + day * 86_400)
    for day in (*range(0, 400, 20), 400 + DAYS):
        device = Device(cookie)
        tag, _key = device.enter(world["datong"])
        cookie = device.cookie() if device.changed else cookie
        assert (tag == (mine or tag)) == (day < 400), "after 180 days what lies here is taken from whoever comes daily"
        mine = tag


def test_a_cookie_that_somebody_wrote_himself_is_no_cookie(signed_in):
    client = signed_in("datong")
    mine = word(client)
    client.cookies["device"] = client.cookies["device"].value[:-2] + "xx"
    assert word(client)["key"] != mine["key"]


def test_done_is_said_to_whoever_did_it_alone(signed_in, world):
    mine, theirs = uuid.uuid4(), uuid.uuid4()
    for key, who in ((mine, "datong"), (theirs, "xisha")):
        Receipt.objects.create(key=key, command="x.y", by_id=world[who].pk, body_digest="", at=timezone.now())

    told = word(signed_in("datong"), key=[*(str(uuid.uuid4()) for _turn in range(20)), str(mine), str(theirs), "nonsense"])

    assert told["done"] == [str(mine)]
    assert word(Client(), key=str(mine))["done"] == []


def test_an_act_of_somebody_elses_outbox_is_not_taken(signed_in):
    client = signed_in("datong")
    mine = word(client)
    address = reverse("orgs:profile")

    other = client.post(address, {"name": "改名"}, headers={PERSON: "f" * 24})
    signed_out = Client().post(address, {"name": "改名"}, headers={PERSON: mine["person"]})
    own = client.post(address, {"name": "改名甲"}, headers={PERSON: mine["person"]})

    assert (other.status_code, signed_out.status_code) == (401, 401)
    assert own.json() == {"to": address}, "nobody looks at the page that follows"
    assert User.objects.get(username="datong").name == "改名甲"


def test_the_page_says_whose_it_is_by_the_tag_and_no_name(signed_in, world):
    client = signed_in("datong")
    page = client.get("/").content.decode()
    assert f'data-person="{word(client)["person"]}"' in page
    assert str(world["datong"].pk) not in word(client)["person"]
