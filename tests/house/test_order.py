"""What is tried has one order: tests are dealt out to several processes, and one that gathers them in another order stops the run."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
FILES = [one for root in ("tests", "wanjia") for one in sorted((HOUSE / root).rglob("*.py")) if "tests" in one.relative_to(HOUSE).parts]


def unordered(source):
    """Return the lines on which `parametrize` goes through a set that nobody has sorted."""
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call) and getattr(one.func, "attr", "") == "parametrize"]
    return sorted({line for call in calls for arg in call.args[1:2] for line in _gone_through(arg)})


def _gone_through(arg):
    if _is_set(arg):
        yield arg.lineno
    for one in ast.walk(arg):
        if isinstance(one, ast.comprehension) and _is_set(one.iter):
            yield one.iter.lineno
        if isinstance(one, ast.Starred) and _is_set(one.value):
            yield one.value.lineno


def _is_set(node):
    return isinstance(node, ast.Set | ast.SetComp) or (isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("set", "frozenset"))


def test_no_test_is_tried_in_the_order_of_a_set():
    found = {str(one.relative_to(HOUSE)): lines for one in FILES if "parametrize" in (text := one.read_text(encoding="utf-8")) and (lines := unordered(text))}
    assert not found, f"sort what is tried, its order is another in each process: {found}"


@pytest.mark.parametrize(("tried", "lines"), [
    ("{1, 2}", [2]), ("[x for x in {1, 2}]", [2]), ("[*set(A)]", [2]), ("set(A)", [2]), ("sorted({1, 2})", []), ("[x for x in sorted(set(A))]", []), ("[1, 2]", []),
    ("[x for x in A if x in {1, 2}]", []),
])  # fmt: skip
def test_who_tries_a_set_is_told(tried, lines):
    """The control."""
    assert unordered(f"@pytest.mark.parametrize('x',\n {tried})\ndef test_x(x): ...\n") == lines
