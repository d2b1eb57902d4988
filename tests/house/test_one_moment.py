"""One page, one moment (doors/moment.py): what makes a page reads no clock of its own. Two reads over midnight are two truths on one page."""

import ast
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from wanjia.doors import moment

from .worlds import World, actor

ROOT = Path(__file__).resolve().parents[2] / "wanjia"
# What makes a page or an answer: it has the request, or was handed its moment.
MAKES = {
    "views", "pages", "desk", "api", "calls", "several", "lists", "listing", "asking", "forms", "fields", "content", "waiting", "satchel", "need_page", "brings", "sittings", "frame",
    "children", "choices", "facts",
}  # fmt: skip
ROOMS = ("casework/", "registry/", "orgs/", "reporting/")
# What makes none: it writes, it is asked by the clock or by hand, or it is another process.
APART = {"commands", "tasks", "jobs", "cli", "worker", "errors"}
KNOWN = {
    "doors/moment.py": "here it is read, once",
    "doors/several.py": "one act after the other, each at its own moment",
    "casework/protection/forms.py": "what a field begins with, to be corrected by whoever fills it in",
}
# What lies below, and still asks the clock where nobody hands it one: (reads). It grows by none; whoever makes one take its day takes it out.
BELOW = {
    "casework/callback/rules.py": 1, "casework/checking/protection.py": 1, "casework/ledger/moves.py": 1, "casework/minors/figures.py": 1,
    "casework/rules.py": 1, "orgs/accounts/queries.py": 1, "orgs/accounts/second_factor.py": 1, "orgs/checking/queries.py": 1,
    "orgs/models/users.py": 1, "orgs/second_person/queries.py": 4, "registry/access/queries.py": 3, "registry/finding.py": 1,
    "registry/importing/resuming.py": 1, "registry/models/access.py": 2, "registry/models/circumstances.py": 1, "registry/models/homes.py": 1,
    "registry/people/opening.py": 1, "registry/row_keys.py": 1, "registry/ties.py": 1, "registry/visits/queries.py": 1,
    "reporting/exporting/queries.py": 1, "reporting/figures/queries.py": 2,
}  # fmt: skip


BEFORE = datetime(2026, 11, 9, 15, 59, 59, tzinfo=UTC)  # a second before midnight in China
PAGES = {"casework:rechecks": "inspector", "registry:aid": "clerk", "casework:matters": "clerk", "desk": "clerk"}


def clocks(source):
    """Yield the lines on which a source reads the clock; not where it does so only for whoever handed it none (`at or timezone.now()`)."""
    tree = ast.parse(source)
    handed = {id(part) for node in ast.walk(tree) if isinstance(node, ast.BoolOp) for value in node.values[1:] for part in ast.walk(value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and id(node) not in handed:
            of = node.func.value
            owner = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
            if (owner, node.func.attr) in {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("datetime", "now"), ("date", "today")} and not node.args:
                yield node.lineno


def read():
    """Return {file: [line]} of the clocks of the apps and of the doors."""
    files = (path for path in ROOT.rglob("*.py") if not {"tests", "demo", "migrations", "planning", "simulating"} & set(path.parts))
    found = {str(path.relative_to(ROOT)): list(clocks(path.read_text(encoding="utf-8"))) for path in files}
    return {file: lines for file, lines in found.items() if lines}


def test_what_makes_a_page_reads_no_clock():
    own = {file: lines for file, lines in read().items() if Path(file).stem in MAKES and file not in KNOWN}
    assert not own, "request.at is the page's moment, request.day its day; a form has self.day"


def test_every_clock_that_is_known_still_runs():
    assert KNOWN.keys() <= read().keys()


def test_what_lies_below_asks_no_more_clocks_than_it_did():
    below = {file: len(lines) for file, lines in read().items() if Path(file).stem not in MAKES | APART and file.startswith(ROOMS)}
    assert Counter(below) == Counter(BELOW), "hand it the day; where it needs none any more, take it out here"


@pytest.mark.parametrize(("source", "n"), [
    ("day = today(timezone.now())", 1), ("x = date.today()", 1), ("x = datetime.now(UTC)", 0), ("day = day or today(timezone.now())", 0), ("now = at or timezone.now()", 0), ("x = request.at", 0),
])  # fmt: skip
def test_the_look_finds_a_clock(source, n):
    assert len(list(clocks(source))) == n


@pytest.fixture
def midnight(monkeypatch):
    """Return what sets a clock by which midnight comes between the first look and the second."""

    def comes():
        seconds = count()
        monkeypatch.setattr(timezone, "now", lambda: BEFORE + timedelta(seconds=next(seconds)))

    return comes


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_a_page_over_midnight_tells_one_day(client, midnight, name):
    client.force_login(actor(World(), PAGES[name]), "django.contrib.auth.backends.ModelBackend")
    midnight()
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.wsgi_request.day == page.context["frame"].today == page.context.get("day", date(2026, 11, 9)) == date(2026, 11, 9)


def test_without_its_stamp_the_second_look_is_another_day(midnight):
    """Negative control: whoever looks again sees the next day."""

    class Request:
        pass

    midnight()
    one = moment.stamped(Request())
    day = one.day
    assert moment.stamped(one).day == day
    del one.at
    assert moment.stamped(one).day > day
