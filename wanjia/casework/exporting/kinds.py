"""The ledger of needs as an export, as the engine of exports takes it."""

from wanjia.reporting.kinds import ExportKind

from ..states import ExportKind as K
from . import queries
from .columns import HEADER, SENSITIVE
from .forms import AskNeeds, Question

NEEDS = ExportKind(
    K.NEEDS, K.NEEDS.label, AskNeeds, "", asks=tuple(Question.base_fields), sensitive=tuple(SENSITIVE), place="area", rows=queries.rows,
    phrased=queries.phrased, header=lambda _export: HEADER, lines=queries.lines, sheet=queries.NAME, named=queries.named, title=queries.title,
    beyond=queries.beyond, at=("ask", "ask_export"),
)  # fmt: skip
