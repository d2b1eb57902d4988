"""The labour workbook: what is read, what is sent back and in which words, cell by cell and across cells."""

from datetime import date

import pytest

from wanjia.labour import listed, states
from wanjia.labour.workbook import LABOURERS, Work
from wanjia.policy.identity import check_char
from wanjia.policy.statuses import schemes
from wanjia.registry.workbooks.world import Village, World
from wanjia.sheets.headers import label
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import read_file

WORLD = World(
    today=date(2026, 11, 27),
    villages=(Village("530625101201", "大毛村", "细沙乡", ("大毛村民委员会",)), Village("530625102203", "青龙村", "码口镇"), Village("530625101205", "青龙村", "细沙乡")),
    elsewhere=(Village("530602001001", "双院子社区", "凤凰街道"),),
)  # fmt: skip


def number(born="19900221", sequence=361):
    """A well-formed number of nobody."""
    body = f"530625{born}{sequence:03d}"
    return body + check_char(body)


def labourer(**changes):
    """One good row by column name: somebody who works in Dongguan since 2024."""
    row = {
        "户编号": "YS-1", "姓名": "禄春芽", "身份证号": number(), "与户主关系": "户主", "乡镇(街道)": "细沙乡", "村(社区)": "大毛村",
        "脱贫户": "是", "务工区域": "省外", "务工地": "广东省东莞市", "外出时间": "2024-02-20", "返回时间": "", "月均收入": "5200", "工种": "普工",
        "输出方式": "有组织", "佐证": "劳动合同", "是否点对点": "是",
    }  # fmt: skip
    return row | changes


def report_of(*rows, world=WORLD, header=None):
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = [header or names, *([row.get(name, "") for name in names] for row in rows)]
    data = "\r\n".join(",".join(line) for line in lines).encode()
    sheet = read_file(data, "永善县劳动力名册.csv", LABOURERS)
    return judge(sheet, LABOURERS, world)


def codes(**changes):
    """Every code of the one row."""
    return [finding.code for finding in report_of(labourer(**changes)).findings]


def values(**changes):
    return report_of(labourer(**changes)).accepted[0].values


def test_a_good_row_has_nothing_said_of_it_and_reads_as_the_register_keeps_it():
    report = report_of(labourer())
    assert report.outcome == "ACCEPT" and not report.findings
    row = report.accepted[0]
    assert row.place == "530625101201"
    assert {name: row.values[name] for name in ("工种", "务工地", "月均收入", "输出方式", "佐证", "是否点对点", "务工区域", "性别", "出生日期")} == {
        "工种": "制造", "务工地": "441900", "月均收入": "5200", "输出方式": "有组织输出", "佐证": "劳动合同", "是否点对点": "是", "务工区域": "省外",
        "性别": "男", "出生日期": "1990-02-21",
    }  # fmt: skip


def test_the_words_of_the_workbook_are_those_of_the_register():
    """A code that the models do not know, or a status that no scheme has, would be found by a database and no earlier."""
    for name, choices in {"务工区域": states.Place, "输出方式": states.How, "佐证": states.Evidence, "照看家人": states.Care}.items():
        assert {code: word for word, code in listed.CODES[name].items()} == {value: str(words) for value, words in choices.choices}
    for name, among in {"脱贫户": ("lifted",), "监测对象": ("monitored", "poverty_risk"), "易地搬迁户": ("relocated",)}.items():
        known = {code for one in schemes().values() if one.code in among for version in one.versions for code in version.codes}
        assert set(listed.CODES[name].values()) - {""} <= known


@pytest.mark.parametrize("name", list(listed.CODES))
def test_each_word_of_a_list_has_its_code(name):
    words = LABOURERS.column(name).words
    if words is not None:
        assert set(words) == set(listed.CODES[name])


def test_no_header_means_two_columns():
    seen = {}
    for column in LABOURERS.columns:
        for text in {label(one) for one in (column.name, *column.synonyms)}:
            assert seen.setdefault(text, column.name) == column.name, f"“{text}” means {seen[text]} and {column.name}"


@pytest.mark.parametrize(("changes", "expected"), [
    ({"身份证号": ""}, ["id.missing"]),
    ({"姓名": ""}, ["name.missing"]),
    ({"户编号": ""}, ["household.missing"]),
    ({"村(社区)": "没有这村"}, ["village.unknown"]),
    ({"村(社区)": "双院子社区", "乡镇(街道)": "凤凰街道"}, ["scope.village_not_yours"]),
    ({"村(社区)": "530602001001", "乡镇(街道)": ""}, ["scope.village_not_yours"]),
    ({"村(社区)": "530625101999", "乡镇(街道)": ""}, ["village.unknown"]),
    ({"村(社区)": "青龙村", "乡镇(街道)": ""}, ["village.unknown"]),
    ({"身份证号": number("20111201"), "外出时间": "2026-11-01"}, ["labour.too_young", "work.too_early"]),
    ({"身份证号": number("20050601"), "外出时间": "2021-05-31"}, ["work.too_early"]),
    ({"身份证号": number("19600101")}, ["warn.labour.past_age"]),
    ({"务工区域": "", "务工地": ""}, ["work.place_missing"]),
    ({"务工区域": "未转移就业", "务工地": ""}, ["work.place_missing"]),
    ({"外出时间": ""}, ["work.day_missing"]),
    ({"外出时间": "2024-02-30"}, ["date.invalid"]),
    ({"返回时间": "2024-02-19"}, ["work.back_before"]),
    ({"务工区域": "县内"}, ["work.place_contradicts"]),
    ({"务工区域": ""}, ["warn.work.place_from_area"]),
    ({"务工区域": "火星"}, ["word.unknown", "work.place_missing"]),
    ({"佐证": ""}, ["work.organised_unproven"]),
    ({"佐证": "自报"}, ["work.organised_unproven"]),
    ({"输出方式": "自发"}, ["work.carried_alone"]),
    ({"输出方式": "", "是否点对点": ""}, ["warn.work.how_unsaid"]),
    ({"输出方式": "抽签", "是否点对点": ""}, ["word.unknown"]),
    ({"务工区域": "", "务工地": "", "外出时间": "", "是否点对点": ""}, ["warn.work.nowhere"]),
    ({"务工区域": "", "务工地": "", "外出时间": "", "就业状态": "已就业"}, ["work.place_missing"]),
    ({"就业状态": "务农"}, ["work.situation_contradicts"]),
    ({"就业状态": "在校"}, ["labour.no_labourer"]),
    ({"就业状态": "务农", "返回时间": "2025-01-20"}, []),
    ({"工种": "开飞机"}, ["warn.trade.other"]),
    ({"工种": "其它"}, []),
    ({"务工地": "火星基地"}, ["warn.work.area_unknown"]),
    ({"月均收入": "62400000"}, ["number.range"]),
    ({"手机号": "12345"}, ["phone.invalid"]),
    ({"可外出时间": "2031-01-01"}, []),
    ({"最近核实": "2031-01-01"}, ["date.future"]),
])  # fmt: skip
def test_what_is_said_of_a_row(changes, expected):
    assert codes(**changes) == expected


def test_marks_of_the_home_and_wishes_are_read_in_the_words_of_offices():
    read = values(脱贫户="一般农户", 监测对象="边缘易致贫户", 易地搬迁户="√", 想去区域="县内", 照看家人="接送孩子", 期望月薪="6000元/月", 意愿工种="焊工", **{"技能(工种)": "电工"})
    told = {name: listed.CODES[name][read[name]] for name in ("脱贫户", "监测对象", "易地搬迁户", "想去区域", "照看家人", "意愿工种", "技能(工种)")}
    assert told == {
        "脱贫户": "", "监测对象": "borderline", "易地搬迁户": "unsaid", "想去区域": "county", "照看家人": "home", "意愿工种": "metal", "技能(工种)": "electric",
    }  # fmt: skip
    assert read["期望月薪"] == "6000" and values(月均收入="4500.50")["月均收入"] == "4501"


def test_names_that_villages_share_are_told_apart_by_township_or_by_code():
    assert report_of(labourer(**{"村(社区)": "青龙村"})).accepted[0].place == "530625101205"
    assert report_of(labourer(**{"村(社区)": "530625102203", "乡镇(街道)": ""})).accepted[0].place == "530625102203"


def test_a_home_has_one_head_and_a_number_stands_once():
    second = number("19920303", 122)
    assert report_of(labourer(), labourer(姓名="禄春蕾", 身份证号=second)).rows[3] == "household.two_heads"
    assert set(report_of(labourer(与户主关系="配偶"), labourer(姓名="禄春蕾", 身份证号=second, 与户主关系="子")).rows.values()) == {"household.no_head"}
    assert report_of(labourer(), labourer(户编号="YS-2")).rows == {3: "dup.in_file"}
    assert report_of(labourer(), labourer(户编号="YS-2", 姓名="禄春蕾")).rows == {3: "dup.same_id_other_name"}


def test_headers_as_offices_write_them():
    row = labourer()
    header = ["户 号", "姓名(必填)", "公民身份号码", "与户主的关系", "乡 镇", "行政村", "是否脱贫户", "区域", "务工地点", "外出日期", "返乡时间", "月收入(元)", "岗位", "转移方式", "佐证材料", "点对点输送"]
    report = report_of(row, header=header)
    assert report.outcome == "ACCEPT" and None not in report.mapping.values()


def test_a_sentence_names_file_sheet_row_and_field_and_says_what_to_do():
    report = report_of(labourer(佐证=""))
    zh, en = report.messages("zh")[0], report.messages("en")[0]
    assert zh.startswith("《永善县劳动力名册.csv》") and "第 2 行“佐证”" in zh and "请补填佐证" in zh
    assert "row 2, 佐证" in en and "Please give it" in en


def test_the_rule_is_what_finds_it(monkeypatch):
    """Negative control: without the rule across cells, organised work without evidence goes in."""
    monkeypatch.setattr(Work, "_how", lambda self, draft: None)
    assert codes(佐证="") == []
