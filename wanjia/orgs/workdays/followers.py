"""What hangs on the working-day table. Higher apps say so; this floor only asks and tells them.

An app registers in its AppConfig.ready:
    followers.follow(preview=lambda calendar, day: [(number, words, old, new)], changed=lambda *, source, by, at: how_many)
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


def tell(*, source, by, at):
    """Tell the followers once the change is committed: each moves what hangs on it in its own short transactions.

    The change stands whatever becomes of them: one that fails is logged, `wanjia check` names what it left, and saving the day
    again tells it again.
    """
    for changed in _CHANGED:
        transaction.on_commit(lambda changed=changed: changed(source=source, by=by, at=at), robust=True)
