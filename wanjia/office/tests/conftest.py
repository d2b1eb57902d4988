"""An office of its own to back up, restore, upgrade and move: commands run in processes, as they do for a keeper."""

import json
import lzma
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[3]
FIXTURES = Path(__file__).parent / "fixtures"


class Office:
    """The demo office of 0.1.0 (commit 8ef0cb9), unpacked in a folder."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.file = folder / "wanjia.sqlite3"
        self.file.write_bytes(lzma.decompress((FIXTURES / "office-0.1.0.sqlite3.xz").read_bytes()))
        self.ring = folder / "keyring.json"
        shutil.copy(FIXTURES / "office-0.1.0.keyring.json", self.ring)
        (folder / "files").mkdir()
        (folder / "files" / "photo.jpg").write_bytes(b"a photo")
        self.env = {**os.environ, "WANJIA_VAR": str(folder), "WANJIA_KEYRING": str(self.ring), "PYTHONPATH": str(HOUSE),
                    "DATABASE_URL": f"sqlite:///{self.file}", "WANJIA_SECRET_KEY": "only-for-tests"}  # fmt: skip

    def wanjia(self, *words, **more):
        """Run `wanjia …`; return (exit code, what it printed on both streams)."""
        done = subprocess.run([sys.executable, "-m", "wanjia.site.cli", *map(str, words)], env=self.env, cwd=HOUSE,
                              capture_output=True, text=True, timeout=300, **more)  # fmt: skip
        return done.returncode, done.stdout + done.stderr

    def answer(self, *words):
        """Run `wanjia … --json`, which must do it; return the answer."""
        code, printed = self.wanjia(*words, "--json")
        assert code == 0, printed
        return json.loads(printed.strip().splitlines()[-1])


@pytest.fixture
def old_office(tmp_path):
    """An office as 0.1.0 left it."""
    return Office(tmp_path / "office")


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory):
    """The same office at today's schema; copied by `office`."""
    made = Office(tmp_path_factory.mktemp("upgraded") / "office")
    code, printed = made.wanjia("upgrade")
    assert code == 0, printed
    return made


@pytest.fixture
def office(upgraded, tmp_path):
    """An office at today's schema."""
    made = Office(tmp_path / "office")
    shutil.copy(upgraded.file, made.file)
    return made
