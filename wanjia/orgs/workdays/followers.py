"""What hangs on the working-day table. Each app brings its followers (FOLLOWERS); this floor only asks and tells them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from wanjia.kernel.brings import gather


@dataclass(frozen=True)
class Follower:
    """preview(calendar, day) → [(number, words, old date, new date)] that a table would move; changed(change, *, at) moves them."""

    preview: Callable
    changed: Callable


def preview(calendar, day):
    """List what a table would move on `day`: (number, words, old date, new date)."""
    return [line for one in gather("FOLLOWERS") for line in one.preview(calendar, day)]


def tell(change, *, at):
    """Tell the followers once the change is committed: each moves what hangs on it in its own short transactions.

    The change stands whatever becomes of them: one that fails is logged and says so on the change, `wanjia check` names what it
    left, and whoever keeps the table, or the next sweep, goes on.
    """
    for one in gather("FOLLOWERS"):
        transaction.on_commit(lambda changed=one.changed: changed(change, at=at), robust=True)
