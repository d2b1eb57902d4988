"""The worked examples of docs/new-act.md, docs/new-app.md and docs/new-page.md as what they are: pieces of files, to be built, tried and counted.

A fenced block whose first line names a path (```python wanjia/…/rules.py) is a piece; a file that stands already is added to.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
PIECE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT = shutil.ignore_patterns("__pycache__", ".*", "node_modules", "var", "*.mo", "new-act.md", "new-app.md", "new-page.md")


def pieces(document):
    """Return [(path, text)] of a document's pieces, in their order."""
    return PIECE.findall((HOUSE / "docs" / document).read_text(encoding="utf-8"))


def cost(document):
    """Return (lines that say something, files) of an example: blank lines do not count."""
    found = pieces(document)
    return sum(1 for _path, text in found for line in text.splitlines() if line.strip()), len({path for path, _text in found})


def copy_house(folder):
    """Copy what a running house and its tests are made of."""
    for part in ("wanjia", "tests", "docs"):
        shutil.copytree(HOUSE / part, folder / part, ignore=LEFT)
    for file in ("pyproject.toml", "Makefile", "conftest.py"):
        shutil.copy(HOUSE / file, folder / file)


def lay(found, folder):
    """Write the pieces into a folder: to the end of a file that stands, or as a new one."""
    for path, text in found:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(text)


def run(folder, *words, timeout=280, **environment):
    """Run Python in a folder, whose packages come before any other; return the finished process, its text with it."""
    around = {**os.environ, "PYTHONPATH": str(folder), "WANJIA_VAR": str(folder / "var"), "WANJIA_LOG": "ERROR", **environment}
    for one in ("DATABASE_URL", "WANJIA_KEYRING", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST"):
        around.pop(one, None)
    around |= {name: value for name, value in environment.items() if name == "DATABASE_URL"}
    return subprocess.run([sys.executable, *words], cwd=folder, env=around, capture_output=True, text=True, timeout=timeout, check=False)


def tried(folder, *words, **environment):
    """Run tests in a folder by one process; return (how many passed, the names of those that did not, what was said)."""
    done = run(folder, "-m", "pytest", "-q", "--tb=short", "-rfE", *words, **environment)
    passed = re.search(r"(\d+) passed", done.stdout)
    failed = re.findall(r"^(?:FAILED|ERROR) (.*)$", done.stdout, re.MULTILINE) or ([] if done.returncode == 0 else ["nothing ran"])
    return int(passed[1]) if passed else 0, failed, done.stdout + done.stderr[-2000:]
