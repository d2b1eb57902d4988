"""Let open proposals go where the aid has gone: within the act by which somebody moved, and for the clock what moved otherwise."""

from wanjia.kernel import journal
from wanjia.kernel.calendar import today

from . import queries
from .days import due_after

TOWNSHIP = 9  # digits of a township's code


def follow(*, by, at, **whose):
    """Let the open proposals of these holders (status__household__in=, status__person__in=) go with them; return how many went.

    In another township the step that waits begins anew: whoever sees to it now has heard of it today. What was done stays done.
    """
    cuts = list(queries.astray().filter(**whose).select_for_update(of=("self",)).select_related("status__household", "status__person").order_by("pk"))
    for cut in cuts:
        was, cut.village_id = cut.village_id, (cut.status.household or cut.status.person).village_id
        anew = {"anew": True} if was[:TOWNSHIP] != cut.village_id[:TOWNSHIP] else {}
        if anew:
            cut.due_on, cut.step_on, cut.level, cut.climbed_on, cut.told = max(cut.due_on, due_after(cut.state, at)), today(at), 0, None, None
        cut.save(update_fields=["village", "due_on", "step_on", "level", "climbed_on", "told"])
        journal.record(act="aid.moved", subject=cut, by=by, at=at, area_code=cut.village_id, whence=was, due_on=cut.due_on, **anew)
    return len(cuts)
