"""Keep how somebody looks at the ledger. A preference and no record of fact: the journal bears no line of it."""

from wanjia.kernel.command import command

from ..models import LedgerView
from . import rules
from .columns import COLUMNS, plain


@command("casework.keep_ledger_view")
def keep_ledger_view(*, by, at, columns=None, keep=None, words="", drop=None):
    """Keep one's own columns of the ledger, or keep or drop one question; returns the LedgerView.

    columns: words of COLUMNS, empty for the usual ones; keep, drop: {word of the filter: code}; words: what a kept one is called.
    What is no such word is left out. Raises Refused where the actor has no ledger, or keeps as many as may be.
    """
    rules.can_keep_view(by).or_raise()
    view, _made = LedgerView.objects.select_for_update().get_or_create(user_id=by.pk)
    if columns is not None:
        view.columns = [word for word in COLUMNS if word in columns]
    if keep and plain(keep):
        others = [one for one in view.questions if one["asked"] != plain(keep)]
        rules.has_room(others).or_raise()
        view.questions = [*others, {"words": words[:80], "asked": plain(keep)}]
    if drop:
        view.questions = [one for one in view.questions if one["asked"] != plain(drop)]
    view.save()
    return view
