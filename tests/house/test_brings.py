"""Each app brings its rows, and no floor knows by name an app above it, nor the reader of workbooks what any of them holds."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

import wanjia
from wanjia.kernel import brings

HOUSE = Path(wanjia.__file__).parent
APPS = ("orgs", "registry", "reporting", "casework", "office")
BRINGS = sorted(path.parent.name for path in HOUSE.glob("*/brings.py") if path.parent.name != "kernel")

# A floor, and the apps whose name stands in none of its files ("office" is also a word of definitions, formats and figures: not sought there). The frame stands above all, and yet only sorts what these bring.
ABOVE = {
    "policy": APPS, "indicators": APPS[:4], "sheets": APPS[:4], "sealing": APPS, "kernel": APPS, "orgs": APPS[1:], "registry": APPS[2:],
    "reporting": APPS[3:4], "office": APPS[2:4], "site": APPS[2:4],
}  # fmt: skip
# A word of an address, an import, a template or a label: casework:ledger, wanjia.casework, "casework/rows.html", casework.need.
NAMED = r"(?<![\w.-]){app}(?:[:./](?=\w)|$)|wanjia\.{app}\b|wanjia import .*\b{app}\b|[\"']{app}[\"'/]"
KINDS = {".py", ".html", ".toml"}
# (file, app): why its name may stand there.
EXCEPTIONS = {
    ("site/installed.py", "casework"): "the list of apps",
    ("site/installed.py", "reporting"): "the list of apps",
    ("kernel/erasure.py", "registry"): "the act of an erasure and its subject, as the journal has borne them since 0.1.0",
    ("kernel/erasure.py", "office"): "the act of a list of records, which accounts for erasure lines as well",
}


def named(app, text):
    """Return the places where a text names an app."""
    return re.findall(NAMED.replace("{app}", app), text, re.MULTILINE)


def above():
    """Yield (file, app) of every file that names an app which it may not know."""
    for floor, apps in ABOVE.items():
        for path in sorted((HOUSE / floor).rglob("*")):
            where = path.relative_to(HOUSE)
            if path.suffix not in KINDS or {"tests", "migrations", "static"} & set(where.parts):
                continue
            text = path.read_text(encoding="utf-8")
            yield from ((str(where), app) for app in apps if named(app, text))


@pytest.mark.parametrize("app", BRINGS)
def test_what_an_app_brings_is_of_a_known_kind(app):
    module = import_module(f"wanjia.{app}.brings")
    brought = {name for name in vars(module) if name.isupper() and not name.startswith("_")}
    assert brought - set(brings.KINDS) == set(), "nobody asks for this"


def test_a_kind_that_nobody_knows_is_refused():
    """The negative control: a slip of the pen in whoever asks."""
    with pytest.raises(KeyError):
        brings.gather("PALACES")


def test_every_kind_is_asked_for():
    """A kind that nothing asks for would be brought in vain."""
    asked = set()
    for path in HOUSE.rglob("*.py"):
        asked |= set(re.findall(r'(?:gather|ranked)\("([A-Z_]+)"\)', path.read_text(encoding="utf-8")))
    assert asked == set(brings.KINDS)


def test_no_floor_names_an_app_above_it():
    assert set(above()) == set(EXCEPTIONS)


@pytest.mark.parametrize(
    "text", [
        "from wanjia.casework.models import Need", "{% url 'casework:ledger' %}", '{% include "casework/rows.html" %}', '"casework.need"',
        "casework:record", '"casework"', "from wanjia import casework",
    ],
)  # fmt: skip
def test_a_name_is_seen(text):
    assert named("casework", text)


def test_a_word_of_the_language_is_no_name():
    assert not named("reporting", "reporting what was done") and not named("office", "the ledger office decides")


# What a workbook holds is said by the app that brings it: no word of the register or of the ledger is a name or a text in the interpreter.
# "child" is its process. What its docstrings and comments say is no code.
NOUNS = {"need", "needs", "household", "households", "home", "homes", "village", "villages", "township", "person", "people", "citizen", "relation",
         "sex", "phone", "account", "subsidy", "subsidies", "benefit", "benefits", "payment", "scheme", "visit", "children", "birth", "born"}  # fmt: skip
SIGNS = ("诉求", "户", "村", "社区", "乡镇", "街道", "身份证", "姓名", "性别", "出生", "孩子", "补贴", "走访", "家庭", "父亲", "母亲", "监护", "学生")
SPOKEN = {"codes.py": {"乡镇", "村"}}  # how a file too long is split, in the words of whoever sends it


def nouns(source):
    """Return the nouns of an app that a source uses as a name, or within a text that is no docstring."""
    tree, found = ast.parse(source), set()
    docstrings = {id(one.body[0].value) for one in ast.walk(tree) if isinstance(one, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(one.body[0], ast.Expr)}
    for node in ast.walk(tree):
        names = [getattr(node, field) for field in ("id", "attr", "arg", "name", "asname", "module") if isinstance(getattr(node, field, None), str)]
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            found |= {sign for sign in SIGNS if sign in node.value}
            names += [node.value] if re.fullmatch(r"[\w.]+", node.value) else []
        found |= {word for name in names for word in re.findall("[a-z]+", re.sub("([A-Z])", r"_\1", name).lower()) if word in NOUNS}
    return found


def test_the_reader_of_workbooks_knows_no_noun_of_an_app():
    files = {path.name: path.read_text(encoding="utf-8") for path in (HOUSE / "sheets").glob("*.py")}
    assert {name: found for name, source in files.items() if (found := nouns(source))} == SPOKEN


@pytest.mark.parametrize(
    ("source", "noun"), [
        ("def judge(village): ...", "village"), ("from .needs import x", "needs"), ("class SamePerson: ...", "person"), ("x = 'household'", "household"),
        ("COLUMNS = ('户编号',)", "户"), ("draft.person = 1", "person"), ("x.find('warn.village.normalised')", "village"),
    ],
)  # fmt: skip
def test_a_noun_is_seen(source, noun):
    assert noun in nouns(source)


def test_a_docstring_and_a_verb_are_no_noun():
    assert nouns('def needed(x):\n    """What a person may need."""\n    return run_child(x)') == set()
