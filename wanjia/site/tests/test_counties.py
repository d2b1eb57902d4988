"""The first question of `wanjia init`: which county, before anything stands."""

import pytest

from wanjia.office.starting import counties
from wanjia.office.starting.opening import load_county
from wanjia.site import cli_init
from wanjia.verdict import Refused

COUNTY = next(question for question in cli_init.QUESTIONS if question.key == "county")


@pytest.mark.parametrize(("said", "code"), [
    ("绥江县", "530626"), ("绥江", "530626"), ("530626", "530626"), ("530626000000", "530626"), (" 水富 ", "530681"), ("绥将", None), ("县", None), ("", None),
])  # fmt: skip
def test_a_county_is_known_by_code_by_name_and_by_its_short_name(said, code):
    assert counties.code_of(said) == code


def test_a_slip_of_the_hand_is_asked_again_before_anything_is_written(monkeypatch):
    said = iter(["绥将", "", "绥江"])
    monkeypatch.setattr("builtins.input", lambda _words: next(said))
    assert cli_init._answer(COUNTY, None, "", True) == "绥江"


def test_a_county_never_named_is_asked_for_by_its_flag():
    with pytest.raises(Refused, match="--county"):
        load_county("", {})
