"""The guards written in Python: where they stand, and the same source with a switch in each.

A guard is a (condition, sentence) pair handed to `first_refusal`, such a pair written in a function of a rules.py and handed on, a
`raise` and a `return Verdict(False, …)`. Its key is `file::function::sentence`, with `#2` for the second one that says the same there:
it stays when lines move.
"""

import ast
import os
from dataclasses import dataclass
from pathlib import Path

# A toy house of its own proves in test_mutate.py that a guard nobody feels is told.
HOUSE = Path(os.environ.get("WANJIA_MUTATE_HOUSE") or Path(__file__).parents[2]).resolve()
RULES, COMMANDS = "rules", "commands"


@dataclass(frozen=True)
class Guard:
    """kind: rules, commands, check, unique or trigger; path: of the file it is written in, from the house's root; words: what it says."""

    key: str
    kind: str
    path: str
    words: str


def written(root=HOUSE, folder="wanjia"):
    """Return every guard of every rules.py and commands.py below a folder, by key."""
    found = {}
    for kind in (RULES, COMMANDS):
        for file in sorted((root / folder).rglob(f"{kind}.py")):
            path = file.relative_to(root).as_posix()
            for key, words in Switches(path).read(file.read_text(encoding="utf-8")):
                found[key] = Guard(key, kind, path, words)
    return found


def switched(source, path):
    """Return the syntax tree of a module with a switch in each of its guards."""
    tree = ast.parse(source, path)
    return ast.fix_missing_locations(Switches(path).visit(tree))


class Switches(ast.NodeTransformer):
    """Puts `__stands__(key, condition)` into each pair and `if __refuses__(key):` before each raise; `laid` lists (key, words)."""

    def __init__(self, path):
        self.path, self.within, self.laid, self.pairs = path, [], [], set()

    def read(self, source):
        self.visit(ast.parse(source))
        return self.laid

    def visit_FunctionDef(self, node):
        self.within.append(node.name)
        self.pairs |= set(_pairs(node))
        node = self.generic_visit(node)
        self.within.pop()
        return node

    def visit_ClassDef(self, node):
        self.within.append(node.name)
        node = self.generic_visit(node)
        self.within.pop()
        return node

    def visit_Tuple(self, node):
        if node not in self.pairs:
            return self.generic_visit(node)
        key = self._key(node.elts[1])
        switch = ast.Call(ast.Name("__stands__", ast.Load()), [ast.Constant(key), node.elts[0]], [])
        return ast.copy_location(ast.Tuple([ast.copy_location(switch, node.elts[0]), *node.elts[1:]], ast.Load()), node)

    def visit_Raise(self, node):
        return self._behind(node) if self.within and isinstance(node.exc, ast.Call) else node

    def visit_Return(self, node):
        if isinstance(node.value, ast.Call) and getattr(node.value.func, "id", "") == "Verdict" and ast.unparse(node.value.args[0]) == "False":
            return self._behind(node)
        return self.generic_visit(node)

    def _behind(self, node):
        asked = ast.Call(ast.Name("__refuses__", ast.Load()), [ast.Constant(self._key(node))], [])
        return ast.copy_location(ast.If(asked, [node], []), node)

    def _key(self, node):
        words = sentence(node)
        key = f"{self.path}::{'.'.join(self.within)}::{words[:60]}"
        again = sum(1 for one, _words in self.laid if one.split("#")[0] == key)
        key = f"{key}#{again + 1}" if again else key
        self.laid.append((key, words))
        return key


def _pairs(function):
    """Yield the tuples in a function that are (condition, sentence): arguments of first_refusal, and those handed on with a sentence."""
    for node in (one for statement in function.body for one in ast.walk(statement)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "first_refusal":
            for given in node.args:
                inner = given.value if isinstance(given, ast.Starred) else given
                inner = inner.elt if isinstance(inner, ast.GeneratorExp | ast.ListComp) else inner
                if isinstance(inner, ast.Tuple):
                    yield inner
        elif isinstance(node, ast.Tuple) and len(node.elts) in (2, 3) and _handed_on(*node.elts[:2]):
            yield node


def _handed_on(condition, said):
    """Whether two words of a tuple are a condition and its sentence: not a code and its name, nor two names, nor pairs spread before one more."""
    return _says(said) and not _says(condition) and not isinstance(condition, ast.Constant | ast.Starred)


def _says(node):
    return any(isinstance(one, ast.Call) and getattr(one.func, "id", "") == "_" for one in ast.walk(node))


def sentence(node):
    """Return what a guard says: its own sentence, or its source where the words come from elsewhere."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "_" and isinstance(one.args[0], ast.Constant):
            return one.args[0].value
    return ast.unparse(node)
