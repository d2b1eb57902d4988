"""The list of rechecks and the findings held against lines and journal: nobody is put on it or taken off by hand, no finding goes."""

from collections import defaultdict

from wanjia.kernel.models import Entry

from ..looking import CONCLUDED, looked
from ..models import Finding, FindingNeed, Need, Recheck, Step
from ..states import NeedState, RecheckFor

LOOKING = ("need.recheck", "need.recheck_missed", "need.dispute")


def faults(_day):
    """Yield (what, column, is, should) for everything of honest closing that does not follow from lines and journal."""
    yield from _listed()
    yield from _looked()
    yield from _findings()
    yield from _again()


def _listed():
    """A need on the list has a reason and a day, and was called back; one with a reason of the clock's has its line."""
    rows = Need.objects.exclude(recheck_for="", recheck_due_on=None)
    for number, state, why, due in rows.values_list("number", "state", "recheck_for", "recheck_due_on"):
        if not why or due is None:
            yield number, "recheck_for", why or "none", "a reason and a day"
        if state not in (*CONCLUDED, NeedState.DONE_REPORTED) or (state == NeedState.DONE_REPORTED and why != RecheckFor.PATTERN):
            yield number, "recheck_for", why, f"none while {state}"


def _looked():
    """What each recheck says, how, in which round and in whose name, the journal's line of it says too; of before 1.0 it does not."""
    rows = {one.pk: one for one in Recheck.objects.select_related("need")}
    for detail in Entry.objects.filter(subject="casework.need", act__in=LOOKING, detail__has_key="looked").values_list("detail__looked", flat=True):
        row = rows.get(detail["id"])
        is_ = row and looked(row)
        if is_ != detail:
            yield row.need.number if row else str(detail["id"]), "recheck", is_ or "gone", detail


def _findings():
    """Each finding is what the journal saw noted; each need called for it has its line, and each such line its finding."""
    kept = defaultdict(list)
    for finding, need, rule, called, turn in FindingNeed.objects.values_list("finding", "need", "rule", "called", "round"):
        kept[str(finding)].append((str(need), rule, called, turn))
    told = {one.subject_id: one.detail | {"at": one.at} for one in Entry.objects.filter(subject="casework.finding", act="finding.note")}
    for one in Finding.objects.all():
        detail, rows = told.pop(str(one.pk), None), kept.pop(str(one.pk), [])
        is_ = {"rule": one.rule, "unit": str(one.unit_id), "at": one.at, "facts": one.facts, "needs": sorted(need for need, *_rest in rows)}
        is_ |= {"called": sorted(need for need, _rule, called, _turn in rows if called)}
        is_ |= {"rounds": {need: turn for need, _rule, _called, turn in rows}} if detail is None or "rounds" in detail or any(row[3] for row in rows) else {}
        should = detail and {name: sorted(detail[name]) if name in ("needs", "called") else detail.get(name) for name in is_}
        if is_ != should or {rule for _need, rule, *_rest in rows} - {one.rule}:
            yield str(one.pk), "finding", is_, should or "a line of the journal"
    yield from ((key, "finding", "gone", detail) for key, detail in told.items())
    yield from _called()


def _called():
    lines = set()
    for need, changed in Step.objects.filter(act="recheck_called", changed__has_key="finding").values_list("need", "changed"):
        lines.add((str(need), changed["finding"]))
    rows = {(str(need), str(finding)) for need, finding in FindingNeed.objects.filter(called=True).values_list("need", "finding")}
    names = dict(Need.objects.filter(pk__in={need for need, _finding in lines ^ rows}).values_list("pk", "number"))
    for need, finding in sorted(lines ^ rows):
        number = next((number for pk, number in names.items() if str(pk) == need), need)
        yield number, "recheck_called", "a line" if (need, finding) in lines else "none", "a finding's need and its line"


def _again():
    """What a need says of an earlier one stands on both: the link on the later, the line on the earlier."""
    links = {(str(earlier), str(later)) for earlier, later in Need.objects.filter(follows__isnull=False).values_list("follows", "pk")}
    lines = {(str(need), changed.get("said_again")) for need, changed in Step.objects.filter(act="contradicted").values_list("need", "changed")}
    for earlier, later in sorted(links ^ lines, key=str):
        yield later, "follows", "a link" if (earlier, later) in links else "a line", "both"
