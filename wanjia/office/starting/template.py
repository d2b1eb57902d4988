"""The empty workbook that an office fills in: three sheets with their columns, and the words that count."""

import io

import xlsxwriter

from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.sheets.template import SKIP
from wanjia.sheets.values import NOTE

from .people import SHEETS

CHOICES = {"层级": Tier, "条线": Line, "角色": Role}
TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook():
    """Return the workbook as XLSX bytes. Cells with few right words offer them in a list."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **TEXTS})
    bold, text = book.add_format({"bold": True, "bg_color": "#E6F4FF", "border": 1}), book.add_format({"num_format": "@"})
    for sheet, template in SHEETS.items():
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        for place, column in enumerate(column for column in template.columns if column.kind not in (SKIP, NOTE)):
            page.set_column(place, place, max(14, 2 * len(column.name) + 4), text)
            page.write_string(0, place, column.name, bold)
            if choice := CHOICES.get(column.name):
                letter = chr(ord("A") + list(CHOICES).index(column.name))
                page.data_validation(1, place, 2000, place, {
                    "validate": "list", "source": f"=可填的词!${letter}$2:${letter}${len(choice) + 1}", "error_type": "warning",
                })  # fmt: skip
    words = book.add_worksheet("可填的词")
    for place, (name, choice) in enumerate(CHOICES.items()):
        words.set_column(place, place, 20)
        words.write_string(0, place, name + " 可填", bold)
        for row, label in enumerate(choice.labels, 1):
            words.write_string(row, place, str(label))
    book.close()
    return buffer.getvalue()
