"""What a declaration itself refuses: a text that says less than is asked."""

from datetime import UTC, date, datetime

import pytest

from wanjia.kernel.acts import Act, Asked, Parameter, inside

from .tried import MONDAY


@pytest.mark.parametrize(("said", "least", "optional", "enough"), [
    ("忙", 5, False, False), (" 忙 忙 ", 4, False, False), ("等上级资金", 5, False, True), (None, 5, False, False), ("", 5, True, True), ("忙", 5, True, False), ("", 1, False, True),
])  # fmt: skip
def test_a_text_says_as_much_as_is_asked(said, least, optional, enough):
    assert bool(Parameter("reason", str, Asked("理由", least=least), optional).judge(said, None, None, MONDAY)) is enough


def test_the_bounds_of_a_number_are_none_of_a_text():
    assert Parameter("days", int, Asked("天数", least=5), False).judge(3, None, None, MONDAY)


class Rows(list):
    """Rows as a query set answers for them."""

    contains = list.__contains__


@pytest.mark.parametrize(("said", "within", "let"), [("大同", "不在辖区", True), ("新民", "不在辖区", False), ("新民", "", True), (None, "不在辖区", True)])
def test_a_row_is_within_what_is_offered_where_a_sentence_says_so(said, within, let):
    asked = Asked("村", among=lambda row, actor, day: Rows(["大同"]), within=within)
    assert bool(verdict := Parameter("village", object, asked, False).judge(said, None, None, MONDAY)) is let
    assert let or verdict.reason == within


def test_what_is_offered_is_asked_for_the_day_of_the_place():
    """Before eight in the morning the day of UTC is yesterday: what the page offered would be refused."""
    days = []
    asked = Asked("村", among=lambda row, actor, day: days.append(day) or Rows(["大同"]), within="不在辖区")
    assert Parameter("village", object, asked, False).judge("大同", None, None, datetime(2026, 11, 1, 23, tzinfo=UTC))
    assert days == [date(2026, 11, 2)]


@pytest.mark.parametrize(("duty", "held", "may", "let"), [(("a", "b"), "b", None, True), (("a",), "b", None, False), ((), "b", None, True), (("a",), "b", inside, True)])
def test_an_act_that_says_no_rule_lets_whoever_has_its_duty(duty, held, may, let):
    one = Act("app", None, "name", "登记", "", duty, may, None, ())
    assert bool(verdict := one.verdict(Holder(held), None, MONDAY)) is let
    assert let or "登记" in verdict.reason


class Holder:
    """Somebody with one duty."""

    def __init__(self, held):
        self.held = held

    def has_duty(self, *duties):
        """Tell whether it is among these."""
        return self.held in duties
