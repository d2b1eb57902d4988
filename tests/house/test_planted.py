"""Every fault of tests/planted can still be planted, and is the fault that it says: whether a year finds it, `make prove-planted` says."""

import inspect
from contextlib import ExitStack

import pytest

from tests.planted.__main__ import BROKE, FOUND, SILENT, heard
from tests.planted.faults import FAULTS
from wanjia.casework.simulating import stories
from wanjia.site.simulating.found import DAY_BROKE


def unfit(true, bent):
    """Tell whether what is put in place of a function cannot be called as that is: the year would find the call, and not the fault."""
    if not inspect.isfunction(true) or not callable(bent):
        return False
    asked = inspect.signature(true).parameters.values()
    before = [one.name for one in asked if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    named = {one.name: one.name for one in asked if one.kind == one.KEYWORD_ONLY}
    try:
        inspect.signature(bent).bind(*before, **named)
    except TypeError:
        return True
    return False


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_finds_what_it_bends_and_is_called_as_that_is(name):
    with ExitStack() as patches:
        for one in FAULTS[name][1]():
            true, _own = one.get_original()
            patches.enter_context(one)
            assert not unfit(true, one.new), one.attribute


def test_what_takes_less_is_seen():
    """Negative control."""
    assert unfit(lambda person, need, day: None, lambda _person, _need: None)
    assert not unfit(lambda person, *, day: None, lambda *_all, **_what: None)


def test_what_only_breaks_is_not_found():
    """Negative control: a fault counts by what the year's judging says first, and not because an act or a day broke."""
    assert heard({"kinds": [stories.BROKE, "主办单位不是正好一个 / not exactly one owner"]}) == heard({"kinds": [DAY_BROKE]}) == BROKE
    assert heard({"kinds": ["主办单位不是正好一个 / not exactly one owner", stories.BROKE]}) == FOUND
    assert heard({"kinds": []}) == SILENT
