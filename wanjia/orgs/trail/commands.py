"""Anchor the journal: by the auditor, or by the clock of the installation."""

from wanjia.kernel.command import command
from wanjia.orgs.trail import anchor

from . import rules


@command("orgs.anchor_journal")
def anchor_journal(*, by, at):
    """Sign the journal as it stands and write it where its keeper cannot reach (锚定日志). Returns the Anchor."""
    rules.can_anchor(by).or_raise()
    return anchor.drop(by=by, at=at)
