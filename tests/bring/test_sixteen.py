"""The sixteen inputs that public reports of such work led to, each through the whole product: the value that stands beside it.

01 ledger columns · 02 unknown words · 03 commas in money · 04 codes under a format · 05 a notice after triage · 06 surnames · 07 marks
around a name · 08 misspelt fields · 09 birth months · 10 new characters · 13 ="…" in text tables · 14 characters no font bears · 16 paths
with backslashes · 18 first and last days of time · 19 pictures in cells · 20 three loads of six. More of each kind: test_kinds.py.
08 and 20 lie with the planners (`**/tests/test_strangers.py`, `test_packing.py`); here their command line is run.
"""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from wanjia.casework.models import Need
from wanjia.casework.screening.commands import admit_need
from wanjia.casework.states import Category, Channel, Difficulty, Urgency
from wanjia.casework.tests.factories import agreed
from wanjia.casework.triage.commands import triage_need
from wanjia.orgs.workdays.commands import load_workdays
from wanjia.policy import glyphs
from wanjia.registry.models import Benefit, Household, Person
from wanjia.registry.people.queries import people_found
from wanjia.registry.tests.workbooks.factories import repack
from wanjia.site.cli import main

FOUND = Path(__file__).parent / "found"
PLANNING = Path(__file__).resolve().parents[2] / "wanjia" / "planning"
NOTICED = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def codes_of(answer, row):
    return {message["code"] for message in answer["messages"] if message["row"] == row}


def test_01_every_cell_of_a_ledger_can_be_read_again(told, client, world):
    told("needs", FOUND / "01-ledger-columns-dropped/in.xlsx")
    need = Need.objects.get()
    assert need.due_on == date(2026, 12, 15)  # 延期至 counts, not the 18th of November
    client.force_login(world.clerk)
    page = client.get(f"/needs/{need.pk}/").content.decode()
    for cell in ("罗登科", "第九组水井边", "十一月六日上门量过裂缝", "照片三张在镇上柜里", "2026-11-09", "并入2026-017", "家里有卧床老人", "这句话在第四十一个字以后"):
        assert cell in page, cell


def test_02_words_are_known_or_asked_about(told):
    answer = told("needs", FOUND / "02-ledger-unknown-words/in.xlsx")
    assert "word.unknown" in codes_of(answer, 2)  # 重大 decides the deadline: nobody guesses
    need = Need.objects.get()
    assert (need.channel, need.category, need.urgency, need.difficulty) == (Channel.CALL, Category.WATER_POWER, Urgency.URGENT, Difficulty.EASY)
    assert "warn.word.read_as" in codes_of(answer, 3)


def test_02_the_words_that_were_known_all_along(told, tmp_path):
    """The row that came back, its 重大 mended to 特急: the other words of it are read, none is replaced by the commonest."""
    data = (FOUND / "02-ledger-unknown-words/in.xlsx").read_bytes()
    (tmp_path / "mended.xlsx").write_bytes(repack(data, changes={"xl/worksheets/sheet1.xml": lambda xml: xml.replace("重大".encode(), "特急".encode())}))
    told("needs", tmp_path / "mended.xlsx")
    need = Need.objects.get(requester_name="陶有二")
    assert (need.channel, need.category, need.urgency, need.difficulty) == (Channel.VISIT, Category.HOUSING, Urgency.CRITICAL, Difficulty.HARD)


def test_03_a_comma_groups_three_digits_or_the_row_comes_back(told):
    answer = told("subsidies", FOUND / "03-money-comma/subsidies.xlsx", confirm=False)
    assert "amount.invalid" in codes_of(answer, 2)
    assert "warn.number.two" in codes_of(answer, 3)
    answer = told("households", FOUND / "03-money-comma/households.xlsx")
    assert all("number.invalid" in codes_of(answer, row) for row in (2, 3, 4))
    assert answer["rows_ok"] == 1
    assert Person.objects.get().name == "陶有禄"
    assert not Benefit.objects.exists()


def test_04_a_code_is_what_the_sheet_shows(told):
    told("households", FOUND / "04-household-number-format/first.xlsx")
    answer = told("households", FOUND / "04-household-number-format/in.xlsx")
    assert set(Household.objects.exclude(memberships=None).values_list("number", flat=True)) == {"000815", "XS79815"}
    assert answer["counts"].get("two_homes", 0) == 0
    assert Person.objects.count() == 3


def test_05_a_notice_moves_the_promise_that_stood_on_it(world, django_capture_on_commit_callbacks):
    need = world.need(at=NOTICED)
    admit_need(need_id=need.pk, by=world.clerk, at=NOTICED)
    need = triage_need(need_id=need.pk, urgency="ordinary", difficulty="hard", by=world.clerk, at=NOTICED)
    assert need.due_provisional
    with django_capture_on_commit_callbacks(execute=True):
        notice = (FOUND / "05-calendar-notice-after-triage/notice.txt").read_text(encoding="utf-8")
        agreed(load_workdays(text=notice, source="放假通知", by=world.ledger, at=NOTICED), world, NOTICED)
    need = Need.objects.get(pk=need.pk)
    assert (need.due_on, need.due_provisional) == (date(2027, 1, 8), False)
    assert "2027-01-08" in need.steps.last().words  # a rest day of the law itself was counted before; what is new is that it stands


SURNAMES = "曾祥林 zeng zxl,单秀英 shan sxy,解文才 xie xwc,仇小云 qiu qxy,区丽芳 ou olf,查有才 zha zyc,翟云生 zhai zys,缪春花 miao mch,乐正英 yue yzy,覃国庆 qin qgq,盖世文 ge gsw,朴顺姬 piao psj,吕秀兰 lv lxl,吕秀兰 lu lxl,吕秀兰 lyu lxl,尉迟明 yuchi ycm"


def test_06_surnames_are_found_as_they_are_said(told, world):
    told("households", FOUND / "06-surname-readings/in.xlsx")
    for line in SURNAMES.split(","):
        name, sound, letters = line.split()
        for typed in (sound, letters, sound.upper()):
            assert name in {one.name for one in people_found(world.clerk, typed)}, (name, typed)


def test_07_marks_around_a_name_are_not_of_it(told, world):
    answer = told("households", FOUND / "07-apostrophe-name/in.xlsx")
    assert set(Person.objects.values_list("name", flat=True)) == {"陶连富", "陶连贵", "陶连才", "陶连安"}
    assert all(any(code.startswith("warn.name.") for code in codes_of(answer, row)) for row in (2, 3, 4, 5))
    assert {one.name for one in people_found(world.clerk, "tlf")} == {"陶连富"}
    assert told("households", FOUND / "07-apostrophe-name/in.csv")["rows_ok"] == 1


@pytest.mark.parametrize(("engine", "files", "place"), [
    ("roster", ["rostering/tests/found/misspelt-roster.json"], "field absence"),
    ("buses", ["routing/tests/found/misspelt-buses.json"], "speed_cap"),
    ("market", ["allocation/tests/found/claimants.parquet", "allocation/tests/found/misspelt-lots.parquet"], "lots, field max_age"),
])  # fmt: skip
def test_08_a_misspelt_field_is_refused_by_name(engine, files, place, capsys):
    assert main(["plan", engine, *(str(PLANNING / file) for file in files), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert place in error["en"] or place in error["place"]
    assert "不认识" in error["zh"]


def test_09_a_birth_month_agrees_with_the_number(told):
    answer = told("households", FOUND / "09-birth-month/in.xlsx")
    assert answer["rows_ok"] == 7
    assert set(Person.objects.values_list("birth_on", flat=True)) == {date(1970, 3, 12)}
    assert "id.birth_mismatch" in codes_of(answer, 9)
    assert "id.birth_mismatch" in codes_of(answer, 10)


def test_10_new_characters_are_taken(told):
    assert told("households", FOUND / "10-new-han-characters/in.xlsx")["rows_ok"] == 4
    assert set(Person.objects.values_list("name", flat=True)) == {"陶\U0002ebf0", "陶\U0002ebf0云", "陶\U00031350", "龚\U0002cc56"}


@pytest.mark.parametrize("name", ["all.csv", "rows.csv", "quoted.csv"])
def test_13_equals_and_quotes_are_marks_of_text(told, name):
    answer = told("households", FOUND / "13-csv-equals-quote" / name)
    assert (answer["outcome"], answer["rows_ok"]) == ("ACCEPT", 1)
    (one,) = Person.objects.all()
    assert (one.name, one.citizen_id, one.birth_on, one.village.short_name) == ("陶有财", "530625197210060155", date(1972, 10, 6), "大同村")
    assert Household.objects.exclude(memberships=None).get().number == "XS74003"


@pytest.mark.parametrize("name", ["陶\U00024cf5", "ꆈꌠꉙ", "བསོད", "陶\U0002c58b", "陶\U0002ebf0"])
def test_14_what_no_font_bears_is_said_before_printing(world, client, monkeypatch, name):
    bears = frozenset(range(0x20, 0xA000)) - frozenset(range(0x0F00, 0x1000))
    monkeypatch.setattr(glyphs, "borne", lambda: bears)  # the fonts of an installation without the rare ones
    need = world.need(requester_name=name)
    client.force_login(world.clerk)
    page = client.get(f"/documents/{need.pk}/").content.decode()
    assert "有字打印不出来" in page
    assert f"U+{ord(next(char for char in name if ord(char) not in bears)):04X}" in page
    assert "apt-get install" in page


def test_16_backslashes_are_paths(told):
    assert told("households", FOUND / "16-zip-backslash/in.xlsx")["rows_ok"] == 1
    assert Person.objects.count() == 1


@pytest.mark.parametrize("day", ["0001-01-01", "0001-03-20", "9999-12-31"])
def test_18_the_first_and_last_days_of_time_are_answered(world, client, capsys, day):
    client.force_login(world.ledger)
    for address in (f"/dashboard/?as_of={day}", f"/api/figures?as_of={day}"):
        assert client.get(address).status_code in (200, 422), address
    with pytest.raises(SystemExit) as ended:
        main(["figures", "--area", "530625", "--as-of", day, "--json"])
    assert ended.value.code == 2
    assert "1900" in capsys.readouterr().err


def test_19_a_picture_is_no_text(told):
    answer = told("needs", FOUND / "19-wps-picture-in-cell/in.xlsx")
    assert "cell.picture" in codes_of(answer, 2)
    assert "warn.file.pictures_ignored" in codes_of(answer, 0)  # said of the file too: a picture may lie beside the cells
    assert not answer["rows_ok"]
    assert not Need.objects.exists()


def test_20_three_loads_of_six_need_three_vehicles(capfd):
    assert main(["plan", "vrp", str(PLANNING / "routing/tests/found/two-trucks-three-sixes.vrp"), "--json", "--seconds", "5"]) == 2
    said = capfd.readouterr()
    error = json.loads(said.out)["error"]
    assert error["place"] == "VEHICLES"
    assert "3" in error["zh"]
    assert "Warning" not in said.err


def test_the_money_that_stays(told):
    answer = told("subsidies", FOUND / "03-money-comma/subsidies.xlsx", confirm=False)
    taken = {row: Decimal(values["金额"]) for row, values in answer["normalised"].items()}
    assert taken == {"3": 300500, "4": Decimal("1200.5"), "5": 12345}
    assert "warn.number.normalised" in codes_of(answer, 5)  # 1,2345 groups as Chinese is read, and is told
    answer = told("households", FOUND / "03-money-comma/households.xlsx", confirm=False)
    assert {row: Decimal(values["月收入"]) for row, values in answer["normalised"].items()} == {"5": 3500}
