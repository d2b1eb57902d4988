"""`wanjia check` holds the passwords: whoever writes another hash into a row could sign in as its owner."""

import shutil

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from wanjia.orgs.accounts import commands
from wanjia.orgs.checking.accounts import faults
from wanjia.orgs.models import User
from wanjia.sealing import keys

from .factories import PASSWORD, again
from .test_accounts import NEW


@pytest.fixture
def caller(world):
    """Somebody whose account was opened, reset and taken over by the acts."""
    who = {"by": again(world["admin"]), "at": timezone.now()}
    user = commands.create_user(username="huifang", name="柳回访", password=PASSWORD, **who)
    commands.reset_password(user_id=user.pk, password=NEW, **who)
    return commands.change_own_password(old=NEW, new=f"{NEW}-8", by=again(user), at=timezone.now())


def found():
    return [(row, column) for row, column, _is, _should in faults(None)]


def test_a_hash_that_no_act_set_is_found(caller):
    assert found() == []
    User.objects.filter(pk=caller.pk).update(password=make_password("mine-now-0011"))
    assert found() == [("account huifang", "password")]


def test_a_new_index_key_is_no_fault(caller, settings, tmp_path):
    settings.WANJIA_KEYRING = shutil.copy(settings.WANJIA_KEYRING, tmp_path / "keyring.json")
    keys.add_key("index", "HMAC-SHA256")
    assert found() == []


def test_signing_in_writes_no_hash(caller, settings):
    """Django makes a hash anew when its cost has grown; here that would look like another's."""
    before = User.objects.get(pk=caller.pk).password
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    assert User.objects.get(pk=caller.pk).check_password(f"{NEW}-8")
    assert User.objects.get(pk=caller.pk).password == before
