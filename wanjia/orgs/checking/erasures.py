"""Every erased row has its line, and every line its act in the journal: nobody empties history, or says it was, alone."""

from collections import defaultdict

from django.apps import apps

from wanjia.kernel import journal
from wanjia.kernel.erasure import WORD, digest, key_of, of
from wanjia.kernel.models import ErasureLine
from wanjia.sealing.fields import EncryptedText


def faults(_day):
    """Yield (what, column, is, should) for an erasure without its act, an act without its lines, an erased text without a line."""
    lines, told = defaultdict(list), {}
    for line in ErasureLine.objects.iterator(chunk_size=1000):
        lines[str(line.order)].append(line)
    for detail in journal.erasures().values_list("detail", flat=True):
        if "order" in detail:
            told[detail["order"]] = detail["lines"]
    for order in sorted(lines.keys() | told.keys()):
        is_, should = digest(lines.get(order, ())), told.get(order, "no line of the journal orders it")
        if is_ != should:
            yield f"erasure {order}", "lines", is_, should
    known = {(line.table, line.row) for some in lines.values() for line in some}
    for model in apps.get_models():
        for name, where in of(model).held.items():
            yield from _unordered(model._base_manager.filter(**{name: ""}, **where), name, known)
        for name in of(model).word:
            if not isinstance(model._meta.get_field(name), EncryptedText):
                yield from _unordered(model._base_manager.filter(**{name: WORD}), name, known, WORD)


def _unordered(rows, name, known, is_=""):
    table = rows.model._meta.db_table
    for pk in rows.order_by().values_list("pk", flat=True):
        if (table, key_of(pk)) not in known:
            yield f"{table} {pk}", name, is_, "no erasure names this row"
