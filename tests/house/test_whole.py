"""Whoever races, kills or simulates days asks afterwards whether everything is still one truth: no test may leave it out.

A test is followed through the functions, classes and fixtures that it names, in its file, in what it imports from other tests
and in its `conftest.py`s.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
DARES = {"Thread", "ThreadPoolExecutor", "Process", "Popen", "send_signal", "wander", "Wanderer"}
ASKS = {"races", "assert_whole", "assert_whole_apart", "differences", "wander"}
# What has no need, figure or notice that could differ.
NOTHING_KEPT = {
    "wanjia/planning": "solvers: no database",
    "wanjia/office/tests/test_serving.py": "the server's worker before an application of three lines",
    "wanjia/office/tests/test_logs.py": "the server's own lines about requests; nothing is written",
    "tests/promises/test_deploy.py": "units, a proxy and a container's steps: no need is written",
    "tests/promises/test_image.py": "an office without a need, in an image",
    "tests/promises/test_install.py": "an office without a need; it is served, not killed",
}


def names_in(node):
    """Return every name that a function or class speaks of, its arguments (fixtures) too."""
    found = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    found |= {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    return found | {one.arg for one in ast.walk(node) if isinstance(one, ast.arg)} | marked(node)


def marked(node):
    """Return the fixtures that `usefixtures` names."""
    calls = [one for one in ast.walk(node) if isinstance(one, ast.Call) and getattr(one.func, "attr", "") == "usefixtures"]
    return {arg.value for call in calls for arg in call.args if isinstance(arg, ast.Constant)}


class Module:
    """One file of tests: its functions and classes by name, and the files whose names it uses."""

    def __init__(self, source, beside=()):
        tree = ast.parse(source)
        # A method counts where it is named, not wherever its class is.
        self.own = {node.name: names_in(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in (one for one in tree.body if isinstance(one, ast.ClassDef)):
            methods = {one.name: names_in(one) for one in node.body if isinstance(one, ast.FunctionDef)}
            self.own[node.name] = methods.pop("__init__", set())
            self.own |= methods
        self.own |= {
            target.id: names_in(node.value) for node in tree.body if isinstance(node, ast.Assign) for target in node.targets
            if isinstance(target, ast.Name)
        }  # fmt: skip
        self.tests = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
        self.beside = list(beside)

    def reached(self, name):
        """Return every name that `name` leads to."""
        seen, todo = set(), [name]
        while todo:
            one = todo.pop()
            if one in seen:
                continue
            seen.add(one)
            for module in (self, *self.beside):
                todo += module.own.get(one, ())
        return seen

    def careless(self):
        """Yield the tests that race, kill or simulate days and never ask whether all is whole."""
        for test in self.tests:
            reached = self.reached(test.name)
            spoils = any("spoils" in ast.unparse(one) for one in test.decorator_list)
            if reached & DARES and not reached & ASKS and not spoils:
                yield test.name


@cache
def read(path):
    """Return the Module of a file with what it imports from tests and the fixtures above it."""
    source, beside = path.read_text(encoding="utf-8"), []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (at := _file_of(node, path)):
            beside += [at] if at.is_file() else [at / f"{name.name}.py" for name in node.names]
    beside += [folder / "conftest.py" for folder in path.parents if folder.is_relative_to(HOUSE)]
    return Module(source, [_alone(one) for one in dict.fromkeys(beside) if one.is_file() and one != path])


@cache
def _alone(path):
    return Module(path.read_text(encoding="utf-8"))


def _file_of(node, path):
    """Return the file or folder that a `from … import` of tests means."""
    parts = (node.module or "").split(".") if node.module else []
    base = path.parents[node.level - 1] if node.level else HOUSE
    if not node.level and not {"tests"} & set(parts):
        return None
    at = base.joinpath(*parts)
    return at if at.is_dir() else at.with_suffix(".py")


def files():
    """Yield every file of tests in which something could come to differ."""
    for path in sorted([*(HOUSE / "wanjia").rglob("test_*.py"), *(HOUSE / "tests").rglob("test_*.py")]):
        if not path.relative_to(HOUSE).as_posix().startswith(tuple(NOTHING_KEPT)):
            yield path


def test_whoever_races_kills_or_simulates_days_asks_whether_all_is_whole():
    found = [f"{path.relative_to(HOUSE)}: {name}" for path in files() for name in read(path).careless()]
    assert not found, "ask by the fixture `races`, by `assert_whole` or by `assert_whole_apart` (tests/whole.py)"


@pytest.mark.parametrize(
    ("source", "careless"),
    [
        ("def crowd():\n    threading.Thread()\n\ndef test_it(db):\n    crowd()", True),
        ("def crowd():\n    threading.Thread()\n\ndef test_it(races):\n    crowd()", False),
        ("@fixture\ndef job():\n    subprocess.Popen([])\n\ndef test_it(job):\n    job.kill()", True),
        ("@fixture\ndef job():\n    subprocess.Popen([])\n    assert_whole_apart({})\n\ndef test_it(job):\n    job.kill()", False),
        ("@pytest.mark.spoils\ndef test_it(db):\n    threading.Thread()", False),
    ],
)
def test_a_careless_one_is_found(source, careless):
    """Negative control, by planted sources."""
    assert list(Module(source).careless()) == (["test_it"] if careless else [])


def test_the_ones_there_are_are_followed():
    """Negative control: with no way of asking known, the races and kills of the house are found."""
    kept, found = set(ASKS), set()
    ASKS.clear()
    try:
        found = {path.name for path in files() if list(read(path).careless())}
    finally:
        ASKS.update(kept)
    assert {"test_kill.py", "test_overlap.py", "test_one_owner.py", "test_import_jobs.py", "test_live.py", "test_checking.py"} <= found
