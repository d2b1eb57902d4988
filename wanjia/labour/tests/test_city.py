"""The invented city: its figures to the person, its rows without a fault but those put in, the same again from the same seed."""

import hashlib
import io
import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from wanjia.labour import listed
from wanjia.labour.city import files, making, margins, months, names, people, rows, work
from wanjia.labour.city.faults import FAULTS
from wanjia.labour.workbook import LABOURERS
from wanjia.orgs.areas.names import short_name
from wanjia.policy.county_codes import PRESENT
from wanjia.policy.identity import judge_citizen_id, judge_phone
from wanjia.policy.work_places import code_of
from wanjia.registry.workbooks.world import Village, World
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import read_file
from wanjia.site.cli import main

TODAY = date(2026, 11, 27)
PAGE = {"people": 3_010_900, "transferred": 2_616_500, "outside": 1_311_300, "near": 890_000, "organised": 576_400, "carried": 162_700}
# Three people whom the newspaper names: their names' digests, so that nobody invented bears one and none stands here.
NAMED = {"acfd5934f1a2de72", "772237042c30bf32", "61093adec14a8447"}


def world_of(county):
    return World(today=TODAY, villages=tuple(Village(code, short_name(name, "village"), township, (name,)) for code, name, township in county.villages))


def judged(county, table, name="x.csv"):
    sheet = read_file(table.write_csv(include_bom=True).encode(), name, LABOURERS)
    return judge(sheet, LABOURERS, world_of(county), keep=False)


def counted(number, **asked):
    total = {}
    for _county, table, _spoilt in making.tables(number, **asked):
        for name, n in making.counted(table).items():
            total[name] = total.get(name, 0) + n
    return total


@pytest.fixture(scope="module")
def village_city():
    """The city at a thousandth, clean, in one table."""
    return pl.concat([table for _county, table, _spoilt in making.tables(3_010)])


@pytest.mark.parametrize("number", [3_010, 30_109, 301_090])
def test_each_printed_figure_is_met_to_the_person(number):
    """At a tenth and a hundredth the printed ones are whole and exact; at a thousandth they are the nearest whole number."""
    found = counted(number)
    assert found == margins.counts_of(number)
    assert {name: found[name] for name in PAGE} == {name: int(full * number / PAGE["people"] + 0.5) for name, full in PAGE.items()}
    if number > 3_010:
        assert all(found[name] * (PAGE["people"] // number) == full for name, full in PAGE.items())


def test_a_tenth_of_the_city_prints_what_was_printed_of_the_whole():
    assert margins.rates(counted(301_090)) == {"transferred": "86.90", "lifted": "89.19", "relocated": "92.18", "outside": "50.11"}
    assert margins.rates(margins.counts_of(3_010_900)) == margins.rates(margins.counts_of(301_090))
    assert {name: margins.counts_of(3_010_900)[name] for name in PAGE} == PAGE


def test_faulty_rows_leave_the_figures_as_they_are(village_city):
    assert counted(3_010, faulty=0.1) == counted(3_010)
    one_less = village_city.with_columns(pl.when(pl.arange(0, pl.len()) == village_city["务工区域"].to_list().index("省外")).then(pl.lit("县内")).otherwise("务工区域").alias("务工区域"))
    assert making.counted(one_less) != making.counted(village_city)  # negative control: one person elsewhere is seen


@pytest.mark.parametrize("number", [1_000, 1_234, 7_777])
def test_parts_sum_to_their_wholes_at_any_size(number):
    plan = margins.plan_of(number)
    assert plan.people.sum() == number and (plan.transferred <= plan.people).all()
    assert (plan.transferred.sum(axis=1) == plan.ways.sum(axis=(1, 2))).all() and (plan.ways >= 0).all()
    assert counted(number) == margins.counts_of(number)


def test_what_is_handed_out_is_never_more_than_there_is_room_for():
    assert list(margins.apportion(10, [1, 1, 1])) == [4, 3, 3] and list(margins.apportion(10, [9, 1], most=[4, 8])) == [4, 6]
    with pytest.raises(ValueError):
        margins.apportion(10, [1, 1], most=[4, 5])
    with pytest.raises(ValueError):
        margins.plan_of(margins.LEAST - 1)


def test_the_row_judge_has_nothing_to_say_of_a_clean_row():
    for county, table, _spoilt in making.tables(12_000):
        report = judged(county, table)
        assert not report.findings and report.rows_ok == len(table), report.messages()[:3]


def test_each_fault_is_found_and_no_row_beside_it():
    wanted = {fault.code: 0 for fault in FAULTS}
    for county, table, spoilt in making.tables(20_000, faulty=0.05):
        report = judged(county, table)
        assert report.rows_refused == sum(spoilt.values()), (county.code, report.tally, spoilt)
        for code, n in spoilt.items():
            wanted[code] += n
            assert sum(1 for said in report.rows.values() if said.startswith(code)) == n, (county.code, code, report.tally)
    assert all(n >= 95 for n in wanted.values()) and sum(wanted.values()) <= 1_000


def test_the_same_seed_makes_the_same_city_and_another_seed_another(village_city):
    again = pl.concat([table for _county, table, _spoilt in making.tables(3_010)])
    other = pl.concat([table for _county, table, _spoilt in making.tables(3_010, seed=2)])
    assert village_city.equals(again) and not village_city.equals(other) and making.counted(other) == making.counted(village_city)
    alone = next(table for _county, table, _spoilt in making.tables(3_010, only=("530625",)))
    assert alone.equals(village_city.filter(pl.col("县(区)") == "永善县"))


def test_numbers_are_right_unique_and_given_to_nobody(village_city):
    told = village_city["身份证号"].to_list()
    assert len(set(told)) == len(told)
    assert all(judge_citizen_id(number, today=TODAY).code is None and not judge_citizen_id(number, today=TODAY).warnings for number in told)
    for prefix in (*rows.PREFIXES, *months.PREFIXES):
        assert prefix[4:] == "00" and f"\n{prefix[:4]} 00" in PRESENT  # a prefecture's own digits: a person's number has a county's
    assert not set(rows.PREFIXES) & set(months.PREFIXES)
    phones = [phone for phone in village_city["手机号"].to_list() if phone]
    assert len(set(phones)) == len(phones) and all(phone.startswith(rows.PHONES) and judge_phone(phone) == (phone, None) for phone in phones)


def test_a_home_has_one_to_seven_labourers_and_one_head_who_comes_first(village_city):
    homes = village_city.group_by("户编号", maintain_order=True).agg(
        pl.len().alias("n"), (pl.col("与户主关系") == "户主").sum().alias("heads"), pl.col("与户主关系").first().alias("first"),
        pl.struct("村(社区)", "乡镇(街道)", "脱贫户", "监测对象", "易地搬迁户").n_unique().alias("kinds"),
    )  # fmt: skip
    assert homes["n"].min() == 1 and homes["n"].max() == 7 and set(homes["heads"]) == {1} and set(homes["first"]) == {"户主"} and set(homes["kinds"]) == {1}


def test_days_are_those_of_the_time_and_everybody_was_grown_up(village_city):
    left = [day for day in village_city["外出时间"].to_list() if day]
    assert min(left) >= "2018-01-02" and max(left) <= str(people.REFERENCE)
    organised = village_city.filter(pl.col("输出方式") == "有组织")
    assert organised["外出时间"].min() >= str(people.CAMPAIGN) and set(organised["佐证"]) <= {"劳动合同", "输送花名册", "社保参保记录"}
    assert village_city["最近核实"].max() <= str(people.REFERENCE)


def test_every_column_is_the_workbooks_and_every_place_is_known(village_city):
    assert {column.name for column in LABOURERS.columns} >= set(rows.HEADER)
    assert all(code_of(text) for text in set(village_city["务工地"]) - {""})
    assert all(firm.endswith(work.INVENTED) for firm in work.firms()) and set(village_city[listed.INVENTED]) == {rows.MARK}


def test_nobody_invented_bears_a_name_of_the_newspaper():
    everybody = {surname + given for (two, one) in names._tables() for surname in names.SURNAMES for given in (*two, *one)}
    digests = {hashlib.sha256(name.encode()).hexdigest()[:16] for name in everybody}
    assert not digests & NAMED
    assert hashlib.sha256("李春芳".encode()).hexdigest()[:16] in digests  # negative control: a name that is drawn would be found


@pytest.mark.parametrize(("format", "encoding"), [("csv", "utf-8"), ("csv", "gb18030"), ("parquet", "utf-8"), ("xlsx", "utf-8")])
def test_every_form_of_file_holds_the_same_rows(tmp_path, village_city, format, encoding):
    made = making.make(3_010, tmp_path, format=format, encoding=encoding)
    assert len(made.files) == 11 and sum(n for _path, n in made.files) == 3_010 and all("invented" in path.name for path, _n in made.files)
    path = tmp_path / files.name_of("530625", format)
    there = village_city.filter(pl.col("县(区)") == "永善县")
    if format == "parquet":
        assert pl.read_parquet(path).equals(there) and pl.read_parquet_metadata(path)["wanjia.invented"] == rows.MARK
        return
    sheet = read_file(path.read_bytes(), path.name, LABOURERS)
    kept = [column.name for column in LABOURERS.kept if column.name in rows.HEADER]
    assert [[cells[name] or "" for name in kept] for _number, cells, _flags in sheet] == [list(row) for row in there.select(kept).rows()]
    assert format != "xlsx" or sheet.name == files.SHEET


@pytest.mark.parametrize("format", ["csv", "parquet"])
def test_the_whole_city_in_one_file_names_villages_by_code(tmp_path, village_city, format):
    made = making.make(3_010, tmp_path, format=format, one_file=True)
    (path, n), = made.files
    table = pl.read_parquet(path) if format == "parquet" else pl.read_csv(io.BytesIO(path.read_bytes()), infer_schema=False).fill_null("")
    assert n == len(table) == 3_010 and table["村(社区)"].str.contains(r"^5306\d{8}$").all()
    assert table.drop("村(社区)").equals(village_city.drop("村(社区)"))


def test_a_full_sheet_goes_on_in_another(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "XLSX_ROWS", 300)
    made = making.make(3_010, tmp_path, format="xlsx")
    parts = [n for path, n in made.files if "530627" in path.name]
    assert len(parts) == 3 and max(parts) == 300 and sum(n for _path, n in made.files) == 3_010


def test_the_month_after_is_laid_over_the_city_without_a_fault():
    month, number = [], 12_000
    before = pl.concat([table for _county, table, _spoilt in making.tables(number)])
    for county, table in months.tables(number):
        assert not judged(county, table).findings
        month.append(table)
    month = pl.concat(month)
    known = month.filter(pl.col("户编号").str.starts_with("V")).join(before, on="身份证号", suffix="前")
    new = month.filter(pl.col("户编号").str.starts_with("W"))
    assert len(known) + len(new) == len(month) and len(new) == margins.LEAST and not set(new["身份证号"]) & set(before["身份证号"])
    assert not set(new["手机号"]) & set(before["手机号"]) - {""}
    assert (known["姓名"] == known["姓名前"]).all() and (known["最近核实"] > known["最近核实前"]).all() and (known["外出时间"] != known["外出时间前"]).any()


def test_a_city_too_large_for_its_numbers_is_refused():
    county = people.people_of(margins.plan_of(30_109), 0)
    county.born[:] = np.datetime64("1990-01-01")
    with pytest.raises(ValueError, match="too large"):
        rows.numbers(county, rows.PREFIXES[0])


def test_the_command_writes_counts_and_says_that_nobody_exists(tmp_path, capsys):
    assert main(["demo", "labour", "--people", "3010", "--out", str(tmp_path), "--faulty", "0.02", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["invented"] and told["counts"] == margins.counts_of(3_010) and len(told["files"]) == 11 and len(told["faulty"]) == 10
    assert main(["demo", "labour", "--people", "3010"]) == 0
    assert "2,616" in capsys.readouterr().out


@pytest.mark.parametrize(("asked", "said"), [
    (["--people", "10"], "至少"), (["--people", "99999999"], "至多"), (["--faulty", "2"], "百分之二"), (["--one-file", "--format", "xlsx"], "工作表"), (["--month", "--faulty", "0.1"], "下一个月"),
])  # fmt: skip
def test_what_cannot_be_made_is_refused_in_a_sentence(asked, said, capsys):
    assert main(["demo", "labour", "--json", *asked]) == 2
    assert said in json.loads(capsys.readouterr().out)["error"]["zh"]
