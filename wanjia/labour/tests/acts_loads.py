"""How each act of the labour register is tried."""

from collections import Counter
from datetime import date

from wanjia.kernel.tests.tried import MONDAY, Tried

from ..loading import commands
from ..loading.building import Built

DAY = date(2026, 11, 2)
FILE = {"digest": "0" * 64, "size": 10, "name": "名册.csv", "as_of": DAY}
FACTS = {"rows": 0, "rows_ok": 0, "rows_refused": 0, "chunk_rows": 10, "findings": {}}


def begun(w):
    """A load of which nothing is judged yet."""
    return {"load_id": commands.begin_load(**FILE, by=w.analyst, at=MONDAY).pk}


def judged(w):
    """A load that is being written."""
    load = begun(w)
    commands.judge_load(**load, facts=FACTS, by=w.analyst, at=MONDAY)
    return load


def part(number=0):
    """A part without a row."""
    return Built(number, 2, 2, {}, {}, {"rows": 0}, (Counter(), Counter(), Counter()), "i1:0", [])


ACTS = {
    "labour.begin_load": Tried("analyst", lambda w: dict(FILE), {"size": 11}),
    "labour.judge_load": Tried("analyst", lambda w: begun(w) | {"facts": FACTS}, {"facts": FACTS | {"rows_refused": 1}}),
    "labour.load_chunk": Tried("analyst", lambda w: judged(w) | {"built": part()}, {"built": part(1)}),
    "labour.finish_load": Tried("analyst", lambda w: judged(w) | {"counts": {}}, {"counts": {"rows": 1}}),
}
