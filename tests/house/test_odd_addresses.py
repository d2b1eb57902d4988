"""Whatever an address asks, no page breaks: every address, every word that any view reads, the oddest values.

`make test` asks each address for the day that is none and two more of the values in turn; WANJIA_WHOLE_PROOF=1 asks for all.
"""

import os
import re
from functools import cache

import pytest
from django.urls import reverse

from wanjia.site import asked, middleware

from .test_pages import HOUSE_FILES, NO_PAGE, names, seen  # noqa: F401, the fixture

NO_DAY = "2026-02-30"
ODD = (
    "_", "a\x00b\ud7ff\U0010ffff", "0001-01-01", "9999-12-31", NO_DAY, "99999999999999999999999", "大" * 5000,
)  # fmt: skip
WHOLE = bool(os.environ.get("WANJIA_WHOLE_PROOF"))
READ = re.compile(r"""GET(?:\.get\(|\.getlist\(|\[)["'](\w+)["']""")


@cache
def words_read():
    """Every word that a view reads from the address, and every field of the forms of lists."""
    found = {"sort", "page", "q", "on", "since", "until", "as_of", "area", "figure", "month", "village", "person", "act", "subject"}
    for file in HOUSE_FILES:
        found |= set(READ.findall(file.read_text(encoding="utf-8")))
    return sorted(found)


def values_at(turn, whole=WHOLE):
    """Return the odd values that the address of this turn is asked for: over three addresses each value comes by."""
    if whole:
        return ODD
    others = [odd for odd in ODD if odd != NO_DAY]
    return [NO_DAY, *(others[(2 * turn + more) % len(others)] for more in (0, 1))]


def broken(client, known, values=()):
    """The addresses and questions that answer with 5xx, or raise."""
    client.raise_request_exception = False
    faults = []
    for turn, (name, wanted) in enumerate(names()):
        if name in NO_PAGE or not set(wanted) <= set(known):
            continue
        address = reverse(name, kwargs={one: known[one] for one in wanted})
        for odd in values or values_at(turn):
            answer = client.get(address, dict.fromkeys(words_read(), odd))
            if answer.status_code >= 500:
                faults.append(f"{name} {odd[:20]!r}: {answer.status_code}")
    return faults


def test_no_address_breaks_whatever_it_asks(seen):  # noqa: F811
    client, known = seen
    assert broken(client, known) == []


def test_without_the_cleaning_they_break(seen, monkeypatch):  # noqa: F811
    """Negative control."""
    monkeypatch.setattr(middleware.asked, "cleaned", lambda query: query)
    client, known = seen
    assert any(NO_DAY in fault for fault in broken(client, known, [NO_DAY]))


def test_the_sample_of_make_test_leaves_no_value_out():
    assert {odd for turn in range(3) for odd in values_at(turn, whole=False)} == set(ODD) == set(values_at(0, whole=True))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2026-02-30", "", id="no such day"),
        pytest.param("0001-01-01", "1900-01-01", id="while a year is typed"),
        pytest.param("9999-12-31", "2199-12-31", id="the end of time"),
        pytest.param("2026-11-02", "2026-11-02", id="a day"),
        pytest.param("待办\x00", "待办", id="a NUL"),
        pytest.param("大\ud800", "大", id="a lone surrogate"),
    ],
)
def test_what_is_asked_is_cleaned(text, day):
    from django.http import QueryDict

    query = QueryDict(mutable=True)
    query.setlist("x", [text])
    assert asked.cleaned(query).get("x") == day
