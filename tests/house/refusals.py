"""Every refusal of the rules, read from their source: what the tables of tests are counted against."""

import ast
import functools
from pathlib import Path

WANJIA = Path(__file__).resolve().parents[2] / "wanjia"

# Rooms of casework that bring to the acts of reporting: their rows stand with those of orgs, registry, reporting and office (test_refusals_felt_elsewhere.py).
LEAVING = {"papers", "exporting", "exporting_homes"}


def refusals(app="casework"):
    """Return {(mechanism, function, sentence)} of every (condition, sentence[, kind]) handed to first_refusal in a rules.py of an app."""
    return {found for file in sorted((WANJIA / app).rglob("rules.py")) for found in _of(file)}


def handed_on():
    """Return {(mechanism, function)} of every rule in which another rule's refusal stands as it says it: (other, other.reason)."""
    return {
        (file.parent.name, function.name)
        for file in sorted(WANJIA.rglob("rules.py")) for function, pair in _read(file)[1]
        if getattr(pair.elts[1], "attr", "") == "reason"
    }  # fmt: skip


def _of(file):
    mechanism, (tree, pairs) = file.parent.name, _read(file)
    named = {line.targets[0].id: line.value for line in tree.body if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name)}
    for function, pair in pairs:
        if said := _sentence(named.get(getattr(pair.elts[1], "id", ""), pair.elts[1])):
            yield mechanism, function.name, said


@functools.cache
def _read(file):
    """Return (tree, its pairs) of a file, read once in a process: several tests count against them."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return tree, list(_pairs(tree))


def _pairs(tree):
    """Yield (function, tuple) of every (condition, words[, kind]) handed to first_refusal."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "first_refusal":
                    for pair in ast.walk(call):
                        if isinstance(pair, ast.Tuple) and len(pair.elts) in (2, 3):
                            yield function, pair


def _sentence(node):
    """The sentence of a pair: of its own `_()`, or of the one inside state_refusal or `%`; one that several share stands under a name."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_" and isinstance(call.args[0], ast.Constant):
            return call.args[0].value
    return None
