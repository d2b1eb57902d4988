"""Every file of the hostile sample ends as the contract says: outcome, codes exactly, values, time and memory."""

import os

import pytest

from wanjia.registry.workbooks.judging import Contradictions
from wanjia.sheets import reading
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import Rejection, read_file

from .factories import CONTRACT, HOSTILE, TEMPLATES, contract_world

CASES = [pytest.param(c, id=c["file"]) for c in CONTRACT["cases"]]


def outcome_of(case):
    template = TEMPLATES[case["template"]]
    sheet = read_file((HOSTILE / case["file"]).read_bytes(), case["upload_name"], template)
    if isinstance(sheet, Rejection):
        return {"outcome": "REJECT", "file_code": sheet.code, "rows_ok": None, "rows": {}, "normalised": {}}, sheet
    report = judge(sheet, template, contract_world())
    return report.as_contract(), report


def _worked():
    """Return the seconds that this process and its buried children have worked: a busy machine makes no difference."""
    return sum(os.times()[:4])


@pytest.mark.parametrize("case", CASES)
def test_the_contract_is_kept(case):
    started = _worked()
    got, told = outcome_of(case)
    took = _worked() - started

    assert {k: got[k] for k in ("outcome", "file_code", "rows_ok", "rows")} == {
        k: case[k] for k in ("outcome", "file_code", "rows_ok", "rows")
    }
    for row, values in case["normalised"].items():
        assert got["normalised"][row].items() >= values.items()
    assert took < case["max_s"]
    said = [told.sentence(lang) for lang in ("zh", "en")] if isinstance(told, Rejection) else told.messages("zh") + told.messages("en")
    assert all("{detail}" not in s and told.file in s for s in said)


@pytest.mark.parametrize("name", ["p11_million_rows.xlsx", "p22_deep_xml.xlsx", "p00_minimal_good.xlsx", "t21_trailing_comma_rows.csv"])
def test_the_reading_child_stays_small(name, monkeypatch):
    """The child tells its own peak (VmHWM): what the parent measures would include the parent before exec."""
    case = next(c for c in CONTRACT["cases"] if c["file"] == name)
    answers = []
    monkeypatch.setattr(reading, "run_child", lambda *a, real=reading.run_child: answers.append(real(*a)) or answers[-1])
    outcome_of(case)
    assert 5 < answers[0]["peak_mb"] < case["max_mb"]


def test_the_test_can_fail(monkeypatch):
    """Negative control: with the comparison of number, sex and birth switched off, the contradictions go unseen."""
    case = next(c for c in CONTRACT["cases"] if c["file"].startswith("i18"))
    monkeypatch.setattr(Contradictions, "__call__", lambda _rule, _draft: None)
    assert outcome_of(case)[0]["rows"] == {"5": "id.missing"}


def test_every_code_of_the_contract_has_a_sentence_in_both_languages():
    said = {code: both for template in TEMPLATES.values() for code, both in template.sentences.items()}
    assert set(CONTRACT["all_codes"]) <= set(said)
    assert all(zh and en and zh != en for zh, en in said.values())


def test_the_passwd_file_of_the_xxe_case_appears_nowhere():
    case = next(c for c in CONTRACT["cases"] if c["file"].startswith("p08"))
    assert "root:" not in repr(outcome_of(case))
