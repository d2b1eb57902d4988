"""Each app brings its rows, and no floor knows by name an app above it."""

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
