"""LibreOffice itself, where it is installed: it opens a workbook and saves it again in another format, as an office in China has it."""

import functools
import shutil
import subprocess
import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from . import makes

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
# Its own names of its filters. Of a text table: delimiter, quote, its number of the encoding (67 GBK, 76 UTF-8, 65535 UTF-16), first line,
# columns, language (2052 zh-CN), quote all text, cells as shown.
TEXT = "csv:Text - txt - csv (StarCalc):"
FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97", "ods": "ods:calc8", "fods": "fods:OpenDocument Spreadsheet Flat XML",
    "gbk": TEXT + "44,34,67,1,,2052,false,true,false", "utf-8": TEXT + "44,34,76,1,,2052,true,true,false",
    "utf-16": TEXT + "9,34,65535,1,,2052,false,true,false",
}  # fmt: skip
# The country decides how dates are shown.
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item>
</oor:items>
"""


@functools.cache
def profile():
    """Return (its folder, the option) of a profile of its own: neither a running office nor another test holds it."""
    folder = tempfile.TemporaryDirectory(prefix="profile")
    (Path(folder.name) / "user").mkdir()
    (Path(folder.name) / "user" / "registrymodifications.xcu").write_text(SETTINGS)
    return folder, f"-env:UserInstallation={Path(folder.name).as_uri()}"


def resaved(data, *ways):
    """The bytes of an .xlsx after LibreOffice saved it in each of the formats, one after the other."""
    suffix = "xlsx"
    for to in ways:
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder) / f"in.{suffix}", Path(folder) / "out"
            source.write_bytes(data)
            order = [SOFFICE, profile()[1], "--headless", "--convert-to", FILTERS[to], "--outdir", str(out), str(source)]
            done = subprocess.run(order, capture_output=True, text=True, timeout=300)
            suffix = FILTERS[to].partition(":")[0]
            assert (out / f"in.{suffix}").exists(), done.stdout + done.stderr
            data = (out / f"in.{suffix}").read_bytes()
    return data


def dressed(data, days=None):
    """The workbook with what people put on: wide and hidden columns, frozen panes, a filter, a comment, a colour of the tab.

    days: the format that shows its dates, where another than its own is wanted.
    """
    book = load_workbook(BytesIO(data))
    page = book.active
    last = get_column_letter(page.max_column)
    page.column_dimensions["B"].width, page.column_dimensions[last].hidden = 32, True
    page.freeze_panes, page.sheet_properties.tabColor = "C3", "00FF8800"
    page.auto_filter.ref = page.dimensions
    page.cell(page.max_row, 1).comment = Comment("核对过", "小陶")
    for cell in (cell for row in page.iter_rows() for cell in row if days and isinstance(cell.value, date)):
        cell.number_format = days
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_libreoffice(*ways, sources=("WPS by hand", "openpyxl", "xlsxwriter"), days=None, name="无标题 1.xlsx"):
    """A make: a workbook of another make, dressed, opened and saved again."""

    def make(header, rows, dice):
        _name, data = makes.MAKES[dice.choice(sources)](header, rows, dice)
        return name, resaved(dressed(data, days), *ways)

    return make


# A text table keeps what the cells show. A code under a number format or a price with its sign is no longer what was typed, and the contract
# wants 2026/9/22 in a text table remarked (as it is of Excel's): only what shows its own value is clean there.
SHOWN = {"sources": ("WPS by hand",), "days": "yyyy-mm-dd"}
MAKES = {
    "LibreOffice": by_libreoffice("xlsx"), "LibreOffice, from .xls": by_libreoffice("xls", "xlsx"), "LibreOffice, from .ods": by_libreoffice("ods", "xlsx"),
    "LibreOffice, GBK text": by_libreoffice("gbk", **SHOWN, name="台账.csv"), "LibreOffice, UTF-8 text": by_libreoffice("utf-8", **SHOWN, name="台账.csv"),
    "LibreOffice, UTF-16 text": by_libreoffice("utf-16", **SHOWN, name="台账.txt"),
} if SOFFICE else {}  # fmt: skip
OTHERS = {"xls": "XLS/ET", "ods": "OpenDocument", "fods": "OpenDocument"}  # saved in these it is refused, with the way out
