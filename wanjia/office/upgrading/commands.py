"""An upgrade: backup, migrate under lock time-outs, check; and back by word. Each step is done again safely when killed."""

import contextlib
import json
import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal, proof
from wanjia.kernel.verdict import Refused
from wanjia.office.backing import commands as backing
from wanjia.office.backing import queries, reading
from wanjia.reporting.checking.queries import differences

# On PostgreSQL: how long a migration may wait for a table, and everybody behind it; how long one of its statements may hold it.
TIME_OUTS = {"lock_timeout": "5s", "statement_timeout": "300s"}


def note_path():
    """Return the file that names the backup an upgrade began with."""
    return Path(settings.WANJIA_KEYRING).parent / "upgrade.json"


def upgrade(folder, *, say):
    """Bring the office to today's schema; return {"backup", "migrations"}. Raises Refused when the check finds a difference."""
    proof.compare()  # before anything is changed, on whichever schema is there
    path = begun()
    if path is None:
        say("1/4 备份 / backup")
        path = backing.make_backup(Path(folder) / "before-upgrade")  # apart: who follows clears away what is old
        queries.verify(path)
        _note(path)
    else:
        say(f"1/4 接着上次没做完的升级,备份是 {path} / going on with the upgrade that was cut short")
    with reading.snapshot() as view:
        before = reading.schema(view)
        head = reading.facts(view)["head"]
    say("2/4 改表 / migrations")
    with time_outs():
        call_command("migrate", verbosity=0)
    say("3/4 核对 / check")
    proof.look()
    with reading.snapshot() as view:
        after, now = reading.schema(view), reading.facts(view)["head"]
    _refuse_faults(head, now)
    say("4/4 完成 / done")
    return {"backup": str(path), "migrations": len(after) - len(before)}


def begun():
    """Return the backup of an upgrade that was cut short, or None."""
    try:
        said = json.loads(note_path().read_text())
    except (OSError, ValueError):
        return None
    path = Path(said["backup"])
    return path if path.exists() and not _finished() else None


def _finished():
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    done = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    with reading.snapshot() as view:
        return done or reading.schema(view) == queries.read_manifest(json.loads(note_path().read_text())["backup"])["schema"]


def _note(path):
    draft = note_path().with_suffix(".draft")
    draft.write_text(json.dumps({"backup": str(Path(path).resolve())}))
    os.replace(draft, note_path())


def _refuse_faults(head, now):
    """Raise Refused when the upgraded office does not agree with itself: every line of the journal, every row of the books."""
    _read, fault = journal.verify()
    if fault or now["seq"] < head["seq"]:
        raise Refused(_("升级后核对不符:%(fault)s。请运行 wanjia upgrade --back 退回升级前。") % {"fault": fault or now["seq"]})
    if n := sum(1 for _one in differences()):
        raise Refused(_("升级已完成,但台账有 %(n)s 处与自己的经过不一致。请运行 wanjia check 逐处查看;要退回升级前,运行 wanjia upgrade --back。") % {"n": n})


@contextlib.contextmanager
def time_outs():
    """Within, a migration that waits or holds a table too long is given up, so that nobody stands behind it."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        for name, limit in TIME_OUTS.items():
            cursor.execute(f"SET {name} = '{limit}'")
        try:
            yield
        except OperationalError as fault:
            raise Refused(
                _("改表时等不到一张表,或一步做得太久,这一步已撤销:%(fault)s。请停下服务(systemctl stop wanjia)再运行 wanjia upgrade,它接着做。")
                % {"fault": str(fault).splitlines()[0]}
            ) from None
        finally:
            for name in TIME_OUTS:
                cursor.execute(f"RESET {name}")


def go_back(*, say):
    """Restore the backup the last upgrade began with, on its own schema. The older programs then run on it."""
    try:
        path = json.loads(note_path().read_text())["backup"]
    except (OSError, ValueError, KeyError):
        raise Refused(_("没有可以退回的升级:找不到升级前的备份。")) from None
    say(f"退回 {path} / going back")
    backing.restore(path, older_on_purpose=True, forward=False, say=say)
    return {"backup": path}
