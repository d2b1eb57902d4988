"""Aid held against its decisions: none ended without a hearing, none heard by who proposed it, none decided by one who had a part."""

from datetime import date, timedelta

from wanjia.kernel.calendar import today
from wanjia.kernel.erasure import is_emptied
from wanjia.kernel.models import Entry
from wanjia.orgs.checking.reading import against, live_rows
from wanjia.policy import aid

from ..models import AidCut, AidRefusal, CutKind, DatedStatus, UrgentAid
from ..states import CutState
from .queries import ended_aid

COLUMNS = ("pk", "state", "status_id", "kind", "ground", "proposed_by_id", "heard_by_id", "decided_by_id", "served_by_id", "effective_on", "level", "village_id")
STEPS = {
    "aid.hear": "heard_by_id", "aid.leave": "heard_by_id", "aid.cut": "decided_by_id", "aid.keep": "decided_by_id", "aid.serve": "served_by_id",
}  # fmt: skip
# Grounds on which nobody was to be heard before that somebody moved rested on his own word too.
ONCE_UNHEARD = ("died", "moved")
CLOCKED = ("aid.climbed", "aid.recount")


def faults(_day):
    """Yield (what, column, is, should) of everything about aid that does not follow from a written decision."""
    yield from _moved()
    yield from _ended()
    yield from _decided()
    yield from against("aid", live_rows(AidCut, COLUMNS), _told())
    yield from against("refusal", live_rows(AidRefusal, ("pk", "decided_by_id", "served_on", "served_by_id", "level")), _papers("aid.refuse", "aid.refusal_serve"))
    yield from against("urgent", live_rows(UrgentAid, ("pk", "due_on", "papers_on", "papers_by_id", "level")), _papers("aid.urgent", "aid.papers"))


def _moved():
    """Yield what a home holds that was recorded for another one and never went there by an act: whoever moves it takes the money."""
    told, acts = {}, ("status.record", "household.aid_comes")
    lines = Entry.objects.filter(subject__in=("registry.household", "registry.person"), act__in=acts).order_by("seq").values_list("subject", "subject_id", "detail")
    for subject, pk, detail in lines.iterator(chunk_size=1000):
        told[detail.get("status")] = pk if subject == "registry.household" else None
    for pk, home in DatedStatus.objects.order_by("pk").values_list("pk", "household").iterator(chunk_size=1000):
        if told.get(str(pk), home and str(home)) != (home and str(home)):
            yield str(pk), "status.household", home, told[str(pk)]


def _ended():
    told = {}
    for cut in AidCut.objects.filter(state=CutState.SERVED, kind=CutKind.END, effective_on__isnull=False):
        told[cut.status_id] = cut.effective_on
    for status in ended_aid().iterator(chunk_size=1000):
        by_itself = status.to_on <= today(status.recorded_at) and not status.end_reason  # history, written down when it was over already
        should = told.pop(status.pk, None)
        if should is None and not by_itself:
            yield str(status.pk), "status.to_on", status.to_on, "a hearing and a decision before it ends"
        elif should is not None and should != status.to_on:
            yield str(status.pk), "status.to_on", status.to_on, should
    for pk, is_ in DatedStatus.objects.filter(pk__in=told).values_list("pk", "to_on"):  # after a death it may have ended before the law came
        if is_ != told[pk]:
            yield str(pk), "status.to_on", is_ or "goes on", told[pk]


def _told():
    """Return {proposal: {column: value}} as the acts left them: who did which step, and from when the aid ends."""
    told = {}
    lines = Entry.objects.filter(subject="registry.aidcut").order_by("seq")
    for pk, act, after, by, area, detail in lines.values_list("subject_id", "act", "after", "by_id", "area_code", "detail").iterator(chunk_size=1000):
        by = str(by) if by else None
        if act == "aid.propose":
            told[pk] = dict.fromkeys(COLUMNS[2:]) | {"level": 0, "village_id": area, "proposed_by_id": by, "status_id": detail["status"], "ground": detail["ground"], "kind": detail.get("cut")}
        elif act in STEPS:
            told[pk][STEPS[act]] = by
        if act == "aid.cut" or (act == "aid.serve" and "effective_on" in detail):
            told[pk]["effective_on"] = detail["effective_on"]
        elif act == "aid.serve" and told[pk]["effective_on"] and told[pk]["ground"] not in ONCE_UNHEARD:
            told[pk]["effective_on"] = max(told[pk]["effective_on"], (date.fromisoformat(detail["on"]) + timedelta(days=1)).isoformat())
        if act == "aid.climbed":
            told[pk]["level"] = detail["level"]
        elif act == "aid.moved":
            told[pk] |= {"village_id": area, "level": 0 if "anew" in detail else told[pk]["level"]}
        if after:
            told[pk] |= {"state": after, "level": 0}
    return told


def _papers(begun, done):
    """Return {row: {column: value}} of what waits until it is done: a refusal to be handed over, papers to be made up."""
    told, refused = {}, begun == "aid.refuse"
    names = ("served_on", "served_by_id") if refused else ("papers_on", "papers_by_id")
    lines = Entry.objects.filter(subject="registry.aidrefusal" if refused else "registry.urgentaid", act__in=(begun, done, *CLOCKED)).order_by("seq")
    for pk, act, by, detail in lines.values_list("subject_id", "act", "by_id", "detail"):
        by = str(by) if by else None
        if act == begun:
            first = {"decided_by_id": by} if refused else {"due_on": detail["due_on"]}
            told[pk] = first | dict.fromkeys(names) | {"level": 0}
        elif act == "aid.climbed":
            told[pk]["level"] = detail["level"]
        elif act == "aid.recount":
            told[pk] |= {} if refused else {"due_on": detail["due_on"]}
        else:
            told[pk] |= dict(zip(names, (detail["on"], by)))
    return told


def _decided():
    unheard = set(Entry.objects.filter(subject="registry.aidcut", act="aid.propose", after=CutState.HEARD).values_list("subject_id", flat=True))
    for cut in AidCut.objects.exclude(state__in=(CutState.PROPOSED, CutState.DROPPED)).iterator(chunk_size=1000):
        heard, rule = cut.why.heard and str(cut.pk) not in unheard, aid.in_force(today(cut.proposed_at))
        if heard and not (cut.heard_by_id and cut.heard_on):
            yield str(cut.pk), "aid.heard_on", "nobody was heard", "a hearing"
        if heard and cut.left and not rule.sought_enough(cut.missed_on, cut.noted_at):
            yield str(cut.pk), "aid.tries", len(cut.tries), f"{rule.tries} on {rule.days} days"
        if cut.state == CutState.SERVED and cut.decided_by_id in (None, cut.proposed_by_id, cut.heard_by_id):
            yield str(cut.pk), "aid.decided_by", cut.decided_by_id, "a third person"
        if cut.why.document and not cut.document and not is_emptied(cut):
            yield str(cut.pk), "aid.document", "none", "a document"
        if cut.state == CutState.SERVED and heard and cut.effective_on and cut.effective_on <= cut.served_on:
            yield str(cut.pk), "aid.effective_on", cut.effective_on, f"after {cut.served_on}"
