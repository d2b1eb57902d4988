"""Each export, held against its lines in the journal: who agreed and to what is why a sheet with telephones leaves, and only acts write it."""

from wanjia.kernel.models import Entry
from wanjia.orgs.checking.reading import against, live_rows

from ..models import Export

COLUMNS = ("pk", "state", "kind", "rows", "columns", "asked_by_id", "decided_by_id")
ASKED = {"of": "kind", "columns": "columns"}


def faults(_day):
    """Yield (export, column, is, should) for every export that is otherwise than its lines say. Older lines say less."""
    yield from against("export", live_rows(Export, COLUMNS), _told())


def _told():
    told = {}
    lines = Entry.objects.filter(subject="reporting.export").order_by("seq")
    for pk, act, after, by, detail in lines.values_list("subject_id", "act", "after", "by_id", "detail").iterator(chunk_size=1000):
        one = told.setdefault(pk, {"decided_by_id": None})
        if act == "export.ask":
            one |= {"asked_by_id": by and str(by)} | {column: detail[name] for name, column in ASKED.items() if name in detail}
        elif act in ("export.approve", "export.refuse"):
            one["decided_by_id"] = by and str(by)
        one |= {"state": after} | ({"rows": detail["rows"]} if "rows" in detail else {})
    return told
