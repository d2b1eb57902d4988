"""A line of a template can be read: no longer than LIMIT, the sentences on it left aside, for those must stand whole."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
LIMIT = 150
FORM = re.compile(r"""<form\b((?:[^>"]|"[^"]*"|\{%.*?%\})*)>(.*?)</form>""", re.S)
ASKS = re.compile(r"""form_body|\{% field|<textarea|<input(?![^>]*type="(?:hidden|checkbox|radio|submit)")""")
ICON = re.compile(r'Place\(\s*"([\w:]+)", "([\w-]+)"')
DRAWN = re.compile(r'{% icon "([\w-]+)"')
SENTENCE = re.compile(r'{% (?:translate|trans) "[^"]*"|{% blocktranslate.*?{% endblocktranslate %}')
# How many lines of an app are longer today. The number may only fall.
STILL = {"casework": 6, "orgs": 3, "registry": 8, "reporting": 1}


def too_long(text):
    """List the numbers of the lines that are longer than LIMIT without their sentences."""
    return [number for number, line in enumerate(text.split("\n"), 1) if len(SENTENCE.sub("", line)) > LIMIT]


@pytest.mark.parametrize("app", sorted(path.parent.name for path in HOUSE.glob("wanjia/*/templates")))
def test_lines_of_templates_are_short(app):
    found = [
        f"{path.relative_to(HOUSE)}:{number}"
        for path in sorted(HOUSE.glob(f"wanjia/{app}/templates/**/*.html"))
        for number in too_long(path.read_text(encoding="utf-8"))
    ]
    assert len(found) <= STILL.get(app, 0), found


def test_a_long_line_is_seen_and_a_long_sentence_is_not():
    assert too_long("<p>" + "<b>x</b>" * 20 + "</p>") == [1]
    assert not too_long('<p>{% translate "' + "长" * 200 + '" %}</p>')


def test_an_icon_of_the_menu_is_one_that_is_drawn():
    drawn = {line.split()[0] for line in (HOUSE / "wanjia/site/assets/icons.txt").read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")}
    assert {icon for _key, icon in ICON.findall("".join(path.read_text(encoding="utf-8") for path in HOUSE.glob("wanjia/**/*.py")))} <= drawn
    assert {name for path in HOUSE.glob("wanjia/*/templates/**/*.html") for name in DRAWN.findall(path.read_text(encoding="utf-8"))} <= drawn


def remembered(text):
    """List the heads of the forms with something to write whose words the browser would keep by itself."""
    heads = ((head, inside) for head, inside in FORM.findall(text) if 'method="post"' in head and ASKS.search(inside))
    return [head for head, _inside in heads if 'autocomplete="off"' not in head]


def test_the_browser_keeps_no_words_of_a_form_by_itself():
    """A browser remembers names and telephones to propose them, in clear, and puts words back into a form that is opened by "back":
    whoever signs in next at the same computer would read them. What is kept is kept sealed (assets/keeping.js)."""
    pages = [path for path in sorted(HOUSE.glob("wanjia/*/templates/**/*.html")) if not {"account", "mfa"} & set(path.parts)]
    found = {str(path.relative_to(HOUSE)): heads for path in pages if (heads := remembered(path.read_text(encoding="utf-8")))}
    assert found == {}


def test_a_form_that_the_browser_would_remember_is_seen():
    assert remembered('<form method="post" action="{% url "x" %}">{% form_body form %}</form>')
    assert not remembered('<form method="post" autocomplete="off">{% form_body form %}</form><form method="post">{% sent %}</form>')
