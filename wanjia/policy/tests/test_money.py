import pytest

from wanjia.policy.money import fen_of, yuan


@pytest.mark.parametrize(("text", "fen"), [("8", 800), ("8.5", 850), (" 8.50 ", 850), ("0", 0), ("8.505", None), ("-1", None), ("十元", None), ("", None), ("nan", None), ("inf", None)])
def test_fen_of_an_amount(text: str, fen: int | None) -> None:
    assert fen_of(text) == fen


@pytest.mark.parametrize("fen", [0, 1, 99, 100, 350, 123456])
def test_there_and_back(fen: int) -> None:
    assert fen_of(yuan(fen)) == fen
