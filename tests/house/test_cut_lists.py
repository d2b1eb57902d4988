"""A list that is cut says how many there are and leads to the rest (kind, not case): each cut of rows that a page or a call sends is known here, with why."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "wanjia"
ROOMS = ("casework", "registry", "orgs", "reporting", "office", "care")
SENDS = {"views", "pages", "desk", "queries", "brings", "api", "waiting", "children", "choices", "need_page", "satchel", "content", "fields"}

# file: {what is cut, as it is written: where the rest is said}
KNOWN = {
    "care/canteen/queries.py": {"MOST": "a queue as long as this is named and counted no further"},
    "care/pairing/queries.py": {"MOST": "a queue as long as this is named and counted no further"},
    "care/pairing/pages.py": {"SHOWN": "who suits a child best; the choice of the form has everybody who may"},
    "care/wishes/queries.py": {"MOST": "a queue as long as this is named and counted no further", "COUNTY": "a code: the county of a village"},
    "care/wishes/views.py": {"ON_PAPER": "one sheet for a wall: it says how many there are, and the code on it leads to all"},
    "casework/aid/pages.py": {"200": "a sentence: what to apply for"},
    "casework/away/pages.py": {"SHOWN": "what he voiced by his slip: his newest five; the home's own page has all"},
    "casework/dashboard/queries.py": {"UNSOLVED_PRINTED": "one A4 page: “N of M”, with the rows by a link on the screen"},
    "casework/intake/queries.py": {"SHOWN": "homes that a typed name means: who types on sees fewer"},
    "casework/intake/satchel.py": {"VISITS": "taken along on a phone: today's visits, in their order"},
    "casework/ledger/desk.py": {
        "LATE": "the page says how many units more, and its title leads to all", "TOWNSHIP": "a code: the village of a row that was read as values",
        **dict.fromkeys(("SAID", "HANDED", "HOME"), "the first rows of a block as a question put into SQL once: block_of says how many there are"),
    },
    "casework/ledger/queries.py": {"FOUND": "the search box: its title leads to the ledger with the same words", "RELATED": "“N in all” leads to them"},
    "casework/matters/queries.py": {"TOWNSHIP": "a code: the village of a row that was read as values"},
    "casework/together/desk.py": {"SHOWN": "the first rows of a block as a question put into SQL once: block_of says how many there are"},
    "casework/screening/pages.py": {"SHOWN": "what one home has besides what is proposed; its page has all"},
    "casework/triage/views.py": {"ASKED_FEW": "names of who may agree: “and N more”"},
    "office/pruning/queries.py": {"12": "a word: what a model is called"},
    "orgs/areas/fields.py": {"NAMED": "the sentence says how many places it may mean"},
    "orgs/fields.py": {"NAMED": "the sentence says how many it may mean", "LISTED": "the first of a list to type in: letters find the rest"},
    "orgs/handing/choices.py": {"LISTED": "a field for each place; the rest go with the one for all"},
    "orgs/devices/views.py": {"ASKED": "keys that a phone sent, not rows that are shown"},
    "orgs/trail/queries.py": {"MOST": "what a typed name means is sought, not shown"},
    "orgs/trail/views.py": {"PER_PAGE": "the journal goes on by “earlier”; nothing counts millions of lines"},
    "orgs/workdays/pages.py": {"ASKED_FEW": "names of who may agree: “and N more”", "SHOWN": "moved days: “and N more”"},
    "registry/households/queries.py": {"MOST_HOMES": "homes to choose from: who types on sees fewer", "FOUND": "the search box: its title leads to the list"},
    "registry/duplicates/queries.py": {"limit": "the page says that judging brings the next; the menu names a queue as long and counts it not"},
    "registry/importing/api.py": {"100": "a deprecated call that promised the latest hundred; the list of imports goes on"},
    "registry/importing/queries.py": {"limit": "the call goes on after the last row that it was told (?after=)"},
    "registry/owed/pages.py": {"80": "a sentence: what a visit is for"},
    "registry/owed/queries.py": {"MOST_HOMES": "counted, not shown: whether all homes may be looked at together"},
    "registry/visits/satchel.py": {"VISITS": "taken along on a phone: today's visits, in their order"},
    "registry/waiting.py": {"MOST": "a queue as long as this is named and counted no further"},
}


def cuts(source):
    """Yield (line, what it is cut to) of every `rows[:N]`, and `rows[:N + 1]`, of what is not known to be a text.

    N: a number of at least five, a name in capitals, or a parameter that begins with such a number. A text is known by how it is spelt:
    by a call that gives one (TEXTS), or by a name that the house gives to a text alone (NAMES), as itself, an attribute or a key. Whatever
    else is cut counts as rows, a value of a dictionary and a code's number of digits too: who cuts a text under another name, names it.
    """
    tree = ast.parse(source)
    given = {name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for name in _begins(node.args)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.lower is None and node.slice.upper is not None:
            name = _end(node.slice.upper)
            if (name.isupper() or name in given or (name.isdigit() and int(name) >= 5)) and not _of_text(node.value):
                yield node.lineno, name


def _begins(asked):
    """Yield the parameters that begin with a number of at least five."""
    named = [*zip(reversed(asked.args), reversed(asked.defaults), strict=False), *zip(asked.kwonlyargs, asked.kw_defaults, strict=True)]
    yield from (one.arg for one, n in named if _large(n))


def _large(n):
    return n.id.isupper() if isinstance(n, ast.Name) else isinstance(n, ast.Constant) and type(n.value) is int and n.value >= 5


def _end(end):
    end = end.left if isinstance(end, ast.BinOp) and isinstance(end.op, ast.Add) else end
    if isinstance(end, ast.Name | ast.Attribute):
        return end.id if isinstance(end, ast.Name) else end.attr
    return str(end.value) if isinstance(end, ast.Constant) else ""


TEXTS = {"str", "strip", "lower", "hexdigest", "isoformat", "ljust", "join"}  # calls that give a text and nothing else
# Names that only texts bear here: codes and their stems, months, days, keys as they are written, sentences.
NAMES = {"code", "county_code", "village_code", "code12", "stem", "area_id", "village_id", "digest", "pk", "month", "period", "number", "summary"}


def _of_text(value):
    """Whether what is cut is surely a text."""
    if isinstance(value, ast.Call):
        name = _end(value.func)
        blank = name == "get" and len(value.args) == 2 and isinstance(value.args[1], ast.Constant) and isinstance(value.args[1].value, str)
        return name in TEXTS or blank
    if isinstance(value, ast.Subscript):
        return isinstance(value.slice, ast.Constant) and value.slice.value in NAMES
    return isinstance(value, ast.Name | ast.Attribute) and _end(value) in NAMES


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


@pytest.mark.parametrize(("source", "n"), [
    ("a = rows(x)[:20]", 1), ("a = q.filter(x=1)[:SHOWN]", 1), ("a = q[:queries.SHOWN]", 1), ("a = q[:SHOWN + 1]", 1), ("def f(n=10): return q[:n]", 1),
    ("def f(*, limit=200): return q[:limit]", 1),
    ("a = found[:6]", 1), ("a = data['rows'][:20]", 1), ("a = pair[0][:20]", 1), ("a = found.get(key)[:20]", 1), ("a = found.get(key, ())[:20]", 1),
    ("a = home.words[:20]", 1), ("a = village.answered[:9]", 1), ("a = whole[:20]", 1), ("a = said[:SHOWN]", 1),
    ("a = area.code[:9]", 0), ("a = row['code12'][:6]", 0), ("a = str(row.pk)[:8]", 0), ("a = asked.get('q', '')[:30]", 0), ("a = rows[:2]", 0), ("def f(n): return rows[:n]", 0),
])  # fmt: skip
def test_the_look_finds_a_cut(source, n):
    assert len(list(cuts(source))) == n
