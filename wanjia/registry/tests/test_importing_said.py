"""What an import says has no holes: each sentence names its fact, old and new; marks stand on their cell; the marked copy outlives the import."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from wanjia.registry.importing import commands, queries
from wanjia.registry.importing.rules import MENDING, can_take_marked
from wanjia.registry.models import Upload
from wanjia.sheets.judge import judge
from wanjia.sheets.reading import Rejection, read_file

from .test_importing_pages import BORN, bad, clerk, csv, factories, good, press, send
from .workbooks.factories import CONTRACT, HOSTILE, TEMPLATES, contract_world

__all__ = ["clerk"]
pytestmark = pytest.mark.django_db
HOLES = re.compile(r"为\s*。|“\s*”|…|\(\s*\)|:\s*。|\bas \.|  ")


def dated(name, sequence, born):
    return f"H001,{name},{factories.number(BORN, sequence)},{born},户主,大同村,13887000002,汉族"


def workbook(*extra):
    """A household sheet with a date as people write it and columns that no template knows."""
    book = Workbook()
    page = book.active
    page.append(["填报说明"])
    page.append(["户号", "姓名", "公民身份号码", "喜好", "出生日期", "与户主关系", "村", "联系电话", *extra])
    page.append(["H001", "何 小满", factories.number(BORN, 11), "唱歌", "1980.5.6", "户主", "大同村", "138 8700 0002"])
    page.append(["H002", "何大满", factories.number(BORN, 13), "", "1980/5/6", "户主", "大同村", "138 8700 0003"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_group_shows_its_first_rows_own_sentence_old_and_new(clerk):
    upload = send(clerk, workbook(), name="户.xlsx")
    page = clerk.get(f"/import/{upload.pk}/?show=warned").content.decode()
    said = re.findall(r'tone-(?:red|orange)">[^<]*</span>\s+([^<]*)</td>', page)
    assert said
    assert [words for words in said if HOLES.search(words)] == []
    assert any("1980-05-06" in words and "“1980.5.6”" in words.replace("&#x27;", "'") for words in said), said
    assert "13887000002" not in "".join(said), "a telephone number stays masked"
    assert "138 8700 0002" not in "".join(said)


@pytest.mark.parametrize("case", CONTRACT["cases"], ids=lambda case: case["file"])
def test_no_sentence_of_any_kind_has_a_hole(case):
    """Whatever is found anywhere comes with the small fact that its sentence asks for."""
    template = TEMPLATES[case["template"]]
    sheet = read_file((HOSTILE / case["file"]).read_bytes(), case["upload_name"], template)
    if isinstance(sheet, Rejection):
        assert not HOLES.search(sheet.sentence().replace("…", ""))
        return
    for finding in judge(sheet, template, contract_world()).findings:
        asks = re.search(r"\{\w+\}", "".join(template.sentences[finding.code]))
        assert not asks or finding.detail, finding
        assert all(not re.search(r"为\s*。|“\s*”|as \.", finding.said(lang, template.sentences)) for lang in ("zh", "en")), finding


def test_a_dropped_column_is_marked_at_its_own_header(clerk):
    upload = send(clerk, workbook("血型"), name="户.xlsx")
    page = load_workbook(io.BytesIO(press(clerk, upload, "marked").content)).worksheets[0]
    marked = {cell.value: cell.comment.text for row in page.iter_rows(max_row=2) for cell in row if cell.comment}
    assert set(marked) == {"喜好", "血型"}
    assert all(f"“{header}”不在模板里" in words for header, words in marked.items())


def test_the_marked_workbook_can_be_taken_after_confirming_and_not_for_ever(clerk, world):
    upload = send(clerk, csv(good(), bad()))
    press(clerk, upload, "confirm")
    upload.refresh_from_db()
    assert upload.state == "applied"
    assert "下载标好的原表" in clerk.get(f"/import/{upload.pk}/").content.decode()
    assert press(clerk, upload, "marked").content[:2] == b"PK"
    assert can_take_marked(world.clerk, upload, at=upload.received_at + MENDING - timedelta(minutes=1))
    assert not can_take_marked(world.clerk, upload, at=upload.received_at + MENDING)
    commands.drop_mended(upload.received_at + MENDING - timedelta(minutes=1))
    assert queries.content_of(upload)
    commands.drop_mended(upload.received_at + MENDING)
    assert queries.content_of(upload) == b""


def test_what_has_nothing_to_mend_is_dropped_with_the_import(clerk):
    upload = send(clerk, csv(good()))
    press(clerk, upload, "confirm")
    assert queries.content_of(upload) == b""
    assert "现在已经清除" in press(clerk, upload, "marked").content.decode()
    assert timezone.now() < upload.received_at + MENDING


def test_a_file_that_was_not_read_is_told_why_in_a_whole_sentence():
    said = queries.file_sentence(Upload(template="household", file_code="file.header_unknown", detail=""))
    assert said.startswith("找不到表头"), said
