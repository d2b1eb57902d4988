"""A code of the second factor: a few tries, each code once; what a session that somebody carried away still opens."""

import threading

import pytest
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from wanjia.office.starting.commands import reset_sign_in
from wanjia.office.starting.opening import vouch
from wanjia.office.starting.rules import INSTALLER
from wanjia.orgs.accounts import commands
from wanjia.orgs.models import FactorTry
from wanjia.orgs.roles import Role
from wanjia.orgs.tests.factories import PASSWORD, START, act, again, build_world
from wanjia.verdict import Refused

NEW = "lan-he-jiang-5566"
HALF_MINUTE = 59_000_000


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def secret(world, monkeypatch):
    """The second factor of 细沙's clerk, in a half minute that does not pass."""
    cache.clear()
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: [HALF_MINUTE])
    made = generate_totp_secret()
    TOTP.activate(world["xisha"], made)
    return made


def code_of(secret):
    return format_hotp_value(hotp_value(secret, HALF_MINUTE))


def wrong(secret):
    return f"{(int(code_of(secret)) + 7) % 1_000_000:06d}"


def at_the_second_door():
    client = Client()
    answer = client.post("/accounts/login/", {"login": "xisha", "password": PASSWORD})
    assert "2fa/authenticate" in answer.url
    return client


def is_in(client):
    return client.get("/me").status_code == 200


def try_code(client, code):
    return client.post("/accounts/2fa/authenticate/", {"code": code}).content.decode()


def test_a_right_code_opens(secret):
    client = at_the_second_door()
    try_code(client, code_of(secret))
    assert is_in(client)


def test_a_code_used_once_opens_no_second_session_though_the_memory_of_the_worker_is_another(secret):
    """allauth remembers used codes in the memory of one process: the second worker took the same code again."""
    one, other = at_the_second_door(), at_the_second_door()
    code = code_of(secret)
    try_code(one, code)
    cache.clear()  # the other worker
    said = try_code(other, code)
    assert is_in(one) and not is_in(other)
    assert "已经用过" in said


def test_without_the_guard_the_same_code_opens_twice(secret, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "end_factor_try", lambda one, at: None)
    one, other = at_the_second_door(), at_the_second_door()
    code = code_of(secret)
    try_code(one, code)
    cache.clear()
    try_code(other, code)
    assert is_in(other)


def test_after_eight_wrong_codes_the_right_one_opens_nothing_for_a_while(secret):
    """The old settings had no limit at all: a million codes could be tried by whoever knew the password."""
    client = at_the_second_door()
    for _turn in range(commands.TRIES):
        try_code(client, wrong(secret))
        cache.clear()
    assert "15 分钟" in try_code(client, code_of(secret))
    assert not is_in(client)
    FactorTry.objects.update(at=timezone.now() - commands.FOR_SO_LONG)
    try_code(client, code_of(secret))
    assert is_in(client)


def test_a_wrong_code_is_answered_by_what_to_look_at(secret):
    said = try_code(at_the_second_door(), wrong(secret))
    assert "手机时间是不是自动设置的" in said and 'inputmode="numeric"' in said


def test_a_right_code_forgets_the_wrong_ones_before_it(secret, world):
    client = at_the_second_door()
    try_code(client, wrong(secret))
    try_code(client, code_of(secret))
    assert list(FactorTry.objects.values_list("good", flat=True)) == [True]


@pytest.mark.parametrize("guarded", [True, False])
def test_parallel_tries_do_not_pass_the_limit(races, monkeypatch, guarded):
    """Sixteen at once: eight are looked at. The negative control counts after looking, as a limit in memory would."""
    user, looked, gate = build_world()["xisha"], [], threading.Barrier(16)
    if not guarded:
        monkeypatch.setattr(commands, "TRIES", 10_000)

    def one(n):
        gate.wait()
        try:
            commands.begin_factor_try(user=user, code=f"{n:06d}", at=timezone.now())
            looked.append(n)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(n,)) for n in range(16)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(looked) == (8 if guarded else 16)


# A cookie carried away


def carried_away(client):
    """A browser that holds a copy of another's cookies."""
    thief = Client()
    for name, morsel in client.cookies.items():
        thief.cookies[name] = morsel.value
    return thief


def signed_in_as_xisha():
    client = Client()
    assert client.post("/accounts/login/", {"login": "xisha", "password": PASSWORD}).status_code == 302
    return client


ENDS = {
    "sign-out": lambda client, world: client.post("/accounts/logout/"),
    "own new password": lambda client, world: client.post("/accounts/password/", {"old": PASSWORD, "new": NEW, "again": NEW}),
    "reset": lambda client, world: commands.reset_password(user_id=world["xisha"].pk, password=NEW, by=again(world["admin"]), at=timezone.now()),
    "lock": lambda client, world: commands.lock_user(user_id=world["xisha"].pk, reason="离岗", by=again(world["admin"]), at=timezone.now()),
    "reset of the second factor": lambda client, world: reset_sign_in(user=again(world["xisha"]), password=NEW, totp=generate_totp_secret(), by=INSTALLER, at=timezone.now()),
}  # fmt: skip


@pytest.mark.parametrize("how", ENDS)
def test_a_carried_away_cookie_is_dead_after(world, how):
    client = signed_in_as_xisha()
    thief = carried_away(client)
    assert is_in(thief)  # negative control: until then it opens
    ENDS[how](client, world)
    assert not is_in(thief)


def test_a_cookie_of_somebody_whose_post_ended_opens_nothing_of_the_post(world):
    client = signed_in_as_xisha()
    thief = carried_away(client)
    assert thief.get("/people/").status_code == 200
    commands.end_post(post_id=world["xisha"].posts.get().pk, on=timezone.localdate(), by=act()["by"], at=timezone.now())
    assert thief.get("/people/").status_code == 403


def test_the_session_has_another_name_after_sign_in(world):
    client = Client()
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "1"
    session.save()
    planted = session.session_key
    client.post("/accounts/login/", {"login": "xisha", "password": PASSWORD})
    assert is_in(client)
    name = settings.SESSION_COOKIE_NAME
    assert client.cookies[name].value != planted
    thief = Client()
    thief.cookies[name] = planted
    assert not is_in(thief)


def test_the_installer_vouches_on_the_machine_where_nobody_else_can(world):
    admin = {"by": again(world["admin"]), "at": timezone.now()}
    user = commands.create_user(username="xinguan", name="新官", password=NEW, **admin)
    commands.give_post(user_id=user.pk, organisation=world["xisha"].org, role=Role.TOWNSHIP_WORKER, from_on=START, **admin)
    commands.reset_password(user_id=world["minzheng"].pk, password=NEW, **admin)
    assert not again(user).duties and not again(world["minzheng"]).duties
    assert (vouch("xinguan"), vouch("minzheng")) == (1, 1)
    assert again(user).duties and again(world["minzheng"]).duties
    with pytest.raises(Refused, match="没有等着确认"):
        vouch("xinguan")
