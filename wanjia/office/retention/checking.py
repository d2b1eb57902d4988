"""Every list, held against its rows, the journal and the erasures: nobody agrees to his own, and what was disposed of was on a list."""

from wanjia.kernel.models import Entry, ErasureLine
from wanjia.orgs.checking.reading import against, live_rows

from ..models import Disposal, DisposalOutcome, RetentionHold
from ..models.retention import digest

COLUMNS = ("pk", "state", "by_id", "decided_by_id", "digest", "n")
HELD = ("pk", "state", "ground", "code", "number", "by_id", "decided_by_id")
ENDS = ("disposal.agree", "disposal.decline", "disposal.take_back")


def faults(_day):
    """Yield (what, column, is, should) of a list, a row of it or a hold that is otherwise than its lines say."""
    yield from against("disposal", live_rows(Disposal, COLUMNS), _told_lists())
    yield from against("hold", live_rows(RetentionHold, HELD), _told_holds())
    carried = dict(_lines("office.disposal", ("disposal.carried",)))
    for one in Disposal.objects.order_by("pk"):
        items = list(one.items.all())
        if (found := digest(items)) != one.digest or len(items) != one.n:
            yield f"disposal {one.pk}", "items", f"{len(items)} {found}", f"{one.n} {one.digest}"
        if (one.carried_at is not None) != (str(one.pk) in carried):
            yield f"disposal {one.pk}", "carried_at", one.carried_at, "as the journal tells"
        elif one.carried_at is not None and (left := one.items.filter(outcome=None).count()):
            yield f"disposal {one.pk}", "left", left, 0
    yield from _without_a_line()


def _without_a_line():
    """Yield the rows that are said to be disposed of under an order that emptied nothing of theirs."""
    done = DisposalOutcome.objects.exclude(order=None).select_related("item").order_by("pk")
    known = set(ErasureLine.objects.filter(order__in=done.values("order")).values_list("order", "table", "row"))
    for one in done.iterator(chunk_size=1000):
        if (one.order, one.item.table, one.item.row) not in known:
            yield f"disposal {one.item}", "order", one.order, "no erasure line of it names this row"


def _lines(subject, acts):
    return Entry.objects.filter(subject=subject, act__in=acts).order_by("seq").values_list("subject_id", "detail")


def _told_lists():
    told = {}
    lines = Entry.objects.filter(subject="office.disposal", act__in=("disposal.propose", *ENDS)).order_by("seq")
    for pk, act, after, by, detail in lines.values_list("subject_id", "act", "after", "by_id", "detail"):
        if act == "disposal.propose":
            told[pk] = {"state": after, "by_id": str(by), "decided_by_id": None, "digest": detail["list"], "n": detail["n"]}
        else:
            told[pk] |= {"state": after, "decided_by_id": str(by)}
    return told


def _told_holds():
    told = {}
    lines = Entry.objects.filter(subject="office.retentionhold").order_by("seq")
    for pk, act, after, by, detail in lines.values_list("subject_id", "act", "after", "by_id", "detail"):
        if act == "retention.hold":
            told[pk] = {"state": after, "by_id": str(by), "decided_by_id": None, **{name: detail[name] for name in ("ground", "code", "number")}}
        elif act == "retention.lift":
            told[pk] |= {"state": after, "decided_by_id": str(by)}
    return told
