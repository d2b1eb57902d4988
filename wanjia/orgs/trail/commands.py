"""Anchor the journal: by the auditor, or by the clock of the installation."""

from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.orgs.trail import anchor

from . import rules


@command("orgs.anchor_journal")
def anchor_journal(*, by, at):
    """Sign the journal as it stands and write it where its keeper cannot reach (锚定日志). Returns the Anchor."""
    rules.can_anchor(by).or_raise()
    one = anchor.made(at)
    one.save(force_insert=True)
    journal.record(act="journal.anchor", subject=one, by=by, at=at, code=one.code)
    anchor.append(one)
    return one
