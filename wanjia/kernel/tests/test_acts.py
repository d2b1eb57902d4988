"""What a declaration itself refuses: a text that says less than is asked."""

import pytest

from wanjia.kernel.acts import Asked, Parameter


@pytest.mark.parametrize(("said", "least", "optional", "enough"), [
    ("忙", 5, False, False), (" 忙 忙 ", 4, False, False), ("等上级资金", 5, False, True), (None, 5, False, False), ("", 5, True, True), ("忙", 5, True, False), ("", 1, False, True),
])  # fmt: skip
def test_a_text_says_as_much_as_is_asked(said, least, optional, enough):
    assert bool(Parameter("reason", str, Asked("理由", least=least), optional).says_enough(said)) is enough


def test_the_bounds_of_a_number_are_none_of_a_text():
    assert Parameter("days", int, Asked("天数", least=5), False).says_enough(3)
