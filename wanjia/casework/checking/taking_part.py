"""Which units had the need in hand, and which helped: who is independent of a need goes by these rows, so they are held against its lines.

A holding begins and ends by acts, and each act is a line; helpers are named by the line that hands the need over, or asks for help.
"""

from ..states import ENDED

HANDS_OVER = {"record", "appeal", "assign", "recall", "return", "reopen", "raise", "raise_desk"}  # each begins a holding, even of the same unit


def parts_of(need):
    """Yield (column, is, should) for each holding and each helper that does not follow from the lines."""
    if need.taken_over:
        return  # its older lines were written before every act had one
    yield from _holdings(need)
    yield from _helpers(need)


def _holdings(need):
    should = _told(need.lines)
    for at in range(max(len(should), len(need.held))):
        is_, told = (rows[at] if at < len(rows) else None for rows in (need.held, should))
        if is_ != told:
            yield f"holding {at + 1}", _spelled(is_), _spelled(told)


def _told(lines):
    """Return the holdings that the lines tell of: [unit, assigned by, from, to]."""
    told = []
    for line in lines:
        live = told[-1] if told and told[-1][3] is None else None
        if line.act in HANDS_OVER or (line.act == "dispute" and live is None):  # looked at again once it was struck off
            if live:
                live[3] = line.happened_at
            told.append([line.holder_id, line.by_org_id, line.happened_at, None])
        elif line.act in ("take_over", "take_desk"):  # whoever gave it to the unit that left gave it
            giver = live[1] if live else None
            if live:
                live[3] = line.happened_at
            told.append([line.holder_id, giver, line.happened_at, None])
        elif live and line.state_after in ENDED:
            live[3] = line.happened_at
    return told


def _spelled(held):
    return "none" if held is None else ", ".join(map(str, held))


def _helpers(need):
    """The helpers are those whom a line names or asks, at its moment; lines from before 0.2.0 hand over without naming them."""
    told, silent = {}, False
    for line in need.lines:
        for facts in line.changed.get("help", {}).values():
            if "unit" in facts:
                told.setdefault(facts["unit"], line.happened_at)
        if line.act == "assign":
            silent |= "helpers" not in line.changed
            for unit in line.changed.get("helpers", ()):
                told.setdefault(unit, line.happened_at)
    for unit in sorted(told.keys() | need.helping.keys()):
        is_, should = need.helping.get(unit), told.get(unit)
        if is_ != should and not (silent and (should is None or is_ is not None)):
            yield f"helper {unit}", is_ or "none", should or "none"
