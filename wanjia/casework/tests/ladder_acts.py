"""How the acts of the clock are done rightly, and how each of their refusals is met (acts.py takes these rows)."""

from wanjia.kernel.tests.tried import Tried

from .factories import later
from .walk import need

ACTS = {
    "casework.climb": Tried("clock", lambda w: {"need_ids": [str(need(w, "assigned")["need_id"])]}, {"need_ids": []}, at=later(2)),
    "casework.write_digests": Tried("clock", lambda w: need(w, "assigned") and {}, at=later(2)),
}  # fmt: skip


def raised(world, state):
    """A need of the township's desk that the clock has raised to the county; the keyword that names it."""
    from ..ladder.tasks import climb_all

    one = need(world, state)
    for day in range(1, 9):
        climb_all(later(day))
    return one
