"""What the columns say of a row is what the row judge says of it: of sheets of every kind, row by row and value by value."""

import io
import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wanjia.sheets.judge import judge
from wanjia.sheets.limits import LIMITS
from wanjia.sheets.opening import open_table

from ...workbook import LABOURERS
from .. import closing, judging, reading
from ..sounds import sounds
from .sheets import HEADER, ODD, WORLD, csv_of, number_of, sound_row, sound_rows

UNCAPPED = replace(LIMITS, rows=1 << 30, file_mb=1000)


def by_columns(path, rows_a_part=7, closure=True):
    """Return ({row: values} of what is accepted, {row: codes} of what is refused, {code: n})."""
    source = reading.cut(path, LABOURERS, rows_a_part)
    judge_part = judging.Judge(LABOURERS, WORLD)
    parts = [closing.Judged(part, *judge_part(reading.read(source, part, LABOURERS))) for part in source.parts]
    refused = {}
    finals, _words, codes, n, _slow = closing.close(
        parts, LABOURERS, WORLD, lambda row: refused.update({row.number: sorted({f.code for f in row.findings})}), closure=closure)  # fmt: skip
    accepted = {int(one.told.numbers[at]): _said(one.told.values(at)) for one in finals for at in range(len(one.told))}
    assert n == len(refused)
    return accepted, refused, {code: n for code, n in codes.items() if n}


def by_rows(path):
    """The same by the row judge alone."""
    rows = []

    def keep(number, cells, flags):
        rows.append((number, cells, flags))

    # In this process, not in the child that the house gives an upload: two hundred sheets are read.
    facts = open_table(io.BytesIO(path.read_bytes()), {"upload_name": path.name, "sheet": None, "remembered": None}, UNCAPPED, LABOURERS, keep)
    names = [name for _column, name, _text in facts["columns"]]
    sheet = judging.Rows(path.name, names, [(number, dict(zip(names, cells, strict=True)), flags) for number, cells, flags in rows])
    accepted, refused = {}, {}

    def take(row):
        if row.ok:
            accepted[row.number] = _said(row.values)
        else:
            refused[row.number] = sorted({finding.code for finding in row.findings})

    report = judge(sheet, LABOURERS, WORLD, each=take, keep=False, counted=True)
    return accepted, refused, closing.counted(report)


def _said(values):
    return {name: value for name, value in values.items() if value}


@st.composite
def sheets(draw):
    """A sheet of a few homes: sound rows, some of them spoilt in a cell, a number or a home borrowed from another row, a row told twice, a blank one."""
    rows = sound_rows(draw(st.integers(1, 14)), seed=draw(st.integers(0, 99)), per_home=draw(st.integers(1, 4)))
    for _turn in range(draw(st.integers(0, 6))):
        row, other = (rows[draw(st.integers(0, len(rows) - 1))] for _one in range(2))
        what = draw(st.sampled_from(("cell", "cell", "cell", "number", "home", "head", "twice", "blank")))
        if what == "cell":
            name = draw(st.sampled_from(sorted(ODD)))
            row[name] = draw(st.sampled_from(ODD[name]))
        elif what == "number":
            row["身份证号"] = other["身份证号"]
        elif what == "home":
            row["户编号"] = other["户编号"]
        elif what == "head":
            row["与户主关系"] = draw(st.sampled_from(("户主", "子")))
        else:
            rows.insert(draw(st.integers(0, len(rows))), dict(row) if what == "twice" else dict.fromkeys(HEADER, ""))
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder for all sheets of this module."""
    return tmp_path_factory.mktemp("sheets")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sheets(), st.integers(1, 9))
def test_columns_and_rows_say_the_same(folder, rows, part):
    path = folder / "one.csv"
    path.write_bytes(csv_of(rows))
    assert by_columns(path, part) == by_rows(path)


@pytest.mark.parametrize("part", [1, 2, 3, 7])
@pytest.mark.parametrize("at", [(0, 0), (0, 0, 0), (2, 2), (1, 3, 3), (4, 4, 4), (5, 5)])
def test_blank_rows_at_the_head_and_across_parts_say_the_same(tmp_path, at, part):
    rows = sound_rows(6, seed=1)
    for place in at:
        rows.insert(place, dict.fromkeys(HEADER, ""))
    (tmp_path / "gaps.csv").write_bytes(csv_of(rows))
    assert by_columns(tmp_path / "gaps.csv", part) == by_rows(tmp_path / "gaps.csv")


def test_a_mixed_file_says_the_same(tmp_path):
    draw = random.Random(7)
    rows = sound_rows(3000, seed=3)
    for row in rows:
        if draw.random() < 0.2:
            name = draw.choice(sorted(ODD))
            row[name] = draw.choice(ODD[name])
    (tmp_path / "many.csv").write_bytes(csv_of(rows))
    assert by_columns(tmp_path / "many.csv", 500) == by_rows(tmp_path / "many.csv")


def test_gb18030_and_quotes_say_the_same(tmp_path):
    rows = sound_rows(40)
    rows[3]["单位名称"], rows[9]["单位名称"] = "某厂,一分厂", "两\n行"
    text = csv_of(rows).decode()
    quoted = "\r\n".join(",".join(f'"{cell}"' for cell in line.split(",")) if '"' not in line and "行" not in line else line for line in text.split("\r\n"))
    for name, body in (("gb.csv", text.encode("gb18030")), ("quoted.csv", quoted.encode()), ("bom.csv", b"\xef\xbb\xbf" + text.encode())):
        (tmp_path / name).write_bytes(body)
        assert by_columns(tmp_path / name) == by_rows(tmp_path / name), name


def test_without_the_closure_they_differ(tmp_path):
    """Negative control: two heads in one home, and one number twice, where the second row alone is odd."""
    rows = sound_rows(6)
    rows[1]["与户主关系"] = "户主"
    rows[5]["身份证号"] = rows[0]["身份证号"]
    (tmp_path / "two.csv").write_bytes(csv_of(rows))
    assert by_columns(tmp_path / "two.csv") == by_rows(tmp_path / "two.csv")
    assert by_columns(tmp_path / "two.csv", closure=False)[0] != by_rows(tmp_path / "two.csv")[0]


def test_a_disagreement_stops_the_load(tmp_path, monkeypatch):
    """What is drawn by lot is judged both ways: a column that errs (here one that takes every telephone) stops all."""
    rows = sound_rows(30)
    rows[7]["手机号"] = "12"
    (tmp_path / "one.csv").write_bytes(csv_of(rows))
    source = reading.cut(tmp_path / "one.csv", LABOURERS, 9)

    def closed():
        judge_part = judging.Judge(LABOURERS, WORLD)
        parts = [closing.Judged(part, *judge_part(reading.read(source, part, LABOURERS))) for part in source.parts]
        return closing.close(parts, LABOURERS, WORLD, lambda row: None, both_ways=1.0)

    assert sum(len(one.told) for one in closed()[0]) == 29
    monkeypatch.setattr(judging, "PLAIN_PHONE", ".*")
    with pytest.raises(closing.Disagreement):
        closed()


def test_parquet_is_read_as_text(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = sound_rows(30)
    pq.write_table(pa.table({name: [row[name] for row in rows] for name in HEADER}), tmp_path / "a.parquet", row_group_size=11)
    (tmp_path / "a.csv").write_bytes(csv_of(rows))
    told, by_csv = by_columns(tmp_path / "a.parquet", 7), by_columns(tmp_path / "a.csv")
    assert list(told[0].values()) == list(by_csv[0].values())
    assert not told[1]


def test_names_sound_the_same():
    from wanjia.registry.names import SURNAMES, sounds_of

    draw = random.Random(5)
    signs = [chr(draw.randint(0x4E00, 0x9FA5)) for _n in range(300)] + list("长大行重曾单石华燕王乐宁都银")
    names = ["".join(draw.choices(signs, k=draw.randint(1, 5))) for _n in range(3000)] + [f"{surname}长大" for surname in SURNAMES] + ["王银行", "a王", "〇一二"]
    assert [sounds(name) for name in names] == [sounds_of(name) for name in names]


def test_numbers_are_sound():
    assert len({number_of(n) for n in range(500)}) == 500
    assert sound_row(1, "H", True, random.Random(1))["与户主关系"] == "户主"
