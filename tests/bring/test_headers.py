"""Headers as offices write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.registry.tests.workbooks.factories import COLUMNS
from wanjia.sheets.cells import Row
from wanjia.sheets.headers import find_header, label, meaning
from wanjia.sheets.limits import Reject

from .templates import HOUSEHOLDS, NEEDS, SUBSIDIES, TEMPLATES

NAMES = [(t, c.name, text) for t in TEMPLATES.values() for c in t.columns for text in (c.name, *c.synonyms)]


def row(number, texts):
    return Row(number, {i: t for i, t in enumerate(texts) if t})


@pytest.mark.parametrize(("text", "name"), [
    ("村(社区)", "村(社区)"), ("村\uff08社区\uff09", "村(社区)"), ("村 [社区]", "村(社区)"), ("公民身份号码", "身份证号"), ("证件号码", "身份证号"),
    ("*姓名", "姓名"), ("姓\u3000名:", "姓名"), ("出生\n年月日", "出生日期"), ("月工资(元)", "月收入"), ("户主姓名", "户主姓名"),
    ("户主身份证号", None), ("父亲姓名", None), ("宗教信仰", None), ("", None),
])  # fmt: skip
def test_a_header_means(text, name):
    assert meaning(text, HOUSEHOLDS) == name


@given(st.sampled_from(NAMES), st.sampled_from(["", " ", "\n", "\u3000", "\u200b"]), st.booleans())
def test_blanks_and_width_never_change_the_meaning(known, blank, wide):
    template, name, text = known
    written = blank.join(text)
    if wide:
        written = written.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)})
    assert meaning(f"*{written}", template) == meaning(text, template)
    assert meaning(name, template) == name


@given(st.text(max_size=30))
def test_any_text_has_a_label_and_no_accident(text):
    label(text)
    for template in TEMPLATES.values():
        assert meaning(text, template) in {None, *(c.name for c in template.columns)}


@given(st.permutations(COLUMNS), st.integers(0, 5))
def test_any_order_below_any_titles(columns, above):
    rows = [row(i + 1, [f"标题第{i}行"]) for i in range(above)] + [row(above + 1, columns), row(above + 2, ["1"] * 11)]
    header = find_header(rows, HOUSEHOLDS)
    assert header.number == above + 1
    assert [header.columns[i] for i in range(11)] == list(columns)
    assert header.unknown == ()


def test_no_synonym_stands_for_two_columns():
    for template in TEMPLATES.values():
        own, seen = {label(c.name): c.name for c in template.columns}, {}
        for column in template.columns:
            for text in column.synonyms:
                if label(text) not in own:  # a column's own name goes before another's synonym
                    assert seen.setdefault(label(text), column.name) == column.name, (template.name, text)


def test_two_row_headers_keep_father_and_child_apart():
    rows = [row(1, ["户编号", "学生信息", "", "父亲信息", "", "与户主关系", "村(社区)"]), row(2, ["", "姓名", "身份证号", "姓名", "身份证号"])]
    with_group = rows[0]._replace(cells=rows[0].cells | {1: "基本信息"})
    header = find_header([with_group, rows[1], row(3, ["x"] * 7)], HOUSEHOLDS)
    assert header.number == 2
    assert (header.columns[1], header.columns[2]) == ("姓名", "身份证号")
    assert header.unknown == ("父亲姓名", "父亲身份证号")


@pytest.mark.parametrize("template", [NEEDS, SUBSIDIES])
def test_another_templates_header_is_not_taken(template):
    with pytest.raises(Reject) as refusal:
        find_header([row(1, ["序号", "品种", "亩数"])], template)
    assert refusal.value.code == "file.header_unknown"
