"""What one more act and one more app cost, and how large the doors and the kernel are: `python -m tests.cost [--json]`."""

import json
import sys
from pathlib import Path

from .examples import HOUSE, cost

MOST = {"act": (40, 4), "app": (120, None)}  # lines, files
DOORS = {"views.py", "forms.py", "api.py", "urls.py"}


def lines(files):
    """Count the lines of files."""
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


def ours(folder):
    """Yield the Python files below a folder that run in an office: no tests, no migrations."""
    return (file for file in sorted(folder.rglob("*.py")) if not {"tests", "migrations"} & set(file.relative_to(folder).parts))


def counted():
    """Return {what: lines, or (lines, files)}."""
    wanjia = HOUSE / "wanjia"
    found = {name: cost(f"new-{name}.md") for name in MOST if Path(HOUSE / "docs" / f"new-{name}.md").exists()}
    return found | {
        "views + forms + api + urls": lines(file for file in ours(wanjia) if file.name in DOORS),
        "doors": lines(ours(wanjia / "doors")),
        "kernel": lines(ours(wanjia / "kernel")),
    }


def main(words):
    """Print the count."""
    found = counted()
    if "--json" in words:
        print(json.dumps(found, ensure_ascii=False))
        return
    for name, count in found.items():
        print(f"{name}: {count[0]} lines in {count[1]} files" if isinstance(count, tuple) else f"{name}: {count} lines")


if __name__ == "__main__":
    main(sys.argv[1:])
