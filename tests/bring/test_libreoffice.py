"""What LibreOffice really saved (7.4, zh-CN), kept here so that it is read without LibreOffice: six small files of made-up people.

Titles merged over the table, days in 年月日, numbers of homes with leading noughts, wide columns, frozen panes, filters, comments and one
hidden row are in them; `wanted.json` holds what was typed. `make prove-clean` has LibreOffice save anew where it is installed.
"""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from wanjia.office.starting import opening, people
from wanjia.orgs.areas import listing
from wanjia.orgs.areas.forms import AreaList
from wanjia.orgs.models import Area
from wanjia.sheets.codes import SENTENCES
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import Rejection, read_file
from wanjia.verdict import Refused

from .clean import WORLD
from .templates import TEMPLATES

SAVED = Path(__file__).parent / "libreoffice"
WANTED = json.loads((SAVED / "wanted.json").read_text(encoding="utf-8"))
FLAT = b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
ANSWERS = {"county": "永善县", "unit": "县困难诉求台账办公室", "admin": "admin", "admin_name": "王安全", "auditor": "shenji", "auditor_name": "李审计"}


def judged(name, template):
    """(what was taken row by row, the codes that were remarked)."""
    sheet = read_file((SAVED / name).read_bytes(), name, TEMPLATES[template])
    assert not isinstance(sheet, Rejection), sheet
    report = judge(sheet, TEMPLATES[template], WORLD)
    taken = [values for _row, values in sorted(report.normalised.items(), key=lambda item: int(item[0]))]
    return [{column: value for column, value in values.items() if value} for values in taken], {(finding.row, finding.code) for finding in report.findings}


def test_homes_are_what_was_typed_and_only_the_hidden_row_is_remarked():
    taken, told = judged("homes.xlsx", "household")
    assert taken == WANTED["homes"]
    assert taken[0]["户编号"].startswith("000")
    assert told == {(5, "warn.row.hidden")}


def test_a_ledger_in_gbk_is_what_was_typed_and_only_its_short_days_are_remarked():
    taken, told = judged("ledger.gbk.csv", "needs")
    assert taken == WANTED["ledger"]
    assert {code for _row, code in told} == {"warn.date.normalised"}  # 2026/9/5, as the contract of hostile files has it


@pytest.mark.parametrize(("name", "said"), [("ledger.xls", "XLS/ET"), ("ledger.ods", "OpenDocument"), ("ledger.fods", "OpenDocument"), ("ledger.xml", "OpenDocument")])
def test_its_own_formats_are_refused_with_the_way_out(name, said):
    data = (SAVED / name).read_bytes() if (SAVED / name).exists() else FLAT
    for sent in (name, "台账.xlsx", "台账.csv"):  # a name put right by hand changes nothing
        told = read_file(data, sent, TEMPLATES["needs"])
        assert (told.code, told.detail) == ("file.old_format", said)
        assert ("另存为 .xlsx" in told.sentence()) and ("save as .xlsx" in told.sentence("en"))
    assert "{detail}" in SENTENCES["file.old_format"][0]


@pytest.mark.django_db
def test_the_people_of_an_office_are_read_from_its_workbook():
    opening.open_office(ANSWERS, lambda zh, en: None)
    found = people.judge((SAVED / "people.xlsx").read_bytes(), "people.xlsx", today=date(2026, 11, 25))
    assert found.faults == []
    assert [unit.name for unit in found.units] == [line[0] for line in WANTED["units"]]
    assert [(one.name, one.phone) for one in found.people] == [(line[0], line[2]) for line in WANTED["people"]]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ledger.xls", "ledger.ods"])
def test_a_workbook_of_people_in_another_format_hears_the_way_out(name):
    """Not that its sheets are missing, which they are not."""
    (fault,) = people.judge((SAVED / name).read_bytes(), name, today=date(2026, 11, 25)).faults
    assert "另存为 .xlsx" in fault.words


@pytest.mark.django_db
def test_a_list_of_areas_in_gbk_opens_an_office():
    """A cell of it is blank, as the township's is of a city and a county."""
    file = SAVED / "areas.gbk.csv"
    form = AreaList({"edition": "民政局名单"}, {"file": SimpleUploadedFile(file.name, file.read_bytes())})
    assert form.is_valid(), form.errors
    assert set(WANTED["areas"]) <= set(listing.read(form.cleaned_data["text"]))
    opening.open_office(ANSWERS | {"county": str(file)}, lambda zh, en: None)
    assert set(WANTED["areas"]) <= set(Area.objects.values_list("code", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["ledger.xls", "ledger.ods"])
def test_a_list_of_areas_in_another_format_is_refused_in_words(name):
    form = AreaList({"edition": "民政局名单"}, {"file": SimpleUploadedFile(name, (SAVED / name).read_bytes())})
    assert not form.is_valid()
    assert "另存为 .xlsx" in str(form.errors)
    with pytest.raises(Refused, match=r"另存为 \.xlsx"):
        opening.open_office(ANSWERS | {"county": str(SAVED / name)}, lambda zh, en: None)
