"""A backup from before an erasure, restored: the erasure is done again before anybody sees the copy, and nothing is left in it."""

import json

import pytest
from django.db import connection, connections

from tests.whole import assert_whole
from wanjia.office import places
from wanjia.office.backing import commands, queries
from wanjia.office.erasing import commands as erasing
from wanjia.office.erasing import queries as ordered
from wanjia.sealing import proof

from .erased_world import MARK, NUMBER, PHONE, Planted, found
from .test_erasing import erase


@pytest.fixture
def office(races, tmp_path, settings, monkeypatch, quick_restore, django_db_blocker):
    settings.WANJIA_VAR, settings.MEDIA_ROOT = str(tmp_path), str(tmp_path / "files")
    monkeypatch.setattr(ordered, "orders_path", lambda: tmp_path / ordered.FILE)
    proof.look()
    with django_db_blocker.unblock():
        yield Planted()


def test_a_restored_copy_is_erased_again(office, tmp_path):
    made = commands.make_backup(tmp_path / "backups")
    erase(office)
    erasing.sweep()
    assert found() == []

    with places.beside("default") as place:
        commands.load(made, queries.verify(made), place.alias)
        with places.standing_in(place.alias):
            assert found() != []  # negative control: the backup is from before
        assert erasing.replay(place.alias, orders=ordered.orders()) == 1
        with places.standing_in(place.alias):
            erasing.sweep()
            assert found() == []
            assert_whole()
        if connection.vendor == "sqlite":
            connections[place.alias].close()
            with open(place.draft, "rb") as file:
                raw = file.read()
            for text in (MARK, json.dumps(MARK).strip('"'), NUMBER, PHONE):
                assert text.encode() not in raw, text
