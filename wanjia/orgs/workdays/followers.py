"""What hangs on the working-day table. Higher apps say so; this floor only asks and tells them.

An app registers in its AppConfig.ready:
    followers.follow(preview=lambda calendar, day: [(number, words, old, new)], changed=lambda change, *, at: how_many)
"""

from django.db import transaction

_PREVIEWS, _CHANGED = [], []


def follow(*, preview, changed):
    """Register what a changed table would move, and what moves it."""
    if changed not in _CHANGED:
        _PREVIEWS.append(preview)
        _CHANGED.append(changed)


def preview(calendar, day):
    """List what a table would move on `day`: (number, words, old date, new date)."""
    return [line for ask in _PREVIEWS for line in ask(calendar, day)]


def tell(change, *, at):
    """Tell the followers once the change is committed: each moves what hangs on it in its own short transactions.

    The change stands whatever becomes of them: one that fails is logged and says so on the change, `wanjia check` names what it
    left, and whoever keeps the table, or the next sweep, goes on.
    """
    for changed in _CHANGED:
        transaction.on_commit(lambda changed=changed: changed(change, at=at), robust=True)
