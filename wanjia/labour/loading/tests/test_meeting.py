"""An old file, a file beside what was written by hand, and a number tried by file: what meeting people must not do."""

from datetime import date, timedelta

import pytest

from wanjia.registry.models import Membership, Person

from ...models import Month, Spell, Worker
from ...tallying.commands import keep_month
from .. import meeting
from .sheets import DAY
from .test_loading import analyst, load, plain_rows  # noqa: F401

pytestmark = pytest.mark.django_db
AWAY = {"就业状态": "转移就业", "务工区域": "省外", "务工地": "330200", "月均收入": "4500", "输出方式": "自发外出", "是否点对点": "否", "工种": "普工"}
HOME = dict.fromkeys(("就业状态", "务工地", "外出时间", "返回时间", "月均收入", "输出方式", "是否点对点", "工种"), "") | {"务工区域": "未转移就业"}


@pytest.fixture
def one(load):  # noqa: F811
    """The row of somebody who has been away since September."""
    rows = plain_rows(3)
    rows[0] |= AWAY | {"外出时间": "2026-09-15"}
    load(rows)
    return rows


def he(rows):
    return Worker.objects.get(person__name=rows[0]["姓名"], person__citizen_last4=rows[0]["身份证号"][-4:])


def test_an_old_file_ends_no_newer_spell(load, one):  # noqa: F811
    one[0] |= HOME | {"最近核实": "2026-05-01"}
    counts = load(one, "旧名册.csv")["counts"]
    assert counts["older_spell"] == 1 and he(one).place == "outside" and Spell.objects.get(worker=he(one)).to_on is None
    one[0]["最近核实"] = "2026-10-20"
    load(one, "新名册.csv")
    assert he(one).place == "none" and str(Spell.objects.get(worker=he(one)).to_on) == "2026-10-20"


def home_in(rows, *days):
    """He came home; spells of these days stand."""
    worker = he(rows)
    Spell.objects.filter(worker=worker).delete()
    Spell.objects.bulk_create(Spell(worker=worker, place="county", from_on=first, to_on=last, how="self", evidence="declared", recorded_at="2026-10-01T00:00Z") for first, last in days)
    return worker


@pytest.mark.parametrize(("days", "n"), [({"外出时间": "2026-05-01", "返回时间": "2026-06-10"}, 0), ({"外出时间": "2026-05-01"}, 0), ({"外出时间": "2026-07-01", "返回时间": "2026-08-01"}, 1)])
def test_no_day_counts_twice(load, one, days, n):  # noqa: F811
    worker = home_in(one, (date(2026, 6, 1), date(2026, 7, 1)))
    one[0] |= AWAY | {"返回时间": ""} | days
    counts = load(one, "补录.csv")["counts"]
    assert counts.get("older_spell", 0) == 1 - n
    assert Spell.objects.filter(worker=worker).count() == 1 + n


def test_without_the_look_a_day_counts_twice(load, one, monkeypatch):  # noqa: F811
    """The negative control."""
    monkeypatch.setattr(meeting._Meeting, "_has_day", lambda *_what: False)
    worker = home_in(one, (date(2026, 6, 1), date(2026, 7, 1)))
    one[0] |= AWAY | {"外出时间": "2026-05-01", "返回时间": "2026-06-10"}
    load(one, "补录.csv")
    assert Spell.objects.filter(worker=worker, from_on__lt=date(2026, 6, 5), to_on__gt=date(2026, 6, 5)).count() == 2


def test_a_spell_of_the_past_is_counted_in_its_months(load, one):  # noqa: F811
    one[0] |= HOME
    load(one, "回来了.csv")
    worker = he(one)
    Worker.objects.update(entered_on=date(2025, 1, 1))
    keep_month(worker.village.parent, date(2026, 6, 30), at="2026-11-02T00:00Z")
    one[0] |= AWAY | {"外出时间": "2026-06-01", "返回时间": "2026-07-10"}
    load(one, "补录.csv")
    assert worker.spells.count() == 2 and not Month.objects.exists()


def test_the_dead_become_no_labourers(load):  # noqa: F811
    rows = plain_rows(3)
    gone = Person.objects.create(
        name=rows[0]["姓名"], citizen_id=rows[0]["身份证号"], citizen_last4=rows[0]["身份证号"][-4:], birth_on=date(1968, 1, 1), village_id="530625202201",
        died_on=DAY - timedelta(days=9), registered_at="2026-01-01T00:00Z",
    )  # fmt: skip
    assert load(rows)["counts"]["died"] == 1
    assert not Worker.objects.filter(pk=gone.pk).exists() and not Membership.objects.filter(person=gone).exists()


@pytest.mark.parametrize("right", [True, False])
def test_no_name_is_tried_by_file_on_somebody_kept_elsewhere(load, right):  # noqa: F811
    rows = plain_rows(3)
    Person.objects.create(
        name=rows[0]["姓名"] if right else "别人", citizen_id=rows[0]["身份证号"], citizen_last4=rows[0]["身份证号"][-4:], birth_on=date(1968, 1, 1), village_id=None,
        registered_at="2026-01-01T00:00Z",
    )  # fmt: skip
    counts = load(rows)["counts"]
    assert (counts["elsewhere"], counts.get("other_name")) == (1, None)
    assert not Membership.objects.filter(person__village=None).exists(), "no home either: by one the loader would come to see him"


def test_what_a_file_says_otherwise_of_a_running_spell_is_kept_beside_it(load, one):  # noqa: F811
    worker = he(one)
    Spell.objects.filter(worker=worker).update(how="organised", evidence="contract", carried=True)
    one[0] |= {"月均收入": "5200", "输出方式": "", "佐证": "", "是否点对点": ""}
    load(one, "涨了工资.csv")
    spell = Spell.objects.get(worker=worker)
    assert (spell.pay, spell.how, spell.evidence, spell.carried) == (5200, "organised", "contract", True), "a blank cell takes nothing away"
    assert [change.was["pay"] for change in spell.changes.all()] == ["4500"]
    one[0] |= {"输出方式": "自发外出", "是否点对点": "否"}
    load(one, "自己去的.csv")
    spell.refresh_from_db()
    assert (spell.how, spell.carried) == ("self", False) and spell.changes.first().was["how"] == "organised"
    load(one, "再来一次.csv")
    assert spell.changes.count() == 2, "nothing new, nothing written"
