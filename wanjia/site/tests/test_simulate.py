"""A simulated year stands apart: its clock, its dice and its folder are its own, and gone afterwards."""

import os
import secrets
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from wanjia.site.simulating.apart import Clock, by_dice, thrown_away

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def drawn(seed):
    with by_dice(seed, Clock(NEW_YEAR)):
        return uuid.uuid4(), secrets.token_hex(8), secrets.choice("abcdefgh"), timezone.now()


def test_the_same_seed_draws_the_same():
    assert drawn(1) == drawn(1)
    assert drawn(1)[:2] != drawn(2)[:2]


def test_afterwards_chance_and_time_are_nobodys_again():
    before, now = os.urandom, timezone.now
    with pytest.raises(ZeroDivisionError), by_dice(1, Clock(NEW_YEAR)):
        assert timezone.now() == NEW_YEAR
        1 / 0  # noqa: B018
    assert (os.urandom, timezone.now) == (before, now)
    assert secrets.token_hex(8) != secrets.token_hex(8)


def test_a_clock_moves_on_and_never_back():
    clock = Clock(NEW_YEAR, pace=5)
    assert clock.tick() == NEW_YEAR + timedelta(seconds=5)
    clock.set(NEW_YEAR - timedelta(days=1))
    assert clock.now() == NEW_YEAR + timedelta(seconds=5)


def test_an_offices_folder_and_database_are_not_touched(monkeypatch):
    monkeypatch.setenv("WANJIA_VAR", "/srv/wanjia")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/wanjia/wanjia.sqlite3")
    monkeypatch.setenv("WANJIA_KEYRING", "/srv/wanjia/keyring.json")
    with thrown_away() as folder:
        assert os.environ["WANJIA_VAR"] == str(folder)
        assert not {"DATABASE_URL", "WANJIA_KEYRING"} & os.environ.keys()
    assert not folder.exists()
    assert os.environ["DATABASE_URL"] == "sqlite:////srv/wanjia/wanjia.sqlite3"
