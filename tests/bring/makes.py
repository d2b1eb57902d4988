"""Clean workbooks of many makes: what the programs that offices use write, with values known by construction.

A make takes a header, rows of texts and dice, and returns (file name, bytes). Dates are given as 2010-03-05, numbers as digits;
a make may store them as dates and numbers, as its program would. Nothing in such a file may be refused, remarked upon or changed.
(A telephone number kept as a number is not clean: the contract of hostile files wants it remarked.)
"""

import csv
import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

EPOCH = date(1899, 12, 30)
DAYS = ("出生日期", "登记时间", "交办时间", "办理时限")
NUMBERS = ("月收入", "金额")
DATE_FORMATS = ("yyyy-mm-dd", "yyyy/m/d", "yyyy/m/d;@", 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"d"日";@', "[$-804]yyyy/m/d", "yyyy\\-mm\\-dd", "m/d/yyyy")
NUMBER_FORMATS = ("General", "0", "0.00", "#,##0", "#,##0.00", "¥#,##0.00", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ')
TEXT_FORMAT = "@"


def typed(column, text):
    """A value as a program takes what a person types: a date, a number, or what is neither as text."""
    try:
        if column in DAYS:
            return date.fromisoformat(text)
        return (float(text) if "." in text else int(text)) if column in NUMBERS else text
    except ValueError:
        return text


def by_xlsxwriter(header, rows, dice):
    """Python's report writer: shared strings, dates and numbers typed or all as text."""
    buffer, plain = io.BytesIO(), dice.random() < 0.4
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "constant_memory": dice.random() < 0.3})
    page = book.add_worksheet(dice.choice(["Sheet1", "台账", "导出数据"]))
    day, number, text = (book.add_format({"num_format": code}) for code in (dice.choice(DATE_FORMATS), dice.choice(NUMBER_FORMATS), TEXT_FORMAT))
    for at, line in enumerate([header, *rows]):
        for column, value in enumerate(line):
            value = value if at == 0 or plain else typed(header[column], value)
            if value == "":
                continue
            if isinstance(value, date):
                page.write_datetime(at, column, value, day)
            elif isinstance(value, str):
                page.write_string(at, column, value, text)
            else:
                page.write_number(at, column, value, number)
    book.close()
    return "导出.xlsx", buffer.getvalue()


def by_openpyxl(header, rows, dice):
    """A script of the county's own, with the formatting that people put on: widths, colours, frozen panes, filters, borders."""
    book = openpyxl.Workbook(write_only=dice.random() < 0.3)
    page = book.create_sheet("数据") if book.write_only else book.active
    page.freeze_panes = "B2"
    day, number, coded = dice.choice(DATE_FORMATS), dice.choice(NUMBER_FORMATS), dice.random() < 0.5
    if book.write_only:
        for line in [header, *rows]:
            page.append([value or None for value in line])
    else:
        for at, line in enumerate([header, *rows], 1):
            for column, value in enumerate(line, 1):
                value = value if at == 1 else typed(header[column - 1], value)
                cell = page.cell(at, column, None if value == "" else value)
                cell.border = Border(*[Side(style="thin")] * 4)
                cell.alignment = Alignment(wrap_text=True)
                if at == 1:
                    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFDDEEFF")
                elif isinstance(value, date):
                    cell.number_format = day
                elif header[column - 1] == "户编号" and value[:2] == "XS" and value[2:].isdigit() and coded:
                    cell.value, cell.number_format = int(value[2:]), '"XS"00000'
                elif value != "":
                    cell.number_format = TEXT_FORMAT if isinstance(value, str) else number
        page.auto_filter.ref = page.dimensions
    buffer = io.BytesIO()
    book.save(buffer)
    return "名单.xlsx", buffer.getvalue()


def by_wps(header, rows, dice):
    """WPS by hand: a merged title, a line of who fills it in, text marks (quotePrefix), rows formatted far below, validation, notes."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = dice.choice(["Sheet1", "台账", "家庭信息"])
    above = dice.choice([0, 1, 2])
    if above:
        page["A1"] = dice.choice(["永善县细沙乡登记表", "二〇二六年台账", "附件1"])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
    if above > 1:
        page["A2"] = "填报单位:细沙乡人民政府"
    for at, line in enumerate([header, *rows], above + 1):
        for column, value in enumerate(line, 1):
            value = value if at == above + 1 else typed(header[column - 1], value)
            cell = page.cell(at, column, None if value == "" else value)
            cell.quotePrefix = isinstance(value, str) and value.isdigit()
            if isinstance(value, date):
                cell.number_format = dice.choice(DATE_FORMATS[1:5])
    for at in range(len(rows) + above + 2, len(rows) + above + 60):  # a table ruled far beyond its last row
        for column in range(1, len(header) + 1):
            page.cell(at, column).border = Border(*[Side(style="thin")] * 4)
    page.add_data_validation(openpyxl.worksheet.datavalidation.DataValidation(type="list", formula1='"男,女"', sqref=f"D2:D{len(rows) + 60}"))
    page.column_dimensions[get_column_letter(2)].width = 24
    book.properties.creator = "WPS 表格"
    buffer = io.BytesIO()
    book.save(buffer)
    return dice.choice(["汇总表.xlsx", "工作簿1.xlsx", "副本(2).xlsx"]), buffer.getvalue()


CONTENT_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>{more}</Types>'
RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
REL = '<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(sheet, *, absolute=False, prefix="", strings=None, styles=None):
    """A package around one sheet's XML, as a program writes it by itself."""
    x = prefix
    declared = f'xmlns:{x[:-1]}="{MAIN}"' if x else f'xmlns="{MAIN}"'
    root = "/xl/" if absolute else ""
    rels = [REL.format(id="rId1", kind="worksheet", target=f"{root}worksheets/sheet1.xml")]
    parts = {}
    more = ""
    if strings:
        rels.append(REL.format(id="rId2", kind="sharedStrings", target=f"{root}sharedStrings.xml"))
        parts["xl/sharedStrings.xml"] = strings
    if styles:
        rels.append(REL.format(id="rId3", kind="styles", target=f"{root}styles.xml"))
        parts["xl/styles.xml"] = styles
    parts |= {
        "[Content_Types].xml": CONTENT_TYPES.format(more=more),
        "_rels/.rels": RELS.format(REL.format(id="rId1", kind="officeDocument", target="/xl/workbook.xml" if absolute else "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": RELS.format("".join(rels)),
        "xl/workbook.xml": f'<?xml version="1.0"?><{x}workbook {declared} xmlns:r="{R}"><{x}sheets><{x}sheet name="Sheet1" sheetId="1" r:id="rId1"/></{x}sheets></{x}workbook>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="utf-8"?><{x}worksheet {declared}>{sheet}</{x}worksheet>',
    }  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return buffer.getvalue()


def cells_of(line, at, draw):
    return "".join(draw(f"{get_column_letter(column)}{at}", column - 1, value) for column, value in enumerate(line, 1) if value != "")


def by_dotnet(header, rows, dice):
    """.NET exporters: inline strings, elements under a prefix, absolute targets; some leave out the references of cells."""
    prefix, bare = dice.choice(["", "x:"]), dice.random() < 0.3

    def draw(where, _column, value):
        place = "" if bare else f' r="{where}"'
        return f'<{prefix}c{place} t="inlineStr"><{prefix}is><{prefix}t xml:space="preserve">{escape(value)}</{prefix}t></{prefix}is></{prefix}c>'

    def whole(line, at):  # without references every cell must be there, the blank ones too
        return "".join(draw("", n, v) for n, v in enumerate(line)) if bare else cells_of(line, at, draw)

    lines = "".join(f"<{prefix}row>{whole(line, at)}</{prefix}row>" if bare else f'<{prefix}row r="{at}">{whole(line, at)}</{prefix}row>' for at, line in enumerate([header, *rows], 1))
    return "ExportData.xlsx", package(f"<{prefix}sheetData>{lines}</{prefix}sheetData>", absolute=dice.random() < 0.6, prefix=prefix)


def by_libreoffice_hand(header, rows, dice):
    """As LibreOffice writes: styles on every cell, dates as styled numbers, rich text and phonetic-free strings, columns to the last one."""
    formats = ("GENERAL", dice.choice(["yyyy\\-mm\\-dd", "yyyy/mm/dd;@", "[$-804]yyyy\"年\"m\"月\"d\"日\";@"]), "@")
    styles = (f'<?xml version="1.0"?><styleSheet xmlns="{MAIN}"><numFmts count="3">' + "".join(f'<numFmt numFmtId="{164 + n}" formatCode="{escape(f, {chr(34): "&quot;"})}"/>' for n, f in enumerate(formats))
              + '</numFmts><cellXfs count="3">' + "".join(f'<xf numFmtId="{164 + n}" applyNumberFormat="true"/>' for n in range(3)) + "</cellXfs></styleSheet>")  # fmt: skip
    texts = {}

    def draw(where, column, value):
        kind = typed(header[column], value) if not where.endswith("1") or where[-2:-1].isdigit() else value
        if isinstance(kind, date):
            return f'<c r="{where}" s="1" t="n"><v>{(kind - EPOCH).days}</v></c>'
        if not isinstance(kind, str):
            return f'<c r="{where}" s="0" t="n"><v>{kind}</v></c>'
        return f'<c r="{where}" s="2" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'

    lines = "".join(f'<row r="{at}" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false">{cells_of(line, at, draw)}</row>' for at, line in enumerate([header, *rows], 1))
    strings = f'<?xml version="1.0"?><sst xmlns="{MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">' + "".join(f'<si><t xml:space="preserve">{escape(t)}</t></si>' if dice.random() < 0.8 else f"<si><r><t>{escape(t[:1])}</t></r><r><rPr><b/></rPr><t>{escape(t[1:])}</t></r></si>" for t in texts) + "</sst>"
    sheet = f'<sheetPr filterMode="false"/><dimension ref="A1:{get_column_letter(len(header))}{len(rows) + 1}"/><cols><col collapsed="false" hidden="false" max="16384" min="1" style="0" width="11.52"/></cols><sheetData>{lines}</sheetData>'
    return "无标题 1.xlsx", package(sheet, strings=strings, styles=styles)


def by_web_exporter(header, rows, dice):
    """Libraries of web pages: every cell a formula-less string (t="str"), no styles, no dimension."""
    def draw(where, _column, value):
        return f'<c r="{where}" t="str"><v>{escape(value)}</v></c>'

    lines = "".join(f'<row r="{at}">{cells_of(line, at, draw)}</row>' for at, line in enumerate([header, *rows], 1))
    return "table.xlsx", package(f"<sheetData>{lines}</sheetData>", absolute=dice.random() < 0.3)


def text_of(header, rows, dice, *, delimiter=",", quoting=csv.QUOTE_MINIMAL, end="\r\n"):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows([header, *rows])
    return buffer.getvalue()


def text_table(codec, *, mark=b"", delimiter=None, name="导出.csv"):
    """A maker of text tables in one encoding; quoting, delimiter and line ends as different programs have them."""

    def make(header, rows, dice):
        text = text_of(
            header, rows, dice, delimiter=delimiter or dice.choice([",", ",", ";", "\t"]),
            quoting=dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), end=dice.choice(["\r\n", "\n"]),
        )  # fmt: skip
        return name, mark + text.encode(codec)

    return make


def by_excel_formula_text(header, rows, dice):
    """Web systems that keep codes as text for Excel: ="…" around digits, in GBK or UTF-8."""
    kept = [[f'="{value}"' if value.isdigit() else value for value in line] for line in rows]
    return "export.csv", text_of(header, kept, dice).encode(dice.choice(["gb18030", "utf-8-sig"]))


MAKES = {
    "xlsxwriter": by_xlsxwriter, "openpyxl": by_openpyxl, "WPS by hand": by_wps, ".NET": by_dotnet, "as LibreOffice writes": by_libreoffice_hand,
    "web page": by_web_exporter, "GBK text": text_table("gbk"), "GB18030 text": text_table("gb18030", name="导出.txt"),
    "UTF-8 text": text_table("utf-8"), "UTF-8 text with mark": text_table("utf-8", mark=b"\xef\xbb\xbf"),
    "UTF-16 text": text_table("utf-16-le", mark=b"\xff\xfe", delimiter="\t", name="Unicode文本.txt"),
    "UTF-16 text, big end first": text_table("utf-16-be", mark=b"\xfe\xff", delimiter="\t", name="Unicode文本.txt"),
    'text with ="…"': by_excel_formula_text,
}  # fmt: skip
