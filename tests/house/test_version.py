"""The house says one version: on its own pages, in its package and at the head of what changed."""

import re
from pathlib import Path

from wanjia import __version__

ROOT = Path(__file__).parents[2]


def test_one_version():
    assert __version__ == re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)[1]
    assert 'version = { attr = "wanjia.__version__" }' in (ROOT / "pyproject.toml").read_text()
