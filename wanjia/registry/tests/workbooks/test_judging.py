"""The row codes that the sample does not show, and ordinary office data that must raise none."""

from datetime import date
from decimal import Decimal

import pytest

from wanjia.registry.workbooks.benefits import SUBSIDIES
from wanjia.registry.workbooks.homes import HOUSEHOLDS
from wanjia.registry.workbooks.world import Village, World
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import read_file

from .factories import citizen_id, contract_world, csv_of, person, row_verdict, verdict, xlsx_of

MAN = citizen_id(born="19710101", sequence=123)


@pytest.mark.parametrize(("changes", "code"), [
    pytest.param({}, None, id="a good row"),
    pytest.param({"身份证号": citizen_id()[:-1] + "1"}, "id.checksum", id="check digit"),
    pytest.param({"身份证号": "530625199002213000"}, "id.precision_lost", id="zeros at the end of text"),
    pytest.param({"身份证号": "123456789012345678"}, "id.region", id="placeholder"),
    pytest.param({"身份证号": "'" + citizen_id()}, None, id="the text mark of Excel, in a text table"),
    pytest.param({"身份证号": "530625 19900221 " + citizen_id()[-4:]}, "warn.id.normalised", id="blanks"),
    pytest.param({"出生日期": "农历正月初五"}, "date.lunar", id="lunar"),
    pytest.param({"出生日期": "02/03/1990"}, "date.ambiguous", id="day or month"),
    pytest.param({"出生日期": "90.2.21"}, "date.ambiguous", id="two-digit year"),
    pytest.param({"出生日期": "2月21日"}, "date.no_year", id="no year"),
    pytest.param({"出生日期": "2025-02-21"}, "date.future", id="future"),
    pytest.param({"出生日期": "32925"}, "warn.date.serial", id="serial as text"),
    pytest.param({"出生日期": "1990年2月21日"}, "warn.date.normalised", id="Chinese date"),
    pytest.param({"性别": "", "出生日期": ""}, None, id="sex and birth from the number"),
    pytest.param({"村(社区)": "阳堡"}, "warn.village.normalised", id="short village"),
    pytest.param({"村(社区)": "细沙乡阳堡村委会"}, "warn.village.normalised", id="village with township"),
    pytest.param({"村(社区)": "阳堡村民委员会"}, "warn.village.normalised", id="committee"),
    pytest.param({"村(社区)": "马楠村"}, "scope.village_not_yours", id="elsewhere"),
    pytest.param({"村(社区)": "桃花源"}, "village.unknown", id="nowhere"),
    pytest.param({"姓名": "John Smith"}, "warn.name.not_han", id="Latin"),
    pytest.param({"姓名": "黄A英"}, "warn.name.mixed_script", id="mixed"),
    pytest.param({"姓名": "å¼\xa0ä¸‰"}, "name.lost_chars", id="mojibake"),
    pytest.param({"姓名": "欧阳娜娜"}, None, id="four characters"),
    pytest.param({"备注": "长" * 4001}, "cell.too_long", id="too long"),
    pytest.param({"备注": "长" * 4000}, None, id="just fits"),
    pytest.param({"备注": " (已依法删除) "}, "cell.erased_word", id="the word of an erasure"),
    pytest.param({"姓名": "(已依法删除)"}, "cell.erased_word", id="the word of an erasure for a name"),
    pytest.param({"备注": "旧档写着(已依法删除)"}, None, id="the word of an erasure within other words"),
    pytest.param({"月收入": "1.2万"}, "warn.number.normalised", id="ten thousands"),
    pytest.param({"月收入": "/"}, None, id="stroke for nothing"),
    pytest.param({"手机号": "\u202d13800001234\u202c"}, "warn.phone.normalised", id="copied from a phone book"),
    pytest.param({"手机号": "无"}, None, id="no phone"),
    pytest.param({"手机号": "23800001234"}, "phone.invalid", id="no such mobile"),
    pytest.param({"与户主关系": "本人"}, None, id="head by another word"),
    pytest.param({"与户主关系": "子女"}, "household.no_head", id="no head"),
    pytest.param({"户编号": "XS90001"}, "household.two_heads", id="a second head beside the register's"),
    pytest.param({"与户主关系": ""}, "row.too_few_cells", id="a required cell left blank"),
])  # fmt: skip
def test_a_row_gets_its_code(changes, code):
    assert row_verdict(**changes) == code


def test_numbers_in_cells():
    assert verdict(xlsx_of([person(身份证号="'" + citizen_id())])) == {2: "warn.id.normalised"}
    assert verdict(xlsx_of([person(身份证号=530625199002213623.0)])) == {2: "id.precision_lost"}
    assert verdict(xlsx_of([person(出生日期=32925)])) == {2: "warn.date.serial"}
    assert verdict(xlsx_of([person(户编号=530625201202001)])) == {}


def test_two_heads_and_the_same_head_again():
    second = person(姓名="程明", 身份证号=MAN, 性别="男", 出生日期="1971-01-01")
    assert verdict(csv_of([person(), second]), "a.csv") == {3: "household.two_heads"}
    assert verdict(csv_of([person(), person(月收入="1")]), "a.csv") == {3: "dup.in_file"}


def test_the_head_in_the_register_is_known_by_its_key():
    """The same file again finds its own head in the register and nothing to complain of."""
    world = contract_world(households={"XS00001": f"key:{citizen_id()}"}, person_keys=lambda number: [f"key:{number}"])
    assert row_verdict(world=world) is None
    assert row_verdict(world=contract_world(households={"XS00001": "key:other"})) == "household.two_heads"


def test_a_household_without_head_in_the_file_may_have_one_in_the_register():
    child = person(户编号="XS90001", 与户主关系="子女")
    assert verdict(csv_of([child]), "a.csv") == {}


def test_heads_are_judged_on_the_file_as_given():
    """The head's own row is refused; the child's row is not blamed for it."""
    rows = [person(姓名="黄?"), person(姓名="程明", 身份证号=MAN, 性别="男", 出生日期="1971-01-01", 与户主关系="配偶")]
    assert verdict(csv_of(rows), "a.csv") == {2: "name.lost_chars"}


SUBSIDY = {"姓名": "王明", "身份证号": MAN, "补贴项目": "外出务工稳岗补助", "所属期间": "2023", "金额": "1000", "银行账号": "6228480000000000018"}


@pytest.mark.parametrize(("changes", "code"), [
    pytest.param({}, None, id="good"),
    pytest.param({"金额": "一千"}, "amount.invalid", id="words"),
    pytest.param({"金额": "-1000"}, "amount.range", id="negative"),
    pytest.param({"金额": "0"}, "amount.range", id="nothing"),
    pytest.param({"金额": "999.999"}, "amount.precision", id="thirds of a fen"),
    pytest.param({"金额": "1000.01"}, "amount.over_cap", id="over the cap"),
    pytest.param({"金额": "5000", "补贴项目": "创业补贴"}, None, id="a scheme without cap"),
    pytest.param({"所属期间": "2023年度"}, None, id="year in words"),
    pytest.param({"所属期间": "2023年1-6月"}, "subsidy.period_format", id="half a year"),
    pytest.param({"所属期间": "2025"}, "subsidy.period_format", id="a year to come"),
    pytest.param({"所属期间": "去年"}, "subsidy.period_format", id="last year"),
])  # fmt: skip
def test_a_subsidy_row_gets_its_code(changes, code):
    assert verdict(csv_of([SUBSIDY | changes], list(SUBSIDY)), "a.csv", SUBSIDIES).get(2) == code


def test_caps_come_from_the_world():
    world = contract_world(caps={"外出务工稳岗补助": Decimal(500)})
    assert verdict(csv_of([SUBSIDY], list(SUBSIDY)), "a.csv", SUBSIDIES, world) == {2: "amount.over_cap"}


def test_villages_of_one_name_are_told_apart_by_township():
    world = World(today=date(2024, 1, 10), villages=(
        Village("1", "和平村", "莲峰镇", ("和平村民委员会",)), Village("2", "和平村", "墨翰乡", ("和平村民委员会",)),
        Village("3", "永兴社区", "永兴街道"), Village("4", "花园村", "莲峰镇"), Village("5", "花园社区", "莲峰镇"),
    ), townships={"溪洛渡镇": ("溪洛渡街道", "永兴街道")})  # fmt: skip
    assert world.resolve("和平村", "") == (None, False, False)
    assert world.resolve("和平村", "莲峰镇")[0].code == "1"
    assert world.resolve("和平村委会", "墨翰")[0].code == "2"
    assert world.resolve("和平村民委员会", "墨翰乡") == (world.villages[1], True, True)
    assert world.resolve("永兴社区居民委员会", "溪洛渡镇")[0].code == "3"
    assert world.resolve("花园村", "")[0].code == "4"
    assert world.resolve("花园", "") == (None, False, False)


def test_rows_can_be_streamed_without_being_kept():
    sheet = read_file(csv_of([person(), person(姓名="陈?")]), "a.csv", HOUSEHOLDS)
    staged = []
    report = judge(sheet, HOUSEHOLDS, contract_world(), each=staged.append, keep=False)
    assert [(row.number, row.ok) for row in staged] == [(2, True), (3, False)]
    assert report.accepted == []
    assert staged[0].place == "阳堡村"


def test_a_message_names_file_sheet_row_and_column():
    sheet = read_file(xlsx_of([person(姓名="陈?")]), "名单.xlsx", HOUSEHOLDS)
    report = judge(sheet, HOUSEHOLDS, contract_world())
    assert report.messages()[0].startswith("《名单.xlsx》“Sheet1”第 2 行“姓名”:")
    assert report.messages("en")[0].startswith("名单.xlsx, sheet Sheet1, row 2, 姓名: ")


def test_judging_twice_says_the_same():
    sheet = read_file(csv_of([person(), person()]), "a.csv", HOUSEHOLDS)
    first, second = (judge(sheet, HOUSEHOLDS, contract_world()).as_contract() for _ in range(2))
    assert first == second
    assert first["rows"] == {"3": "warn.dup.identical_row"}


def test_former_codes_of_the_counties_here_are_told_of_once_and_drown_nothing():
    """Most grown-ups bear one. A code that is no longer in use elsewhere is still told of each row."""
    rows = [person(身份证号=citizen_id("532126", born="19710101", sequence=3 + 2 * n), 性别="男", 出生日期="1971-01-01", 户编号=f"XS{n:05d}", 与户主关系="户主") for n in range(4)]
    rows += [person(身份证号=citizen_id("532201", born="19710101", sequence=3 + 2 * n), 性别="男", 出生日期="1971-01-01", 户编号=f"XS1{n:04d}", 与户主关系="户主") for n in range(3)]
    report, counted = (judge(read_file(xlsx_of(rows), "户.xlsx", HOUSEHOLDS), HOUSEHOLDS, contract_world(), **how) for how in ({}, {"counted": True}))
    assert report.rows == {2: "warn.id.region_renamed", 6: "warn.id.region_abolished", 7: "warn.id.region_abolished", 8: "warn.id.region_abolished"}
    assert report.rows_ok == counted.rows_ok == 7
    # Counted without being kept, it is the same tally and the same outcome.
    assert (counted.tally, counted.outcome, counted.findings, counted.rows) == (report.tally, report.outcome, [], {})
    assert report.tally == {("warn.id.region_renamed", "身份证号"): [1, 2], ("warn.id.region_abolished", "身份证号"): [3, 6]}
