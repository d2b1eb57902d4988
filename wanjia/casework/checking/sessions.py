"""Joint triage held against the timelines: each decision has its line in its need's, each such line its decision; signed minutes are as signed."""

from wanjia.kernel.erasure import is_emptied
from wanjia.kernel.models import Entry

from ..models import Decision, Dissent, Minutes, Session, SessionItem, Step
from ..sessions import minutes
from ..states import ItemState, SessionState

SAYS = {ItemState.DECIDED: "decide", ItemState.PUT_OFF: "put_off"}


def faults(_day):
    """Yield (whose, column, is, should) for everything of sessions that does not follow from lines and journal."""
    yield from _decisions()
    yield from _lines()
    yield from _items()
    yield from _minutes()


def _decisions():
    """Each decision has the line that it names, and the hand-over right behind it, to the same unit by the same day."""
    for one in Decision.objects.select_related("item", "need").order_by("pk").iterator(chunk_size=1000):
        line, next_ = (Step.objects.filter(need=one.need_id, n=n).first() for n in (one.line, one.line + 1))
        act = "put_off" if one.put_off_on else "decide"
        if line is None or line.act != act or line.changed.get("item") != str(one.item_id):
            yield one.need.number, "decision", f"line {one.line}", f"the line {act} of its item"
        elif one.put_off_on is None:
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


def _minutes():
    """Minutes say what the rows say, and what the journal's line of their signing bears; a signed session has them."""
    told = {pk: (detail.get("digest"), detail.get("words"))
            for pk, detail in Entry.objects.filter(act="session.sign").values_list("subject_id", "detail")}  # fmt: skip
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
