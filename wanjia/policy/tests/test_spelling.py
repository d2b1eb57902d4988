"""Words that are looked for are found however they are spelt, and no word is made of two."""

from datetime import date

import pytest

from wanjia.policy import appraisal, customs, fees, points
from wanjia.policy.spelling import joined


@pytest.mark.parametrize("text", ["罚款", "罚 款", "罚\u200b款", "罚·款", "罚-款", "罚.款", "罰款", "罚\u3000款", "罚\u00ad款", "罚*款", "罚\ufe0f款"])
def test_a_word_is_found_however_it_is_spelt(text: str) -> None:
    for found in (fees.crossed(f"欠费的{text}十元"), customs.crossed(f"超过的{text}十元"), appraisal.crossed(f"不改就{text}", appraisal.LIST)):
        assert found and found[0] in "罚款"


def test_a_name_is_found_however_it_is_spelt() -> None:
    for text in ("卯大嫂的柴", "卯·大·嫂的柴", "卯\u200b大嫂的柴"):
        assert appraisal.crossed(text, appraisal.LIST, ["卯大嫂"]) == ("卯大嫂", "只写户编号,不写姓名")
    assert appraisal.crossed("阿依古丽·买买提家门口", appraisal.LIST, ["阿依古丽·买买提"])


def test_no_word_is_made_of_two() -> None:
    assert joined("大家,里面") == "大家,里面" and appraisal.crossed("请大家,里面堆的柴草", appraisal.LIST) is None


def test_what_earns_no_points_earns_none_however_it_is_spelt() -> None:
    edition = points.in_force(date(2026, 10, 1))
    word = edition.red[0].words[0]
    assert edition.crossed(word) == edition.crossed("\u200b".join(word)) == edition.crossed("·".join(word)) == (word, edition.red[0].why)
