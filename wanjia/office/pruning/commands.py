"""Prune by word: what was named, older than so many days, journalled with how many rows. And the day's sweep, by the clock."""

import json
import os
import secrets
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.brings import gather
from wanjia.kernel.command import command
from wanjia.registry.importing import commands as importing
from wanjia.verdict import Refused, first_refusal

from ..starting import queries as starting
from ..starting.rules import can_run_the_machine
from ..working.worker import forget
from . import queries

LEAST_DAYS = 30  # a phone may lie in a drawer for weeks and then send again


@command("office.prune")
def prune(*, kinds, days, by, at):
    """Delete what has served its time (清理). Returns {kind: rows deleted}. The ledger and the journal are no kind."""
    can_run_the_machine(by).or_raise()
    subject = starting.installation()
    first_refusal(
        (subject is not None, _("还没有开办,没有可以清理的。请先运行 wanjia init。")),
        (set(kinds) <= set(queries.kinds()), _("只能清理:%(all)s。") % {"all": "、".join(queries.kinds())}),
    ).or_raise()
    if days < LEAST_DAYS:
        raise Refused(_("至少保留 %(n)s 天:放在抽屉里的手机可能隔几周才补交。") % {"n": LEAST_DAYS})
    before = at - timedelta(days=days)
    done = {kind: queries.kinds()[kind](before).delete()[0] for kind in kinds}
    journal.record(act="office.prune", subject=subject, by=by, at=at, days=days, **done)
    return done


def sweep(at):
    """Do the day's sweep (日常清扫) and leave word of it; return how many sealed workbooks went.

    It drops what was promised to go without anybody's word: sealed workbooks whose time for mending is over, what a cancelled
    import left behind, ended sessions. The journal has the import itself. And it goes on with what the apps do by the clock (TIMERS): deadlines that a killed run left.
    """
    importing.drop_cancelled()
    n = importing.drop_mended(at)
    call_command("clearsessions")
    forget()
    for go_on in gather("TIMERS"):
        go_on(at=at)
    file = Path(settings.WANJIA_VAR) / queries.SWEPT
    draft = file.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(json.dumps({"at": at.isoformat()}))
    os.replace(draft, file)
    return n
