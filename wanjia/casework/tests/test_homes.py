"""Homes leave the house as the ledger does: approved, counted, journalled, children unnamed; and come back as exactly what was edited."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from wanjia.kernel.models import Entry, EntryKind
from wanjia.registry.exporting import queries as exporting
from wanjia.registry.importing import preview
from wanjia.registry.models import Household, Person, ShownOnLists, Upload
from wanjia.registry.tests import factories
from wanjia.registry.workbooks.names import judge_name
from wanjia.reporting.exporting import rules
from wanjia.reporting.models import Export


@pytest.fixture
def world(db):
    return factories.World()


@pytest.fixture
def clerk(world, client):
    client.force_login(world.clerk)
    return client


def asked(client, **wanted):
    """Ask for homes as the page does; return the Export."""
    answer = client.post(reverse("reporting:export_homes"), {"purpose": "核对底数后导回", "key": str(uuid.uuid4()), **wanted})
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    return Export.objects.latest("asked_at")


def agreed(client, world, export):
    """The township's leader agrees; the asker signs in again."""
    client.force_login(world.leader)
    assert client.post(reverse("reporting:decide_export", args=[export.pk]), {"approve": "1", "key": str(uuid.uuid4())}).status_code == 302
    client.force_login(export.asked_by)


def taken(client, export):
    answer = client.post(reverse("reporting:take_export", args=[export.pk]), {"key": str(uuid.uuid4())})
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def text_of(book):
    return "\n".join("|".join(str(cell or "") for cell in row) for row in book.active.iter_rows(values_only=True))


def send(client, body):
    key = str(uuid.uuid4())
    answer = client.post(reverse("registry:import"), {"template": "household", "workbook": SimpleUploadedFile("户.xlsx", body), "key": key})
    return Upload.objects.get(pk=answer.url.rstrip("/").split("/")[-1])


def saved(book):
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def cell(book, name, column):
    """Return the cell of a person's row."""
    header, *rows = book.active.iter_rows()
    names = [one.value for one in header]
    return next(row for row in rows if row[names.index("姓名")].value == name)[names.index(column)]


# Children


def test_a_sheet_of_names_says_of_a_child_what_a_list_says(clerk, world):
    said = text_of(taken(clerk, asked(clerk)))
    assert "王建国" in said
    assert world.child.name not in said
    assert f"{world.child.birth_on}" not in said
    assert "|W.X.Y.|" in said
    assert "小学" in said


def test_with_numbers_only_a_post_that_opens_files_is_told_who_a_child_is(clerk, world):
    export = asked(clerk, numbers="on")
    assert export.state == "waiting", "somebody else agrees before numbers leave"
    agreed(clerk, world, export)
    assert world.child.citizen_id in text_of(taken(clerk, export))
    office = factories.worker("taizhang", "某台账", factories.unit("永善县诉求台账办公室", "county", world.county), "ledger_office")
    boss = factories.worker("xianzhang", "何县长", factories.unit("永善县诉求台账办公室", "county", world.county), "leader")
    clerk.force_login(office)
    export = asked(clerk, numbers="on")
    clerk.force_login(boss)
    assert clerk.post(reverse("reporting:decide_export", args=[export.pk]), {"approve": "1"}).status_code == 302
    clerk.force_login(office)
    said = text_of(taken(clerk, export))
    assert Person.objects.get(name="王建国").citizen_id in said
    assert world.child.citizen_id not in said
    assert world.child.name not in said


def test_without_the_mask_the_sheet_names_the_child(clerk, world, monkeypatch):
    """Negative control."""
    monkeypatch.setattr(ShownOnLists, "is_protected", False)
    assert world.child.name in text_of(taken(clerk, asked(clerk)))


def test_initials_do_not_come_back_as_a_name():
    assert judge_name("W.X.Y.")[1] == "name.masked"
    assert judge_name("王·小雨")[1] != "name.masked"


# An approver, a day's count, the journal


def test_many_people_wait_for_an_approver_whatever_the_slices(clerk, world, monkeypatch):
    monkeypatch.setattr(rules, "ALONE", 4)
    assert asked(clerk).state == "approved"
    assert asked(clerk).state == "waiting", "three and three are more than four"


def test_homes_and_needs_count_together(clerk, world, monkeypatch):
    from wanjia.reporting.exporting.commands import ask_export

    monkeypatch.setattr(rules, "ALONE", 4)
    asked(clerk)
    assert ask_export(kind="needs", purpose="月底核对台账", query={}, rows=2, columns=[], by=world.clerk, at=Export.objects.get().asked_at).state == "waiting"


def test_nobody_takes_what_waits_and_nobody_agrees_to_the_own(clerk, world):
    export = asked(clerk, numbers="on")
    assert clerk.post(reverse("reporting:take_export", args=[export.pk])).status_code == 403
    assert clerk.post(reverse("reporting:decide_export", args=[export.pk]), {"approve": "1"}).status_code == 403
    agreed(clerk, world, export)
    taken(clerk, export)
    assert [(line.act, line.detail["of"], line.kind) for line in Entry.objects.filter(subject="reporting.export").exclude(act="export.approve").order_by("seq")] == [
        ("export.ask", "homes", EntryKind.ACT), ("export.take", "homes", EntryKind.READING),
    ]  # fmt: skip


def test_numbers_are_for_those_who_may_reveal(clerk, world):
    header = [one.value for one in taken(clerk, asked(clerk)).active[1]]
    assert not {"身份证号", "手机号", "特殊群体类型"} & set(header)
    assert clerk.post(reverse("reporting:export_homes"), {"purpose": ""}).status_code == 422
    clerk.force_login(world.leader)  # may not reveal: the box is not there, and sending it changes nothing
    assert asked(clerk, numbers="on").columns == []
    clerk.force_login(world.li)
    assert clerk.get(reverse("reporting:export_homes")).status_code == 403


# The round trip


def test_two_edited_cells_are_two_changes_and_no_edit_is_none(clerk, world):
    Household.objects.filter(pk=world.home.pk).update(note="=1+1 见附件", income_yuan=12000, group_name="三组")
    export = asked(clerk, numbers="on")
    agreed(clerk, world, export)
    book = taken(clerk, export)
    untouched = send(clerk, saved(book))
    assert (untouched.state, untouched.rows_refused) == ("judged", 0), untouched.tally
    assert not preview.writes(untouched, untouched.forecast["counts"])
    assert untouched.forecast["changes"] == []
    cell(book, "张桂芳", "民族").value, cell(book, "王建国", "年家庭收入(元)").value = "彝族", 15000
    edited = send(clerk, saved(book))
    assert sorted(edited.forecast["changes"]) == sorted([["张桂芳", ["民族"]], [world.home.number, ["年家庭收入(元)"]]])
    lines = Entry.objects.filter(act="household.keep_rows").count()
    clerk.post(reverse("registry:import_confirm", args=[edited.pk]), {"key": str(uuid.uuid4())})
    edited.refresh_from_db()
    assert {key: n for key, n in edited.counts.items() if n} == {"households_changed": 1, "people_changed": 1}
    world.home.refresh_from_db()
    assert (world.home.income_yuan, world.home.note) == (15000, "=1+1 见附件"), "a note that looks like a formula comes back as typed"
    assert Person.objects.get(name="张桂芳").ethnicity == "彝族"
    assert Entry.objects.filter(act="household.keep_rows").count() == lines + 1


def test_a_home_headed_by_a_child_does_not_name_it_as_head(world):
    world.register("何小满", factories.date(2012, 5, 6), 45)
    said = str(list(exporting.lines(exporting.exported_homes(world.clerk), numbers=False)))
    assert "何小满" not in said
