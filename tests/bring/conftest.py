"""The small world in which people bring their files."""

import json

import pytest

from wanjia.casework.tests.factories import World
from wanjia.site.cli import main


@pytest.fixture
def world(db):
    """永善县, 细沙乡, 大同村 and five people."""
    return World()


@pytest.fixture
def told(world, capsys):
    """Import as an office does on its command line; returns the answer as JSON."""

    def bring(kind, file, *, confirm=True, by="xisha"):
        capsys.readouterr()
        assert main(["import", kind, str(file), "--by", by, "--today", "2026-11-26", "--json", *["--confirm"] * confirm]) == 0
        return json.loads(capsys.readouterr().out)

    return bring
