"""Rows read straight are the rows that the parser alone would give, and damage is the same damage."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wanjia.sheets import cells, straight
from wanjia.sheets.formats import Styles
from wanjia.sheets.limits import Reject

STRINGS = ["昭阳区", "=DISPIMG(\"a\",1)", " 前后有空 ", "", "身份证号"]
STYLES = Styles(("General", "yyyy-m-d", "000000"))
HEAD = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="x"><dimension ref="A1"/>'
TEXTS = ("530602001001", "李洪", "a&amp;b", "_x0041_", "1e3", "3", "-1", "9", "", " ", "x", "NaN", "]]>", "\r\n", "\x01", "=DISPIMG(\"i\",1)", "&bad;", "<b/>", "\ufffe")
PLACES = ("", ' r="A1"', ' r="B1"', ' r="A2"', ' r="AB2"', ' r="B2"', ' r="ZZZZ1"', ' r="a1"', ' r="B"')
KINDS = ("", ' t="s"', ' t="inlineStr"', ' t="str"', ' t="n"', ' t="b"', ' t="e"', ' t="d"', ' t="e" vm="1"', ' t="s" t="s"')
ROWS = ("", ' r="1"', ' r="2"', ' r="0"', ' r="x"', ' hidden="1"', ' r="1" r="2"', ' spans="1:3" ht="20"', ' x="<"', ' r="9999999"')
BETWEEN = ("", " ", "\n", "<!-- ", " -->", "<![CDATA[", "]]>", "<?p ?>", "<row/>", "<x>", "</x>", "text", "</row>", "<row>", "</sheetData>", "</sheetData><sheetData>", "<sheetData/>")


class Zip:
    """One part, handed on in pieces of so many bytes."""

    def __init__(self, data, size):
        self.data, self.size = data, size

    def chunks(self, _part):
        return (self.data[at : at + self.size] for at in range(0, len(self.data), self.size))

    def has(self, _name):
        return True


def read(data, size):
    """Return the rows of a sheet and "", or those before its damage and the code of that."""
    rows = []
    try:
        cells.read_rows(Zip(data, size), "sheet", STRINGS, STYLES, rows.append)
    except Reject as refusal:
        return rows, refusal.code
    return rows, ""


def by_parser(data, size):
    """The same by the parser alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cells, "past_plain_rows", lambda chunks, _reader: chunks)
        return read(data, size)


@st.composite
def cell(draw):
    content = draw(st.sampled_from(("<v>{}</v>", "<v>{}</v>", "<is><t>{}</t></is>", '<is><t xml:space="preserve">{}</t></is>', "<is><r><t>{}</t></r></is>", "<f>{}</f><v>1</v>", "{}", "")))
    style = draw(st.sampled_from(("", ' s="1"', ' s="2"', ' s="7"')))
    inside = content.format(draw(st.sampled_from(TEXTS)))
    opened = f"<c{draw(st.sampled_from(PLACES))}{style}{draw(st.sampled_from(KINDS))}"
    return f"{opened}>{inside}</c>" if inside or draw(st.booleans()) else f"{opened}/>"


@st.composite
def sheet(draw):
    """A sheet of rows, most of them plain, with odd things between and within."""
    often = st.sampled_from(("", "", "", *BETWEEN))
    text = HEAD.replace("UTF-8", draw(st.sampled_from(("UTF-8", "UTF-8", "utf-8", "gb2312", "latin-1")))) + draw(st.sampled_from(("", "<!-- <sheetData> -->"))) + "<sheetData>"
    for _ in range(draw(st.integers(0, 5))):
        text += f"<row{draw(st.sampled_from(ROWS))}>" + "".join(draw(st.lists(cell(), max_size=4))) + draw(often) + "</row>" + draw(often)
    return (text + "</sheetData></worksheet>").encode(errors="surrogatepass")


@settings(max_examples=400)
@given(sheet(), st.integers(1, 400), st.data())
@example((HEAD + "<sheetData><row><!-- </row><row><c><v>1</v></c></row> --></row></sheetData></worksheet>").encode(), 7, None)
def test_rows_and_damage_are_those_that_the_parser_tells(data, size, more):
    if more is not None and more.draw(st.integers(0, 3)) == 0:
        at = more.draw(st.integers(0, len(data) - 1))
        data = data[:at] + bytes([more.draw(st.integers(0, 255))]) + data[at + 1 :]
    assert read(data, size) == by_parser(data, size)


PLAIN = (HEAD + "<sheetData>" + '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>46000</v></c></row>' * 1 + "<row><c><v>7</v></c></row></sheetData></worksheet>").encode()


def test_plain_rows_do_not_pass_the_parser(monkeypatch):
    seen = []
    monkeypatch.setattr(cells, "past_plain_rows", lambda chunks, reader: (seen.append(piece) or piece for piece in straight.past_plain_rows(chunks, reader)))
    assert [row.number for row in read(PLAIN, 30)[0]] == [1, 2]
    assert b"<row" not in b"".join(seen)


@pytest.mark.parametrize(
    ("name", "value", "data"),
    [
        ("_one_row", lambda piece: True, (HEAD + "<sheetData><row><!-- </row><row><c><v>1</v></c></row> --><c/></row></sheetData></worksheet>").encode()),
        ("NO_TEXT", straight.re.compile("a^"), PLAIN.replace(b"<c><v>7", b'<c t="str"><v>\x01')),
        ("UTF8", straight.re.compile(b"(?s).*"), (HEAD.replace("UTF-8", "latin-1") + '<sheetData><row><c t="str"><v>é</v></c></row></sheetData></worksheet>').encode()),
    ],
)
def test_the_care_switched_off_differs_from_the_parser(monkeypatch, name, value, data):
    assert read(data, 50) == by_parser(data, 50)
    monkeypatch.setattr(straight, name, value)
    assert read(data, 50) != by_parser(data, 50)
