import pytest

from wanjia.policy.money import fen_of, in_words, yuan


@pytest.mark.parametrize(("text", "fen"), [("8", 800), ("8.5", 850), (" 8.50 ", 850), ("0", 0), ("8.505", None), ("-1", None), ("十元", None), ("", None), ("nan", None), ("inf", None), ("1E999999", None), ("9E99999", None), ("1E17", None)])
def test_fen_of_an_amount(text: str, fen: int | None) -> None:
    assert fen_of(text) == fen


@pytest.mark.parametrize("fen", [0, 1, 99, 100, 350, 123456])
def test_there_and_back(fen: int) -> None:
    assert fen_of(yuan(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"), (1250, "壹拾贰元伍角整"), (100, "壹元整"), (105, "壹元零伍分"), (5, "伍分"), (50, "伍角整"), (1_000_000, "壹万元整"), (10_050_00, "壹万零伍拾元整"),
        (1_000_500_00, "壹佰万零伍佰元整"), (340_904, "叁仟肆佰零玖元零肆分"), (100_000_000_00, "壹亿元整"), (-300, "负叁元整"), (12_003_000_01, "壹仟贰佰万叁仟元零壹分"),
    ],
)  # fmt: skip
def test_an_amount_as_receipts_spell_it(fen: int, said: str) -> None:
    assert in_words(fen) == said
