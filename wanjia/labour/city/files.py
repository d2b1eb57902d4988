"""The invented city's files: CSV in UTF-8 or GB18030, Parquet, XLSX. Each says in its name, and in each of its rows, that nobody in it exists."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import polars as pl

from .rows import HEADER, MARK

XLSX_ROWS = 1_048_575  # rows below the header that a sheet holds
SHEET = "虚构劳动力名册"
AT_ONCE = 50_000
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    f'<sheets><sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}  # fmt: skip
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def name_of(what, format, part=""):
    """Return the name of a file. what: a county's six digits or "city"."""
    return f"invented-labour-{what}{part}.{format}"


def write(table, folder, what, format, encoding="utf-8"):
    """Write one county's table; returns [(path, rows)], more than one where a sheet is full."""
    if format == "csv":
        return [_csv(table, folder / name_of(what, format), encoding)]
    if format == "parquet":
        path = folder / name_of(what, format)
        table.write_parquet(path, compression="zstd", compression_level=1, metadata={"wanjia.invented": MARK})
        return [(path, len(table))]
    found = []
    for part, first in enumerate(range(0, len(table), XLSX_ROWS)):
        path = folder / name_of(what, format, f"-{part + 1}" if len(table) > XLSX_ROWS else "")
        rows = table[first : first + XLSX_ROWS]
        write_xlsx(rows, path)
        found.append((path, len(rows)))
    return found


def _csv(table, path, encoding):
    if encoding == "utf-8":
        table.write_csv(path, include_bom=True, line_terminator="\r\n")
        return path, len(table)
    with path.open("wb") as file:
        for first in range(0, max(len(table), 1), AT_ONCE):
            text = table[first : first + AT_ONCE].write_csv(include_header=first == 0, line_terminator="\r\n")
            file.write(text.encode(encoding))
    return path, len(table)


class OneFile:
    """The whole city in one CSV or Parquet, county by county. Use as a context manager; `add` a table at a time."""

    def __init__(self, folder, format, encoding="utf-8"):
        self.path, self.format, self.encoding, self.rows = Path(folder) / name_of("city", format), format, encoding, 0
        self.out = None

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        if self.out is not None:
            self.out.close()

    def add(self, table):
        """Write a county behind those before it."""
        if self.format == "parquet":
            import pyarrow.parquet as pq

            arrow = table.to_arrow(compat_level=pl.CompatLevel.oldest())
            arrow = arrow.replace_schema_metadata({"wanjia.invented": MARK})
            self.out = self.out or pq.ParquetWriter(self.path, arrow.schema, compression="zstd", compression_level=1)
            self.out.write_table(arrow)
        else:
            if self.out is None:
                self.out = self.path.open("wb")
                self.out.write("\ufeff".encode() if self.encoding == "utf-8" else b"")
            for first in range(0, len(table), AT_ONCE):
                text = table[first : first + AT_ONCE].write_csv(include_header=self.rows + first == 0, line_terminator="\r\n")
                self.out.write(text.encode(self.encoding))
        self.rows += len(table)


def write_xlsx(table, path):
    """Write a workbook of one sheet of plain text cells, by columns: a cell at a time would take ten times as long."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in _PARTS.items():
            book.writestr(name, _DECLARED + part)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{_DECLARED}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'.encode())
            sheet.write(("<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(name)}</t></is></c>' for name in HEADER) + "</row>").encode())
            cells = [pl.when(pl.col(name) == "").then(pl.lit("<c/>")).otherwise('<c t="inlineStr"><is><t>' + pl.col(name) + "</t></is></c>") for name in HEADER]
            for first in range(0, len(table), AT_ONCE):
                rows = table[first : first + AT_ONCE].select(("<row>" + pl.concat_str(cells) + "</row>").alias("row"))["row"]
                sheet.write("".join(rows.to_list()).encode())
            sheet.write(b"</sheetData></worksheet>")
