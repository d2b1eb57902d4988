"""Numbers that identify: the standards' own examples, and what must hold for all numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.policy.identity import (
    birth_date_of,
    canonical_citizen_id,
    check_char,
    credit_code_holds,
    judge_account,
    judge_citizen_id,
    judge_phone,
    luhn_holds,
    renamed,
    sex_of,
)

TODAY = date(2024, 1, 10)
BORN = st.dates(date(1925, 1, 1), TODAY)


def number(region="530625", born=date(1990, 2, 21), sequence=362):
    body = f"{region}{born:%Y%m%d}{sequence:03d}"
    return body + check_char(body)


NUMBERS = st.builds(number, st.sampled_from(["530625", "532126", "530681", "530630", "110105", "441900", "810000"]), BORN, st.integers(0, 999))


def code(text):
    return judge_citizen_id(text, today=TODAY).code


def test_the_standards_own_example():
    verdict = judge_citizen_id("11010519491231002X", today=TODAY)
    assert (verdict.code, verdict.born, verdict.sex) == (None, date(1949, 12, 31), "女")


@given(NUMBERS)
def test_a_sound_number_is_taken_with_birth_and_sex(text):
    verdict = judge_citizen_id(text, today=TODAY)
    assert verdict.code is None
    assert (verdict.born, verdict.sex) == (birth_date_of(text), sex_of(text))


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_never_taken(text, place, step):
    wrong = text[:place] + str((int(text[place]) + step) % 10) + text[place + 1:]
    assert code(wrong) is not None


@given(NUMBERS, st.integers(0, 15))
def test_two_neighbours_swapped_are_never_taken(text, place):
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2:]
    assert swapped == text or code(swapped) is not None


@given(NUMBERS, st.sampled_from([str.lower, lambda t: " ".join(t), lambda t: t.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)}), lambda t: f"{t[:6]}-{t[6:14]}-{t[14:]}\u200b"]))
def test_all_spellings_have_one_canonical_form(text, spelling):
    written = spelling(text)
    assert canonical_citizen_id(written) == text
    assert judge_citizen_id(written, today=TODAY).warnings[:1] in ((), ("warn.id.normalised",)) or written == text


@given(BORN.filter(lambda d: d.year < 2000), st.integers(0, 999))
def test_the_old_number_is_the_same_person(born, sequence):
    new = number(born=born, sequence=sequence)
    assert canonical_citizen_id(new[:6] + new[8:17]) == new


@given(st.text(max_size=40))
def test_any_text_gets_a_verdict_and_a_stable_form(text):
    verdict = judge_citizen_id(text, today=TODAY)
    assert verdict.code is None or verdict.code.startswith("id.")
    assert canonical_citizen_id(canonical_citizen_id(text)) == canonical_citizen_id(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("", "id.missing"), ("暂无", "id.missing"), ("5.30625E+17", "id.scientific"), ("53062519900221362\u0425", "id.bad_char"),
    ("53062519900221362\u00d7", "id.bad_char"), ("5306251990022136", "id.length"), ("000000000000000000", "id.region"),
    ("111111111111111111", "id.region"), ("990000199001011239", "id.region"), ("530625199002301232", "id.date"),
    ("530625209912311233", "id.future"), ("530625180001011233", "id.too_old"), ("530625199002213620", "id.checksum"),
])  # fmt: skip
def test_each_fault_has_its_code(text, expected):
    assert code(text) == expected


def test_old_codes_hold_for_life_with_a_warning():
    assert judge_citizen_id(number("532201"), today=TODAY).warnings == ("warn.id.region_abolished",)
    for former, present in renamed().items():
        verdict = judge_citizen_id(number(former), today=TODAY)
        assert (verdict.code, verdict.warnings, verdict.detail) == (None, ("warn.id.region_renamed",), "")
        assert judge_citizen_id(number(present), today=TODAY).warnings == ()
    assert judge_citizen_id(number("530681"), today=TODAY).warnings == ()


def test_the_foreigners_card_of_2023_is_taken():
    assert code(number("911840")) is None


def test_a_newborn_of_today_is_taken_and_of_tomorrow_is_not():
    assert code(number(born=TODAY)) is None
    assert code(number(born=TODAY + timedelta(days=1))) == "id.future"


@pytest.mark.parametrize(("text", "phone", "expected"), [
    ("13800001234", "13800001234", None), ("0870-4121234", "0870-4121234", None), ("+86 138-0000-1234", "13800001234", "warn.phone.normalised"),
    ("138\uff10\uff10\uff10\uff10\uff11\uff12\uff13\uff14", "13800001234", "warn.phone.normalised"), ("(0870)4121234", "0870-4121234", "warn.phone.normalised"),
    ("010-62345678", "010-62345678", None), ("12345", "12345", "phone.invalid"), ("1.38E+10", "1.38E+10", "phone.scientific"),
    ("12800001234", "12800001234", "phone.invalid"), ("13800001234/13900001234", "13800001234/13900001234", "phone.invalid"),
])  # fmt: skip
def test_phones(text, phone, expected):
    assert judge_phone(text) == (phone, expected)


def test_credit_codes():
    assert credit_code_holds("91110000600037341L")
    assert not credit_code_holds("91110000600037341I")
    assert not credit_code_holds("91110000600037342L")


@given(st.from_regex(r"[0-9]{15,18}", fullmatch=True), st.integers(0, 14), st.integers(1, 9))
def test_luhn_sees_every_single_wrong_digit(digits, place, step):
    sound = next(digits + str(d) for d in range(10) if luhn_holds(digits + str(d)))
    wrong = sound[:place] + str((int(sound[place]) + step) % 10) + sound[place + 1:]
    assert judge_account(sound) == (sound, None)
    assert judge_account(wrong)[1] == "account.luhn"
