"""A list that is cut says how many there are and leads to the rest (kind, not case): each cut of rows that a page or a call sends is known here, with why."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "wanjia"
ROOMS = ("casework", "registry", "orgs", "reporting", "office")
SENDS = {"views", "pages", "desk", "queries", "brings", "api", "waiting", "children", "choices", "need_page", "satchel", "content", "fields"}

# file: {what is cut, as it is written: where the rest is said}
KNOWN = {
    "casework/dashboard/queries.py": {"UNSOLVED_PRINTED": "one A4 page: “N of M”, with the rows by a link on the screen"},
    "casework/intake/queries.py": {"SHOWN": "homes that a typed name means: who types on sees fewer"},
    "casework/intake/satchel.py": {"VISITS": "taken along on a phone: today's visits, in their order"},
    "casework/ledger/desk.py": {"LATE": "the page says how many units more, and its title leads to all"},
    "casework/ledger/queries.py": {"FOUND": "the search box: its title leads to the ledger with the same words", "RELATED": "“N in all” leads to them"},
    "casework/screening/pages.py": {"SHOWN": "what one home has besides what is proposed; its page has all"},
    "casework/triage/views.py": {"ASKED_FEW": "names of who may agree: “and N more”"},
    "orgs/handing/choices.py": {"LISTED": "a field for each place; the rest go with the one for all"},
    "orgs/devices/views.py": {"ASKED": "keys that a phone sent, not rows that are shown"},
    "orgs/trail/queries.py": {"MOST": "what a typed name means is sought, not shown"},
    "orgs/trail/views.py": {"PER_PAGE": "the journal goes on by “earlier”; nothing counts millions of lines"},
    "orgs/workdays/pages.py": {"ASKED_FEW": "names of who may agree: “and N more”", "SHOWN": "moved days: “and N more”"},
    "registry/households/queries.py": {"MOST_HOMES": "homes to choose from: who types on sees fewer", "FOUND": "the search box: its title leads to the list"},
    "registry/importing/api.py": {"100": "a deprecated call that promised the latest hundred; the list of imports goes on"},
    "registry/visits/satchel.py": {"VISITS": "taken along on a phone: today's visits, in their order"},
    "registry/waiting.py": {"MOST": "a queue as long as this is named and counted no further"},
}


def cuts(source):
    """Yield (line, what it is cut to) of `rows[:N]`, N a number of at least five or a name in capitals that a module gives such a number."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.lower is None and node.slice.upper is not None:
            end = node.slice.upper
            name = end.id if isinstance(end, ast.Name) else end.attr if isinstance(end, ast.Attribute) else str(end.value) if isinstance(end, ast.Constant) else ""
            if (name.isupper() or (name.isdigit() and int(name) >= 5 and name not in CODES)) and not _of_text(node.value):
                yield node.lineno, name


CODES = ("6", "9", "12")  # digits of a county's, a township's and a village's code
TEXT = {"code", "stem", "area_id", "village_id", "village", "paper", "story", "words", "summary", "digest", "hexdigest", "pk", "month", "period", "number", "name", "answered"}


def _of_text(value):
    """Whether what is cut is a text: a code, a digest, a date, a sentence."""
    if isinstance(value, ast.Call):
        called = value.func
        return (isinstance(called, ast.Name) and called.id == "str") or (isinstance(called, ast.Attribute) and called.attr in ("strip", "lower", "hexdigest", "get", "isoformat", "ljust", "join"))
    if isinstance(value, ast.Attribute):
        return value.attr in TEXT
    if isinstance(value, ast.Subscript):
        return isinstance(value.slice, ast.Constant)
    return isinstance(value, ast.Name) and value.id in TEXT | {"code", "line", "text", "first", "known", "whole", "said"}


def found():
    """Return {file: [(line, name)]} of the cuts in what sends rows."""
    files = (path for room in ROOMS for path in (ROOT / room).rglob("*.py") if path.stem in SENDS and "tests" not in path.parts)
    return {str(path.relative_to(ROOT)): list(cuts(path.read_text())) for path in files}


def test_every_list_that_is_cut_says_how_many_there_are():
    unknown = [f"{path}:{line} [:{name}]" for path, rows in found().items() for line, name in rows if name not in KNOWN.get(path, {})]
    assert not unknown, "page_of or block_of says how many there are and leads to the rest; or say here where the rest is said"


def test_every_known_cut_still_stands():
    seen = {path: {name for _line, name in rows} for path, rows in found().items()}
    assert not [(path, name) for path, names in KNOWN.items() for name in names if name not in seen.get(path, ())]


@pytest.mark.parametrize(("source", "n"), [("a = rows(x)[:20]", 1), ("a = q.filter(x=1)[:SHOWN]", 1), ("a = area.code[:9]", 0), ("a = rows[:2]", 0), ("a = rows[:n]", 0)])
def test_the_look_finds_a_cut(source, n):
    assert len(list(cuts(source))) == n
