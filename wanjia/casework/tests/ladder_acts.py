"""How the acts of the clock are done rightly, and how each of their refusals is met (acts.py takes these rows)."""

from wanjia.kernel.tests.tried import Tried

from .factories import later
from .walk import need

ACTS = {
    "casework.climb": Tried("clock", lambda w: {"need_ids": [str(need(w, "assigned")["need_id"])]}, {"need_ids": []}, at=later(2)),
    "casework.write_digests": Tried("clock", lambda w: need(w, "assigned") and {}, at=later(2)),
}  # fmt: skip

