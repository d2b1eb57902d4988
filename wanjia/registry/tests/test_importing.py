"""Workbooks through the database: every hostile sample comes out as the contract says; the same file twice changes nothing."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from wanjia.kernel.models import Entry
from wanjia.orgs.models import Area, Level, User
from wanjia.registry.applying import commands as applying
from wanjia.registry.importing import commands, pace, queries
from wanjia.registry.models import Benefit, Household, Membership, Person, Upload, UploadRow
from wanjia.verdict import Refused

from . import factories

HOSTILE = Path(__file__).parent / "workbooks" / "hostile"
CONTRACT = json.loads((HOSTILE / "expected.json").read_text())
TODAY = date.fromisoformat(CONTRACT["world"]["today"])
pytestmark = pytest.mark.django_db


@pytest.fixture
def hostile_world(world):
    """The small world with all the villages that the contract names, and the home that has a head already."""
    for place, (names, parent) in enumerate([(CONTRACT["world"]["villages_in_scope"], world.xisha), (["码口社区"], world.makou)]):
        for number, name in enumerate(names):
            if not Area.objects.filter(short_name=name).exists():
                factories.area(f"{parent.code[:9]}{300 + place * 50 + number}", name, Level.VILLAGE, parent)
    factories.area("530625205000", "马楠苗族彝族乡", Level.TOWNSHIP, world.county)
    factories.area("530625205201", "马楠村", Level.VILLAGE, Area.objects.get(code="530625205000"))
    for household in CONTRACT["world"]["existing_households"]:
        world.register("户主甲", date(1970, 1, 1), 33, number=household)
    return world


def tables():
    """Count every row that an import could write."""
    return [model.objects.count() for model in (Household, Person, Membership, Benefit)]


def bring(world, case, confirm=True):
    """Import one sample as the township worker would."""
    who = {"by": world.clerk, "at": timezone.now()}
    upload = commands.receive_upload(
        template=case["template"], name=case["upload_name"], body=(HOSTILE / case["file"]).read_bytes(), today=TODAY, **who
    )
    upload = commands.judge_upload(upload, **who)
    answer = queries.answer(upload)
    if confirm and upload.state == "judged" and upload.rows_ok:
        commands.confirm_upload(upload_id=upload.pk, **who)
        upload = applying.apply_upload(upload, **who)
    return upload, answer


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=lambda case: case["file"])
def test_a_hostile_file_comes_out_as_the_contract_says(hostile_world, case):
    before = tables()
    _upload, answer = bring(hostile_world, case, confirm=False)
    assert {key: answer[key] for key in ("outcome", "file_code", "rows_ok", "rows")} == {
        key: case[key] for key in ("outcome", "file_code", "rows_ok", "rows")
    }
    for row, values in case["normalised"].items():
        assert values.items() <= answer["normalised"][row].items()
    assert tables() == before, "something was written before it was confirmed"
    assert all(message["zh"] and message["code"] for message in answer["messages"])


WRITTEN = ["t01_utf8.csv", "i17_duplicates.xlsx", "l05_two_row_header.xlsx", "n11_formula_text_in_notes.csv", "s01_good.xlsx",
           "s02_same_person_same_period.xlsx", "l02_blank_household_not_merged.xlsx", "i18_contradictions.xlsx"]  # fmt: skip


@pytest.mark.parametrize("name", WRITTEN)
def test_the_same_file_again_changes_nothing(hostile_world, name):
    case = next(case for case in CONTRACT["cases"] if case["file"] == name)
    upload, _answer = bring(hostile_world, case)
    assert (upload.state, upload.done) == ("applied", case["rows_ok"])
    after = tables()
    again, _answer = bring(hostile_world, case)
    assert tables() == after
    assert all(not n for key, n in again.counts.items() if key.endswith(("_new", "_changed")))


def test_what_was_sent_is_kept_sealed_and_only_as_long_as_the_import(hostile_world):
    case = next(case for case in CONTRACT["cases"] if case["file"] == "t01_utf8.csv")
    upload, _answer = bring(hostile_world, case, confirm=False)
    assert upload.rows.count() == 6
    upload, _answer = bring(hostile_world, case)
    assert queries.content_of(upload) == b""
    assert {row.values for row in UploadRow.objects.filter(upload=upload)} == {""}


def test_three_payments_in_all(hostile_world):
    case = next(case for case in CONTRACT["cases"] if case["file"] == "s01_good.xlsx")
    for _time in range(2):
        bring(hostile_world, case)
    assert Benefit.objects.count() == 3


def test_nobody_confirms_for_another_unit(hostile_world):
    case = next(case for case in CONTRACT["cases"] if case["file"] == "t01_utf8.csv")
    upload, _answer = bring(hostile_world, case, confirm=False)
    lines = Entry.objects.count()
    with pytest.raises(Refused, match="不是您的单位"):
        commands.confirm_upload(upload_id=upload.pk, by=hostile_world.stranger, at=timezone.now())
    assert (Upload.objects.get(pk=upload.pk).state, Entry.objects.count()) == ("judged", lines)


def test_an_import_ends_with_the_post_of_whoever_confirmed_it(hostile_world, monkeypatch):
    """The job read the posts once: somebody locked out or moved away went on writing for as long as the file was."""
    case = next(case for case in CONTRACT["cases"] if case["file"] == "t01_utf8.csv")
    upload, _answer = bring(hostile_world, case, confirm=False)
    who = {"by": hostile_world.clerk, "at": timezone.now()}
    commands.confirm_upload(upload_id=upload.pk, **who)
    monkeypatch.setattr(pace, "FIRST", 1)
    monkeypatch.setattr(pace.Pace, "took", lambda *_what: None)
    monkeypatch.setattr(pace.Pace, "rest", lambda _pace: User.objects.filter(pk=hostile_world.clerk.pk).update(is_active=False))
    with pytest.raises(Refused):
        applying.apply_upload(Upload.objects.get(pk=upload.pk), **who)
    assert upload.rows.filter(ok=True, applied=False).exists()
    assert Upload.objects.get(pk=upload.pk).state == "applying", "a colleague may go on with it"
