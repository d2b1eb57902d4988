"""A file becomes people, homes, statuses, labourers and spells; the same again writes nothing; what differs is met by the rules of the register."""

import csv
import os
import stat
from datetime import date

import pytest

from wanjia.kernel import journal
from wanjia.kernel.models import Entry
from wanjia.orgs.models import Line, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.models import DatedStatus, Household, Person
from wanjia.registry.tests.factories import World, unit, worker
from wanjia.verdict import Refused

from ...models import Chunk, Load, Spell, Tally, Worker
from ...tallying import checking as sums
from .. import checking
from ..commands import load_file
from .sheets import DAY, csv_of, number_of, sound_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    """Who may load, and the villages of the county."""
    world = World()
    bureau = unit("永善县人力资源和社会保障局", Tier.COUNTY, world.county, Line.LABOUR)
    return worker("renshe-fenxi", "钱分析", bureau, Role.LABOUR_ANALYST)


@pytest.fixture
def load(tmp_path, analyst):
    """rows, **how → the answer of loading a file of them."""

    def run(rows, name="名册.csv", **how):
        path = tmp_path / name
        path.write_bytes(csv_of(rows))
        return load_file(path, by=how.pop("by", analyst), as_of=DAY, chunk=how.pop("chunk", 20), processes=how.pop("processes", 0), **how)

    return run


def plain_rows(count=60):
    """Sound rows in two villages of the world."""
    rows = sound_rows(count)
    for row in rows:
        row["村(社区)"], row["乡镇(街道)"] = "大同村", "细沙乡"
    return rows


def test_a_file_becomes_rows_of_the_one_register(load):
    rows = plain_rows()
    homes, people = Household.objects.count(), Person.objects.count()
    answer = load(rows)
    assert answer["state"] == "loaded"
    assert answer["rows_ok"] == 60
    assert Person.objects.count() - people == Worker.objects.count() == 60
    assert Household.objects.count() == homes + 20
    first = Person.objects.get(name=rows[0]["姓名"], citizen_last4=rows[0]["身份证号"][-4:])
    assert (first.citizen_id, first.phone) == (rows[0]["身份证号"], rows[0]["手机号"])
    assert (first.sex, first.birth_on.isoformat()) == (rows[0]["性别"], f"{rows[0]['身份证号'][6:10]}-{rows[0]['身份证号'][10:12]}-{rows[0]['身份证号'][12:14]}")
    away = next(row for row in rows if row["务工区域"])
    spell = Spell.objects.get(worker__person__citizen_last4=away["身份证号"][-4:], worker__person__name=away["姓名"])
    assert (spell.place, spell.area, spell.pay, spell.evidence, spell.to_on) == ("outside", "330200", 4500, "listed", None)
    assert (spell.worker.place, spell.worker.since_on, spell.worker.how) == ("outside", spell.from_on, "self")
    assert DatedStatus.objects.filter(scheme="lifted").count() == sum(rows[n]["脱贫户"] == "是" for n in range(0, 60, 3))
    assert list(checking.faults(None)) == []
    assert journal.verify()[1] is None
    assert Chunk.objects.count() == 3


def test_a_childs_key_tells_nothing(load):
    rows = plain_rows(6)
    born = date(2009, 5, 1)
    rows[1] |= {"身份证号": number_of(7, born), "务工区域": "", "就业状态": "", "外出时间": "", "月均收入": "", "输出方式": "", "是否点对点": "", "务工地": "", "工种": ""}
    rows[1]["性别"] = "男" if int(rows[1]["身份证号"][16]) % 2 else "女"
    load(rows)
    versions = {one.pk.version for one in Worker.objects.filter(person__birth_on=born)}
    assert versions == {4}
    assert {one.pk.version for one in Worker.objects.exclude(person__birth_on=born)} == {7}


def test_the_same_again_writes_nothing_and_what_differs_is_met(load):
    rows = plain_rows()
    load(rows)
    assert load(rows)["known"]
    before = list(Person.objects.order_by("pk").values("pk", "version"))
    away, home = next(row for row in rows if row["务工区域"]), next(row for row in rows if not row["务工区域"])
    away |= {"务工区域": "县内", "务工地": "", "外出时间": "2026-10-20"}
    home["手机号"] = "13800000000"
    rows[30]["姓名"] = "改名人"
    answer = load(rows, "名册2.csv")
    assert answer["counts"]["same"] == 57
    assert (answer["counts"]["changed"], answer["counts"]["other_name"]) == (2, 1)
    assert Person.objects.count() == len(before)
    moved = Worker.objects.get(person__citizen_last4=away["身份证号"][-4:], person__name=away["姓名"])
    assert (moved.place, moved.since_on.isoformat()) == ("county", "2026-10-20")
    assert [str(day) for day in moved.spells.order_by("from_on").values_list("to_on", flat=True)] == ["2026-10-20", "None"]
    assert Person.objects.filter(name="改名人").count() == 0
    assert sum(row["version"] for row in before) + 1 == sum(Person.objects.values_list("version", flat=True))
    assert list(checking.faults(None)) == []


def test_who_stands_by_number_is_met_never_made_twice(load):
    rows, people = plain_rows(3), Person.objects.count()
    stands = Person.objects.create(
        name=rows[0]["姓名"], citizen_id=rows[0]["身份证号"], citizen_last4=rows[0]["身份证号"][-4:], birth_on=date(1968, 1, 1), village_id="530625202201", registered_at="2026-01-01T00:00Z"
    )  # fmt: skip
    answer = load(rows)
    assert answer["counts"]["entered"] == 1
    assert Person.objects.count() - people == Worker.objects.count() == 3
    assert stands.memberships.get().household.number == rows[0]["户编号"]
    assert list(checking.faults(None)) == []


def test_faulty_rows_stay_out_and_are_told(load, tmp_path):
    rows = plain_rows(9)
    rows[4]["手机号"], rows[7]["村(社区)"] = "12", "不知村"
    answer = load(rows, faults=tmp_path / "faults.csv")
    assert (answer["rows_ok"], answer["rows_refused"]) == (7, 2)
    assert stat.S_IMODE(os.stat(tmp_path / "faults.csv").st_mode) == 0o600
    told = list(csv.reader((tmp_path / "faults.csv").read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in told[1:]] == ["6", "9"]
    assert "电话" in told[1][1] or "手机" in told[1][1]


def test_a_dry_run_writes_nothing(load):
    assert load(plain_rows(6), dry_run=True)["rows_ok"] == 6
    assert not Load.objects.exists()
    assert not Worker.objects.exists()


def test_whoever_has_no_such_post_is_refused(load):
    with pytest.raises(Refused):
        load(plain_rows(3), by=User.objects.get(username="datong"))


def test_a_sum_that_is_moved_is_found(load):
    """Negative control of the check."""
    load(plain_rows(6))
    assert list(sums.faults(None)) == [], "what a load adds up is the number of its labourers, by villages and by days"
    Tally.objects.filter(pk=Tally.objects.first().pk).update(n=99)
    assert next(iter(sums.faults(None)))[1] == "n"
    line = Entry.objects.filter(act="load.chunk").first()
    assert line.detail["digest"] == Chunk.objects.get().digest
