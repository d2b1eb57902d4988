"""Joint triage held against the timelines and the journal: each decision has its line in its need's, each such line its decision; a session
stands where its acts left it, over the needs that they drew, with who they noted; signed minutes are as signed.
"""

from collections import Counter

from wanjia.kernel.erasure import is_emptied
from wanjia.kernel.models import Entry

from ..models import Decision, Dissent, Minutes, Session, SessionItem, Step
from ..sessions import minutes
from ..states import ItemState, SessionState

LEAVES = {
    "session.call": SessionState.CALLED, "session.hold": SessionState.HELD, "session.sign": SessionState.SIGNED, "session.call_off": SessionState.CALLED_OFF,
}  # fmt: skip
DRAWS = ("session.call", "session.draw", "session.add")
SAYS = {ItemState.DECIDED: "decide", ItemState.PUT_OFF: "put_off"}


def faults(_day):
    """Yield (whose, column, is, should) for everything of sessions that does not follow from lines and journal."""
    yield from _decisions()
    yield from _lines()
    yield from _items()
    yield from _sessions()
    yield from _dissents()
    yield from _minutes()


def _decisions():
    """Each decision has the line that it names, and the hand-over right behind it, to the same unit by the same day."""
    told_until = {(need, n): day for need, n, day in Entry.objects.filter(subject="casework.need", act="need.put_off").values_list("subject_id", "detail__n", "detail__until")}
    for one in Decision.objects.select_related("item", "need").order_by("pk").iterator(chunk_size=1000):
        line, next_ = (Step.objects.filter(need=one.need_id, n=n).first() for n in (one.line, one.line + 1))
        act = "put_off" if one.put_off_on else "decide"
        if line is None or line.act != act or line.changed.get("item") != str(one.item_id):
            yield one.need.number, "decision", f"line {one.line}", f"the line {act} of its item"
        elif line.by_id != one.by_id:  # whoever wrote it down may not sign
            yield one.need.number, "decision.by", one.by_id, line.by_id
        elif one.put_off_on is not None:
            if (until := told_until.get((str(one.need_id), one.line))) != one.put_off_on.isoformat():
                yield one.need.number, "decision", one.put_off_on, until
        else:
            told = (next_ and next_.act, next_ and next_.holder_id, next_ and next_.due_on, next_ and next_.changed.get("helpers"))
            kept = ("assign", one.holder_id, one.due_on, one.helpers)
            if told != kept:
                yield one.need.number, "decision", _spelled(kept), _spelled(told)
            elif (one.urgency, one.difficulty) != (next_.urgency, next_.difficulty):
                yield one.need.number, "decision", f"{one.urgency}/{one.difficulty}", f"{next_.urgency}/{next_.difficulty}"


def _spelled(facts):
    return ", ".join(map(str, facts))


def _lines():
    """Each line of a session in a timeline has its decision."""
    known = set(Decision.objects.values_list("need_id", "line"))
    for need, number, n, act in Step.objects.filter(act__in=SAYS.values()).order_by("pk").values_list("need_id", "need__number", "n", "act"):
        if (need, n) not in known:
            yield number, f"step {n}", act, "the decision of a session"


def _items():
    """An item's state follows from its decision and its session: none waits on an agenda that is closed."""
    for item in SessionItem.objects.select_related("session", "need", "decision").order_by("pk").iterator(chunk_size=1000):
        said = getattr(item, "decision", None)
        if (said is not None) != (item.state in SAYS):
            yield item.need.number, "item", item.state, "a decision" if item.state in SAYS else "no decision"
        elif said and (said.put_off_on is not None) != (item.state == ItemState.PUT_OFF):
            yield item.need.number, "item", item.state, "put_off" if said.put_off_on else "decided"
        if item.state == ItemState.OPEN and item.session.state != SessionState.CALLED:
            yield item.need.number, "item", item.state, f"closed with its session ({item.session.state})"


def _sessions():
    """A session stands as the journal's lines of it say: its state, who ended it and so may not sign, its agenda in order, who came."""
    told = {}
    lines = Entry.objects.filter(subject="casework.session").order_by("seq").values_list("subject_id", "act", "by_id", "area_code", "detail")
    for session, act, by, area, detail in lines:
        told.setdefault(session, []).append((act, by, detail | {"area": area}))
    for one in Session.objects.prefetch_related("items", "seats").order_by("pk"):
        mine = told.get(str(one.pk), [])
        moves = [(LEAVES[act], by) for act, by, _detail in mine if act in LEAVES]
        drawn = [need for act, _by, detail in mine if act in DRAWS for need in detail["needs"]]
        came = [set(detail["came"]) for act, _by, detail in mine if act == "session.attend"]
        called = next((detail | {"called_by": str(by)} for act, by, detail in mine if act == "session.call"), {})
        called |= {name: detail[name] for act, _by, detail in mine if act == "session.take_over" for name in ("called_by", "desk", "said") if name in detail}
        should = {
            "state": moves[-1][0] if moves else None, "kept_by": next((by and str(by) for state, by in moves if state == SessionState.HELD), None),
            "agenda": drawn, "came": came[-1] if came else set(), **{name: called.get(name) for name in ("on", "area", "called_by")},
        }  # fmt: skip
        stands = {
            "state": one.state, "kept_by": one.kept_by_id and str(one.kept_by_id), "agenda": [str(item.need_id) for item in sorted(one.items.all(), key=_n)],
            "came": {str(seat.organisation_id) for seat in one.seats.all() if seat.person}, "on": one.on.isoformat(),
            "area": one.area_id, "called_by": str(one.called_by_id), "desk": one.called_org_id and str(one.called_org_id), "said": one.said,
        }  # fmt: skip
        should |= {name: called[name] for name in ("desk", "said") if name in called}  # whose session it is: lines of before do not say it
        yield from ((str(one.pk), name, _listed(stands[name]), _listed(should[name])) for name in should if stands[name] != should[name])


def _listed(said):
    return said if said is None or isinstance(said, str) else ", ".join(sorted(said) if isinstance(said, set) else said) or "none"


def _n(item):
    return item.n


def _dissents():
    """Each other opinion has the line by which it was written, with the decision or afterwards."""
    kept = Counter((str(item), str(unit)) for item, unit in Dissent.objects.values_list("item", "organisation"))
    after = Entry.objects.filter(subject="casework.sessionitem", act="sessionitem.dissent").values_list("subject_id", "detail__unit")
    within = Decision.objects.values_list("item", "need", "line")
    beside = {(subject, n): unit for subject, n, unit in Entry.objects.filter(subject="casework.need", act="need.decide").values_list("subject_id", "detail__n", "detail__dissent")}
    told = Counter((item, unit) for item, unit in after)
    told += Counter((str(item), unit) for item, need, n in within if (unit := beside.get((str(need), n))))
    numbers = {str(pk): number for pk, number in SessionItem.objects.values_list("pk", "need__number")}
    yield from ((numbers.get(item, item), "dissent", unit, "a line of the act that wrote it") for item, unit in kept - told)
    yield from ((numbers.get(item, item), "dissent", "gone", unit) for item, unit in told - kept)


def _minutes():
    """Minutes say what the rows say, and what the journal's line of their signing bears; a signed session has them."""
    told = {pk: (detail.get("digest"), detail.get("words"))
            for pk, detail in Entry.objects.filter(subject="casework.session", act="session.sign").values_list("subject_id", "detail")}  # fmt: skip
    for one in Minutes.objects.select_related("session__area", "session__called_org", "session__kept_by", "paper"):
        number, now = one.paper.number, minutes.digests(one.session)
        if told.get(str(one.session_id)) != (one.digest, one.words):
            yield number, "journal", one.digest, "the digests that were signed"
        if minutes.digest_of(one.content) != one.digest:
            yield number, "content", minutes.digest_of(one.content), one.digest
        if now["words"] != one.words and not _erased(one.session):
            yield number, "words", now["words"], one.words
        yield from _said(one, number)
    for session in Session.objects.filter(state=SessionState.SIGNED, minutes=None):
        yield str(session.pk), "minutes", "none", "what was signed"


def _said(one, number):
    """What was decided stands in the rows as the frozen content says it: by codes and days, for a unit may be called otherwise since."""
    rows = {item.n: item for item in one.session.items.select_related("need", "decision")}
    for said in one.content["items"]:
        item = rows.pop(said["n"], None)
        decision = item and getattr(item, "decision", None)
        due, off = (getattr(decision, name, None) for name in ("due_on", "put_off_on"))
        kept = (item and item.need.number, item and item.state, due and due.isoformat(), off and off.isoformat())
        if kept != (said["number"], said["state"], said.get("due_on"), said.get("put_off_on")):
            yield number, f"item {said['n']}", _spelled(kept), _spelled((said["number"], said["state"], said.get("due_on"), said.get("put_off_on")))
    yield from ((number, f"item {n}", "added", "what was signed") for n in rows)


def _erased(session):
    """Tell whether an erasure emptied some of the words that the minutes were signed over."""
    rows = [*Decision.objects.filter(item__session=session), *Dissent.objects.filter(item__session=session)]
    return any(is_emptied(row) for row in rows)
