"""Accepted rows of the ledger workbook → needs, through the command that replays one row."""

from datetime import date

from wanjia.orgs.models import Area
from wanjia.sheets.templates import NEEDS

from ..models import Need
from .commands import take_ledger_row

DATES = [column.name for column in NEEDS.columns if column.kind == "date"]


def apply(rows, upload, by, at):
    """Take a chunk of ledger rows; a row of this very file that is a need already is "same"."""
    known = set(Need.objects.filter(source_file=upload.digest).values_list("source_row", flat=True))
    villages = Area.objects.in_bulk({row.village_code for row in rows})
    results = []
    for row in rows:
        if row.number in known:
            results.append("same")
            continue
        values = {**row.content, **{name: date.fromisoformat(row.content[name]) for name in DATES if row.content.get(name)}}
        take_ledger_row(
            village=villages[row.village_code], values=values, source_file=upload.digest, source_row=row.number, by=by, at=at
        )
        results.append("new")
    return results, {"needs_new": results.count("new"), "needs_same": results.count("same")}
