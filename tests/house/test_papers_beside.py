"""A paper opens beside the work: whatever leads to a PDF that the browser shows does so in a tab of its own."""

import inspect
import re
from pathlib import Path

import pytest
from django.urls import get_resolver

HOUSE = Path(__file__).resolve().parents[2]
DRAWN = re.compile(r"application/pdf|\b_sent\(|\b_notice\(")  # what a view says that answers with one
LEADS = re.compile(r"<(?:a|form)\b[^<]*?\{% url '([\w:]+)'[^%]*%\}[^<]*?>")


def papers(patterns=None, space=""):
    """Yield the names of the addresses whose view answers with a PDF."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(one, "url_patterns"):
            yield from papers(one.url_patterns, f"{one.namespace}:" if one.namespace else space)
        elif one.name and (view := inspect.unwrap(one.callback)).__module__.startswith("wanjia.") and DRAWN.search(inspect.getsource(view)):
            yield space + one.name


def ways(templates):
    """Yield (template, address name, whether it opens beside) of each link and form."""
    for path, text in templates:
        for lead in LEADS.finditer(text):
            yield path, lead[1], 'target="_blank" rel="noopener"' in " ".join(lead[0].split())


def templates():
    return [(path.relative_to(HOUSE).as_posix(), path.read_text(encoding="utf-8")) for path in (HOUSE / "wanjia").rglob("*.html")]


def test_every_paper_opens_beside_the_work():
    drawn = set(papers())
    found = [way for way in ways(templates()) if way[1] in drawn]
    assert {name for _path, name, _beside in found} == drawn, "nothing leads to a paper, or this test no longer sees what does"
    assert [(path, name) for path, name, beside in found if not beside] == []


@pytest.mark.parametrize("lead", ["<a href=\"{% url 'reporting:notice' paper.pk %}\">1</a>", "<form method=\"post\" action=\"{% url 'reporting:slip' need.pk %}\" class=\"x\">"])
def test_a_paper_over_the_work_is_seen(lead):
    """Negative control."""
    assert [beside for _path, _name, beside in ways([("one.html", lead)])] == [False]
