"""What the household was heard to say, each recheck and each slip, held against the lines of the acts that wrote them.

A rule of closing goes by these rows: a recheck or a failed try put there by hand would let a legal act close the need afterwards.
"""

from datetime import datetime

from wanjia.kernel.calendar import today

from ..states import Way, Word

# Acts that each keep one such row, whatever else they do.
KEEPING = {"callback_missed", "give_up_callback", "verify", "dispute", "withdraw", "keep", "slip_word", "confirm", "recheck", "recheck_missed", "complaint", "slip"}
# What a slip answers may be any of these; a caller's row is one act's.
BY_SLIP = {"slip_word", "confirm", "verify", "dispute", "complaint"}


def heard_of(need):
    """Yield (column, is, should) for each row without its line, and each line without its row. Older lines are let be."""
    since = need.lines[need.taken_over - 1].recorded_at if need.taken_over else None
    lines = [line for line in need.lines[need.taken_over :] if line.act in KEEPING]
    for what, at, by, acts, row in _rows(need):
        if since is not None and at <= since:
            continue
        line = next((one for one in lines if (one.recorded_at, one.by_id) == (at, by) and one.act in acts), None)
        if line is None:
            yield what, row, "a line of the act that wrote it"
        else:
            lines.remove(line)
    for line in lines:
        yield f"step {line.n}", line.act, "the row that this act keeps"
    yield from _sealed(need, since)
    yield from _codes(need)
    yield from _callers(need)


def _rows(need):
    """Yield (what, when, by whom, acts that may have written it, as it is)."""
    for one in need.words:
        yield "callback", one["at"], _key(one["by"]), _acts_of(one), f"{one['at']} {one['word'] or one['reached']}"
    for one in need.rechecks:
        yield "recheck", one["at"], _key(one["by"]), {"recheck" if one["agrees"] else "dispute" if one["reached"] else "recheck_missed"}, f"{one['at']} {one['agrees']}"
    for one in need.slips:
        yield "slip", one["issued_at"], _key(one["issued_by"]), {"slip"}, one["issued_at"]


def _acts_of(one):
    if one["way"] == Way.SLIP and one["by"] is None:
        return BY_SLIP
    if not one["reached"]:
        return {"callback_missed", "give_up_callback"}
    return {"": {"withdraw", "keep"}, Word.UNSOLVED: {"dispute"}}.get(one["word"], {"verify"})


def _sealed(need, since):
    """What a recheck was told, and why the household would take its need back, lies sealed beside the line. Before 0.2.0 it did not."""
    told = [(one["at"], _key(one["by"])) for one in need.rechecks if one["reached"] and (since is None or one["at"] > since)]
    asked = [line for line in need.lines[need.taken_over :] if line.act == "ask_withdrawal" and "salt" in line.changed]
    for moment in (*told, *((line.recorded_at, line.by_id) for line in asked)):
        if moment not in need.sealed:
            yield "saying", "gone", f"the sealed words of {moment[0]}"


def _codes(need):
    """The last slip alone is live, and its own code opens it: another's code on a caller's slip would speak for the household."""
    last = max((one["issued_at"] for one in need.slips), default=None)
    yield from (("slip.ended_at", None, f"before {last}") for one in need.slips if one["ended_at"] is None and one["issued_at"] != last)
    if need.misled:
        yield "slip.code", "another's", "the code that is sealed in it"


def _callers(need):
    """A slip's word weighs like a callback only when its issuer held a post that calls back on that day."""
    for one in need.slips:
        if one["by_call_back"] and not any(_on(post, one["issued_at"]) for post in need.calling.get(one["issued_by"], ())):
            yield "slip", "by_call_back", "its issuer could not call back"


def _on(post, moment: datetime):
    first, end = post
    return first <= today(moment) and (end is None or today(moment) <= end)


def _key(value):
    return value and str(value)
