"""Rules of the house that no linter can say."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from wanjia.indicators.definitions import definitions
from wanjia.kernel import privacy

HOUSE = Path(__file__).resolve().parents[2]
OURS = [model for model in apps.get_models() if model.__module__.startswith("wanjia.")]

# Addresses of libraries: sign-in and second factor guard themselves; static files are public.
FOREIGN = ("accounts/", "static/", "api/", "i18n/")
WRITTEN = {one.name.split(".")[1] for one in apps.get_app_configs() if one.name.startswith("wanjia.")} - {"kernel"}  # the kernel's own writes are what commands stand on
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
# Files besides commands.py that may write, each with its reason.
WRITERS = {
    "wanjia/registry/households/keeping.py": "works out a plan; `Plan.save` is called by the command keep_rows alone",
    "wanjia/registry/importing/benefits.py": "an applier: runs inside the transaction of the command apply_chunk",
    "wanjia/labour/loading/writing.py": "the rows of one part, by COPY: the command load_chunk stands there",
    "wanjia/labour/loading/meeting.py": "people met by a file: runs inside the transaction of the command load_chunk",
    "wanjia/labour/loading/aside.py": "which indexes are aside, written down before they go: no transaction of an act could hold it",
    "wanjia/labour/rolls/sealed.py": "the parts of a file, sealed: kept and dropped inside the transactions of the commands of rolls",
    "wanjia/doors/pictures.py": "a picture's bytes: no row",
    "wanjia/care/demo/events.py": "a picture's bytes: no row",
    "wanjia/care/simulating/photos.py": "a picture's bytes: no row",
    "wanjia/orgs/models/users.py": "UserManager.create_user, called by commands alone",
}
LONGEST = 400
LONG = {}


def python_files(*parts):
    return [path for path in (HOUSE / "wanjia").rglob("*.py") if "migrations" not in path.parts and "tests" not in path.parts]


def routes(resolver=None, prefix=""):
    for item in (resolver or get_resolver()).url_patterns:
        where = prefix + str(item.pattern)
        if isinstance(item, URLResolver):
            yield from routes(item, where)
        elif isinstance(item, URLPattern):
            yield where, item.callback


@pytest.mark.parametrize(("where", "view"), [pytest.param(w, v, id=w or "/") for w, v in routes() if not w.startswith(FOREIGN)])
def test_every_route_is_guarded_or_marked_public(where, view):
    assert getattr(view, "guard", None), f"{where}: decorate the view with @guarded(…) or @public"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_sorted_for_privacy(model):
    assert privacy.unsorted(model) == []


def _writes(path):
    """Return (line, call) of every write through the ORM in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, owner = node.func.attr, ast.unparse(node.func.value)
            if name in WRITES and ("objects" in owner or name == "save" or name == "bulk_create"):
                yield node.lineno, f"{owner}.{name}"
            if name == "update" and "objects" in owner:
                yield node.lineno, f"{owner}.update"


def test_only_commands_write():
    found = []
    for path in python_files():
        name = str(path.relative_to(HOUSE))
        if name.split("/")[1] not in WRITTEN or path.name == "commands.py" or name in WRITERS:
            continue
        found += [f"{name}:{line} {call}" for line, call in _writes(path)]
    assert found == []


def test_the_write_scan_sees_a_write(tmp_path):
    """Negative control: a query that writes is found."""
    bad = tmp_path / "queries.py"
    bad.write_text("def f(rows):\n    Need.objects.filter(pk=1).update(state='closed')\n")
    assert [line for line, _call in _writes(bad)] == [2]


def test_no_file_outgrows_its_room():
    long = {str(p.relative_to(HOUSE)): n for p in python_files() if (n := len(p.read_text().splitlines())) > LONGEST}
    assert set(long) - set(LONG) == set(), long


def test_the_kernel_stays_small():
    lines = sum(len(path.read_text().splitlines()) for path in python_files() if "kernel" in path.parts)
    assert lines < 1600


@pytest.mark.parametrize("figure", definitions().values(), ids=lambda figure: figure.id)
def test_every_figure_names_its_source_and_what_it_counts(figure):
    assert figure.source
    assert figure.meaning
    assert figure.unit
    assert not figure.of or figure.of in definitions()


def test_no_room_is_called_by_a_word_that_says_nothing():
    empty = {"utils.py", "helpers.py", "common.py", "manager.py", "managers.py", "service.py", "services.py", "misc.py"}
    assert [str(path) for path in python_files() if path.name in empty] == []
