"""The glossary knows every model, state and figure; every sentence on screen has its English."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils.translation.template import templatize

from wanjia.indicators.definitions import definitions
from wanjia.kernel.machine import machine_of
from wanjia.reporting.figures.population import populations

HOUSE = Path(__file__).resolve().parents[2]
GLOSSARY = (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")
OURS = [model for model in apps.get_models() if model.__module__.startswith("wanjia.")]
STATES = [f"{m._meta.label}:{state}" for m in OURS if machine_of(m) for state, _words in m._meta.get_field("state").choices]
WORDS = [model._meta.label for model in OURS] + STATES + [id_ for of in populations() if HOUSE in of.definitions.parents for id_ in definitions(of.name)]


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_knows(word):
    line = re.search(rf"^\|([^|]+)\|([^|]+)\| `{re.escape(word)}` \|", GLOSSARY, re.MULTILINE)
    assert line, f"add a line for `{word}` to docs/glossary.md"
    assert re.search(r"[\u4e00-\u9fff]", line[1])
    assert re.search(r"[A-Za-z]", line[2])


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_models_docstring_carries_the_chinese_term(model):
    assert re.search(r"[\u4e00-\u9fff]", model.__doc__ or "")


def test_the_tour_has_ten_stops_and_every_file_it_names_stands():
    tour = (HOUSE / "docs" / "tour.md").read_text(encoding="utf-8")
    assert re.findall(r"^(\d+)\. \*\*", tour, re.MULTILINE) == [str(number) for number in range(1, 11)]
    links = re.findall(r"\]\(\.\./([^)]+)\)", tour)
    assert [link for link in links if not (HOUSE / link).exists()] == []
    for function in re.findall(r"\(`(\w+)`", tour):
        assert any(f"def {function}(" in (HOUSE / link).read_text(encoding="utf-8") for link in links if link.endswith(".py"))


HAN = re.compile(r"[\u4e00-\u9fff]")
GAP = re.compile(r"%\(\w+\)[sd]|%%")
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
# What reads the same in both languages: what a reader types or knows by that name.
SAME = {"English", "PDF", "JPG", "PNG", "Word", "Excel", "WPS", "CSV", "xlsx", "UUID"}
# Pages for paper (official forms are Chinese in law) and the last-resort page, which stands without translations in both languages.
PAPER = ("templates/casework/papers/", "templates/labour/papers/", "templates/office/papers/", "templates/reporting/papers/", "templates/schools/papers/", "templates/village/papers/",
         "templates/500.html")


def _ours(pattern):
    """The files that a reader meets: no tests, no migrations."""
    return [file for file in sorted((HOUSE / "wanjia").rglob(pattern)) if not {"tests", "migrations"} & set(file.parts)]


def _read(text):
    """The text of a literal (the parser has joined those side by side); None for what is not one."""
    return text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else None


def marked_in_python(source):
    """Every literal that a source file marks for translation."""
    for call in ast.walk(ast.parse(source)):
        name = getattr(getattr(call, "func", None), "id", None) or getattr(getattr(call, "func", None), "attr", None)
        if isinstance(call, ast.Call) and name in MARKERS:
            yield from (said for said in map(_read, call.args[: 2 if name.startswith("ngettext") else 1]) if said)


def marked_in_template(source):
    """Every sentence that a template marks, by Django's own reading of it."""
    return marked_in_python_like(templatize(source))


def marked_in_python_like(text):
    """Read the calls that templatize leaves in its otherwise meaningless text."""
    for said in re.findall(r"""\b(?:_|gettext|ngettext)\(\s*u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""", text):
        yield ast.literal_eval(said)


def marked():
    """Everything marked anywhere in the house."""
    found = {said for file in _ours("*.py") for said in marked_in_python(file.read_text(encoding="utf-8"))}
    return found | {said for file in _ours("*.html") for said in marked_in_template(file.read_text(encoding="utf-8"))}


def english():
    """The translations as they stand in the catalogues of all apps: {msgid: [msgstr, …]}, what is marked doubtful left out."""
    books = (HOUSE / "wanjia").glob("*/locale/en/LC_MESSAGES/django.po")
    return {e.msgid: list(e.msgstr_plural.values()) or [e.msgstr] for book in books for e in polib.pofile(str(book)) if not e.fuzzy}


def untranslated(said, book):
    """The Chinese sentences without English."""
    return sorted(one for one in said if HAN.search(one) and not all(book.get(one, [""])))


def wrong_gaps(book):
    """The sentences whose English has other gaps to fill than the Chinese."""
    return [said for said, words in book.items() if any(sorted(GAP.findall(word)) != sorted(GAP.findall(said)) for word in words)]


def bare_words(source, wanted):
    """What a template says outside of every tag of translation, in text and attributes that are read, where `wanted` sees something."""
    source = re.sub(r"{% comment.*?endcomment %}|{#.*?#}|{% blocktranslate.*?endblocktranslate %}", "", source, flags=re.DOTALL)
    source = re.sub(r"<(script|style|svg|kbd)\b.*?</\1>|{%.*?%}|{{.*?}}", "\x00", source, flags=re.DOTALL)
    texts = re.findall(r'(?:title|placeholder|alt|aria-label)="([^"]*)"', source) + re.sub(r"<[^>]*>", "\x00", source).split("\x00")
    return [text.strip() for text in texts if wanted(text)]


def _latin(text):
    return [word for word in re.findall(r"(?<![\w&])[A-Za-z]{3,}(?![\w;])", text) if word not in SAME]


def test_every_sentence_has_its_english():
    assert untranslated(marked(), english()) == []


def unsaid(book, said, sources):
    """The sentences of the catalogue that nobody says: neither marked (`said`) nor standing anywhere in the sources, for whom to mark at hand."""
    return sorted(one for one in book if one and one not in said and one not in sources)


def test_the_catalogue_holds_no_sentence_that_nobody_says():
    sources = "".join(file.read_text(encoding="utf-8") for pattern in ("*.py", "*.html") for file in _ours(pattern))
    assert unsaid(english(), marked(), sources) == []


def test_the_english_fills_the_same_gaps():
    assert wrong_gaps(english()) == []


TEMPLATES = [file for file in _ours("*.html") if not any(part in file.as_posix() for part in PAPER)]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_speaks_one_language_only(file):
    source = file.read_text(encoding="utf-8")
    assert bare_words(source, _latin) == []
    assert [text for text in bare_words(source, HAN.search) if text != "中文"] == []


def test_these_checks_can_fail():
    book = {"你好": ["hello"], "%(n)s 件": ["%(m)s needs"], "没有": [""]}
    assert untranslated(set(marked_in_python('_("你好") + ngettext("没有", "没有", 1) + gettext_lazy("新" "句")')), book) == ["新句", "没有"]
    page = '{% translate "你好" %}<p title="Save it">{% blocktranslate count n=n %}{{ n }} 件{% plural %}{{ n }} 件{% endblocktranslate %} 光</p>{{ a|default:_("没有") }}'
    assert set(marked_in_template(page)) == {"你好", "%(n)s 件", "没有"}
    assert wrong_gaps(book) == ["%(n)s 件"]
    assert unsaid(book, {"%(n)s 件"}, 'words = "你好"') == ["没有"]
    assert bare_words(page, _latin) == ["Save it"]
    assert bare_words(page, HAN.search) == ["光"]
