"""The glossary knows every model, state and figure; every sentence on screen has its English."""

import re
from pathlib import Path

import pytest
from django.apps import apps

from wanjia.indicators.definitions import definitions

HOUSE = Path(__file__).resolve().parents[2]
GLOSSARY = (HOUSE / "docs" / "glossary.md").read_text(encoding="utf-8")
OURS = [model for model in apps.get_models() if model.__module__.startswith("wanjia.")]
STATES = [f"{m._meta.label}:{state}" for m in OURS if hasattr(m, "machine") for state, _words in m._meta.get_field("state").choices]
WORDS = [model._meta.label for model in OURS] + STATES + list(definitions())


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
