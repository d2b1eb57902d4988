"""A workbook that waits is found by whoever it names, however the name and the numbers are written there."""

import io
import zipfile

import pytest

from wanjia.office.erasing import finding


def package(shared):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as box:
        box.writestr("xl/sharedStrings.xml", f"<sst>{shared}</sst>")
    return body.getvalue()


BODIES = {
    "a blank in a name of two": "姓名\n王 芳\n".encode(),
    "a wide blank": "姓名\n王\u3000芳\n".encode("gb18030"),
    "UTF-16": "姓名\n王芳\n".encode("utf-16"),
    "UTF-16, an odd place": b"x" + "王芳".encode("utf-16-le"),
    "a phone in groups": "电话\n139-1234 7766\n".encode(),
    "a number in full width, small x": "身份证号\n５３２１２８１９７１０２０３５１７ｘ\n".encode(),
    "letters dressed differently": package("<si><r><t>王</t></r><r><rPr/><t>芳</t></r></si>"),
    "letters by number": package("<si><t>&#29579;&#33459;</t></si>"),
}
OTHERS = {
    "two cells": package("<si><t>小王</t></si><si><t>芳草村</t></si>"),
    "two lines": "姓名\n老王\n芳芳\n".encode(),
}
STRINGS = {finding.folded(text) for text in ("王芳", "13912347766", "53212819710203517X")}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_it_is_found(body):
    assert finding.names(STRINGS, finding.text_of(body))


@pytest.mark.parametrize("body", OTHERS.values(), ids=OTHERS)
def test_what_stands_apart_names_nobody(body):
    assert not finding.names(STRINGS, finding.text_of(body))
