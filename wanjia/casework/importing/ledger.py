"""Accepted rows of the ledger workbook → needs, through the function that replays them.

A row that is a need already is left alone: by this very file and row, by our own number (编号), or because the same person of
the same village said the same thing on the same day, as when the office corrects some cells and sends its workbook again.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Area
from wanjia.orgs.scope import in_reach
from wanjia.registry.duties import Duty
from wanjia.registry.importing.brought import Import, add
from wanjia.sheets.values import DATE

from ..exporting.known import known_rows
from ..models import Need
from . import looking
from .commands import take_rows
from .queries import children_named
from .reading import facts_of
from .template import NEEDS

DATES = [column.name for column in NEEDS.columns if column.kind is DATE]


def apply(rows, upload, by, at):
    """Take a chunk of ledger rows; returns "new" or "same" for each."""
    villages = Area.objects.in_bulk({row.village_code for row in rows})
    there = _There(upload, rows, by)
    results = ["same" if there.has(row) else "new" for row in rows]
    fresh = [row for row, result in zip(rows, results, strict=True) if result == "new"]
    take_rows([(villages[row.village_code], _values(row), row.number) for row in fresh], source_file=upload.digest, by=by, at=at)
    return results, {"needs_new": len(fresh), "needs_same": len(rows) - len(fresh)}


def _values(row):
    """Return what the judge read, its days as days."""
    return {**row.content, **{name: date.fromisoformat(row.content[name]) for name in DATES if row.content.get(name)}}


def tell(rows, upload, by, at, memory):
    """Note how many rows would become needs, how many are needs already, and which children they name as those who ask."""
    memory.setdefault("met", set()).update(children_named(rows))
    there = _There(upload, rows, by)
    same = sum(there.has(row) for row in rows)
    add(memory, needs_new=len(rows) - same, needs_same=same)


class _There:
    """The needs that rows of one chunk may already be, in three queries."""

    def __init__(self, upload, rows, by):
        here = Need.objects.filter(source_file=upload.digest, source_row__in=[row.number for row in rows])
        self.rows = set(here.values_list("source_row", flat=True))
        numbers = {row.content["编号"] for row in rows if row.content.get("编号")}
        # A number of another place's ledger is no number here: the answer would say that there is such a need.
        mine = in_reach(by, area="village_id", duty=Duty.IMPORT)
        self.numbers = set(Need.objects.filter(mine, number__in=numbers).values_list("number", flat=True))
        # Only needs that came from another ledger file: two rows of one file that read alike are two needs.
        others = Need.objects.exclude(source_file__in=["", upload.digest]).filter(
            village__in={row.village_code for row in rows}, requester_name__in={row.content["诉求人"] for row in rows}
        )
        self.said = set(others.values_list("village_id", "requester_name", "recorded_on", "summary"))

    def has(self, row):
        """Tell whether this row is a need already."""
        facts = facts_of(row.content)
        said = (row.village_code, facts["requester_name"], date.fromisoformat(row.content["登记时间"]), facts["summary"])
        return row.number in self.rows or row.content.get("编号") in self.numbers or said in self.said


IMPORT = Import(
    NEEDS, _("困难诉求清单台账"), apply, tell, counts={"needs_new": _("新登记诉求"), "needs_same": _("已在台账的诉求")}, quiet=frozenset({"needs_same"}),
    know=known_rows, look=looking.begin,
)  # fmt: skip
