import pytest

from wanjia.verdict import ALLOWED, Conflict, Refused, Verdict, first_refusal


def test_the_first_failed_check_speaks():
    verdict = first_refusal((True, "甲"), (False, "乙"), (False, "丙"))

    assert not verdict
    assert verdict.reason == "乙"


def test_nothing_failed_is_allowed():
    assert first_refusal((True, "甲")) is ALLOWED
    assert first_refusal() is ALLOWED
    ALLOWED.or_raise()


def test_a_refusal_carries_its_sentence_to_the_page():
    with pytest.raises(Refused, match="该户不在您的辖区") as caught:
        Verdict(False, "该户不在您的辖区。").or_raise()

    assert caught.value.status == 403


def test_a_conflict_is_a_refusal_of_its_own_kind():
    assert issubclass(Conflict, Refused)
    assert Conflict().status == 409
    assert "刷新" in str(Conflict())


def test_a_verdict_may_stand_as_a_check():
    assert first_refusal((Verdict(False, "内层"), "外层")).reason == "外层"
