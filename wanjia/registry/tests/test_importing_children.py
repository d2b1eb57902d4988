"""What an import shows before it is confirmed tells nobody a child's name: neither one kept elsewhere nor one at home."""

from datetime import date
from types import SimpleNamespace

import pytest

from wanjia.kernel.models import Entry, EntryKind
from wanjia.orgs.models import DutyNotice
from wanjia.orgs.roles import Role
from wanjia.registry.importing import commands, households, queries
from wanjia.registry.lookups import rules as lookups
from wanjia.registry.models import Person

from .factories import NOW, number, worker

pytestmark = pytest.mark.django_db


def told(world, *, by, home, citizen_id, name="某某"):
    content = {"户编号": home.number, "姓名": name, "身份证号": citizen_id, "与户主关系": "子"}
    row = SimpleNamespace(content=content, village_code=home.village_id)
    memory = {"counts": {}}
    households.tell([row], SimpleNamespace(file_name="户.csv"), by, NOW, memory)
    return str(memory["changes"])


def test_a_guessed_number_brings_no_name_of_another_townships_child(world):
    child = world.child
    other = world.register("李大成", date(1980, 1, 2), 31)
    Person.objects.filter(pk=child.pk).update(village=None)  # of no place of the clerk's
    said = told(world, by=world.clerk, home=other, citizen_id=child.citizen_id)
    assert child.name not in said
    assert "新成员" in said


def test_a_child_that_changes_stands_by_initials(world):
    child = world.child
    said = told(world, by=world.clerk, home=world.home, citizen_id=child.citizen_id, name=child.name + "丫")
    assert child.name not in said
    assert child.shown_name[:2] in said


HOME = "户编号,姓名,身份证号,与户主关系,村(社区)\n{home},王大雨,{number},女儿,大同村\n"
PAID = "姓名,身份证号,补贴项目,金额,所属期间,村(社区)\n王小雨,{number},营养改善,400,2026年,大同村\n"


@pytest.mark.parametrize(("template", "sheet"), [("household", HOME), ("subsidy", PAID)], ids=["homes", "subsidies"])
def test_a_number_tried_with_a_file_is_written_as_one_that_is_typed(world, template, sheet):
    for asked, lines in ((number(date(2016, 5, 20), 28), 0), (world.child.citizen_id, 1)):
        who = {"by": world.clerk, "at": NOW}
        body = sheet.format(home=world.home.number, number=asked).encode()
        upload = commands.receive_upload(template=template, name="表.csv", body=body, **who)
        upload = commands.forecast_upload(commands.judge_upload(upload, **who), **who)
        assert upload.rows_ok == 1, (upload.outcome, upload.tally)
        written = Entry.objects.filter(kind=EntryKind.READING, act="upload.meet_children")
        assert [entry.detail["people"] for entry in written] == [[str(world.child.pk)]] * lines


@pytest.mark.parametrize(("born", "met"), [("2016-05-20", True), ("2016-05-03", True), ("2017-01-01", True), ("2016-05-20王", False)])
def test_a_birth_tried_with_a_file_is_written_as_a_number_is(world, born, met):
    """By the day it is the same child; by the month, or the home alone, the preview asks whether it is: either tells of the child."""
    name = "王小雨" if "王" not in born else "王大雨"
    body = f"户编号,姓名,身份证号,出生日期,与户主关系,村(社区),备注\n{world.home.number},{name},,{born.rstrip('王')},女儿,大同村,未上户\n".encode()
    who = {"by": world.clerk, "at": NOW}
    upload = commands.receive_upload(template="household", name="户.csv", body=body, **who)
    upload = commands.forecast_upload(commands.judge_upload(upload, **who), **who)
    assert upload.rows_ok == 1, (upload.outcome, upload.tally)
    written = Entry.objects.filter(kind=EntryKind.READING, act="upload.meet_children")
    assert [entry.detail["people"] for entry in written] == [[str(world.child.pk)]] * met


def test_every_child_that_a_file_met_is_written_however_many(world, monkeypatch):
    """Beyond the first two hundred ids the preview told of children of whom no line said so."""
    monkeypatch.setattr(commands, "CHANGES", 1)
    other = world.join("王小雪", "女儿", date(2018, 3, 4), 48)
    line = "{home},{name},{number},女儿,大同村\n"
    body = "户编号,姓名,身份证号,与户主关系,村(社区)\n" + "".join(
        line.format(home=world.home.number, name=one.name, number=one.citizen_id) for one in (world.child, other)
    )
    who = {"by": world.clerk, "at": NOW}
    upload = commands.receive_upload(template="household", name="表.csv", body=body.encode(), **who)
    commands.forecast_upload(commands.judge_upload(upload, **who), **who)
    written = Entry.objects.filter(kind=EntryKind.READING, act="upload.meet_children")
    assert {one for entry in written for one in entry.detail["people"]} == {str(world.child.pk), str(other.pk)}


GUESSES = ("2016-05-01", "2016-04-01", "2016-03-01", "2016-02-01")


def guessed(world, births, *, home=None):
    """Send a file that tries births under the name of the registered child, each in a home of its own unless one is named."""
    rows = [f"{home or f'X-{n}'},王小雨,,{born},女儿,大同村,未上户" for n, born in enumerate(births)]
    heads = [] if home else [f"X-{n},王猜猜,{number(date(1980, 1, 2), 300 + n)},,户主,大同村," for n in range(len(births))]
    body = "\n".join(["户编号,姓名,身份证号,出生日期,与户主关系,村(社区),备注", *heads, *rows]).encode()
    who = {"by": world.clerk, "at": NOW}
    upload = commands.judge_upload(commands.receive_upload(template="household", name="户.csv", body=body, **who), **who)
    assert upload.rows_ok == len(heads) + len(rows), (upload.outcome, upload.tally)
    return upload, who


@pytest.mark.parametrize("at_home", [True, False], ids=["in its home", "by its month"])
def test_a_birth_is_not_found_by_many_guesses_in_files(world, monkeypatch, at_home):
    """Hit or miss counts: of a list of guesses the one row that is not new would be the birthday."""
    monkeypatch.setattr(lookups, "BIRTHS", 3)
    inspector = worker("ducha", "督办员", world.clerk.org, Role.INSPECTOR)
    home = world.home.number if at_home else None
    upload, who = guessed(world, GUESSES[1:], home=home)
    assert commands.forecast_upload(upload, **who).forecast
    upload, who = guessed(world, GUESSES[:1], home=home)
    upload = commands.forecast_upload(upload, **who)
    assert (upload.state, upload.forecast, queries.content_of(upload)) == ("cancelled", {}, b"")
    assert queries.file_sentence(upload).startswith("今天您的名单用同一个孩子的名字试过")
    assert list(DutyNotice.objects.filter(change="tried").values_list("reader__name", flat=True)) == [inspector.name]
    asked = Entry.objects.filter(act="upload.try_births").order_by("seq").values_list("detail__tried", "detail__told")
    assert list(asked) == [({str(world.child.pk): 3}, True), ({str(world.child.pk): 1}, False)]


def test_without_the_limit_the_file_would_tell_the_month(world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(commands, "try_by_file", lambda *_what, **_who: True)
    monkeypatch.setattr(lookups, "BIRTHS", 3)
    upload, who = guessed(world, GUESSES)
    assert [home for home, *_child in commands.forecast_upload(upload, **who).forecast["namesakes"]] == ["X-0"]


def test_two_children_of_one_name_with_two_numbers_in_two_homes_are_not_asked_about(world):
    head = f"X-1,王猜猜,{number(date(1980, 1, 2), 300)},户主,大同村"
    body = f"户编号,姓名,身份证号,与户主关系,村(社区)\n{head}\nX-1,王小雨,{number(date(2016, 5, 20), 28)},女儿,大同村\n".encode()
    who = {"by": world.clerk, "at": NOW}
    upload = commands.receive_upload(template="household", name="户.csv", body=body, **who)
    upload = commands.forecast_upload(commands.judge_upload(upload, **who), **who)
    assert "namesakes" not in upload.forecast
    assert not Entry.objects.filter(act="upload.try_births").exists()
