"""Which backup is the way back: that of an upgrade cut short stays, that of one that was done gives way to the next one's."""

import json
import zipfile

import pytest

from wanjia.office.upgrading import commands

THEN, NOW = [["orgs", "0001_initial"]], [["orgs", "0001_initial"], ["orgs", "0002_more"]]


@pytest.fixture
def noted(db, settings, tmp_path, monkeypatch):
    """Return a function that leaves word of an upgrade begun at the schema THEN and says what is there now."""
    settings.WANJIA_KEYRING = str(tmp_path / "keyring.json")
    path = tmp_path / "wanjia-x.backup"
    with zipfile.ZipFile(path, "w") as box:
        box.writestr("manifest.json", json.dumps({"format": 1, "schema": THEN}))

    def leave(*, done, schema, to_do):
        commands._note(path, done=done)
        monkeypatch.setattr(commands.reading, "schema", lambda view: schema)
        monkeypatch.setattr(commands.MigrationExecutor, "migration_plan", lambda self, targets: ["a step"] * to_do)
        return path

    return leave


@pytest.mark.parametrize(("done", "schema", "to_do", "stays"), [
    pytest.param(False, NOW, 3, True, id="cut short midway"),
    pytest.param(False, NOW, 0, True, id="cut short after the last step, before the check"),
    pytest.param(True, NOW, 0, True, id="run twice"),
    pytest.param(True, NOW, 3, False, id="newer programs after an upgrade that was done"),
    pytest.param(True, THEN, 3, False, id="gone back, and again"),
    pytest.param(False, THEN, 3, False, id="cut short before the first step"),
])  # fmt: skip
def test_the_way_back(noted, done, schema, to_do, stays):
    path = noted(done=done, schema=schema, to_do=to_do)
    assert commands.standing_way_back() == (path if stays else None)


def test_a_way_back_that_is_gone_is_none(noted):
    noted(done=False, schema=NOW, to_do=3).unlink()
    assert commands.standing_way_back() is None
