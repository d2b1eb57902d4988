"""An upgrade: backup, migrate under lock time-outs, check; and back by word. Each step is done again safely when killed."""

import contextlib
import json
import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.office.backing import commands as backing
from wanjia.office.backing import queries, reading
from wanjia.orgs.checking.queries import faults
from wanjia.sealing import proof
from wanjia.verdict import Refused

# On PostgreSQL: how long a migration may wait for a table, and everybody behind it; how long one of its statements may hold it.
TIME_OUTS = {"lock_timeout": "5s", "statement_timeout": "300s"}


def note_path():
    """Return the file that names the backup an upgrade began with."""
    return Path(settings.WANJIA_KEYRING).parent / "upgrade.json"


def upgrade(folder, *, say):
    """Bring the office to today's schema; return {"backup", "migrations"}. Raises Refused when the check finds a difference."""
    proof.compare()  # before anything is changed, on whichever schema is there
    path = standing_way_back()
    if path is None:
        say("1/4 备份 / backup")
        path = backing.make_backup(Path(folder) / "before-upgrade")  # apart: who follows clears away what is old
        queries.verify(path)
        _note(path)
    else:
        say(f"1/4 退路仍是原来的备份 {path} / the way back stays the backup there is")
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
    _note(path, done=True)
    say("4/4 完成 / done")
    return {"backup": str(path), "migrations": len(after) - len(before)}


def standing_way_back():
    """Return the backup that stays the way back, or None when a fresh one is due.

    It stays while an upgrade was cut short, and when there is nothing to migrate: who runs the command twice would otherwise go
    back to where they are. After an upgrade that was done, the next one begins with a backup of its own: months may lie between.
    """
    said = _said()
    if said is None or not Path(said["backup"]).exists():
        return None
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return Path(said["backup"])
    with reading.snapshot() as view:
        untouched = reading.schema(view) == queries.read_manifest(said["backup"])["schema"]
    return None if said.get("done") or untouched else Path(said["backup"])


def _said():
    try:
        said = json.loads(note_path().read_text())
    except (OSError, ValueError):
        return None
    return said if "backup" in said else None


def _note(path, *, done=False):
    draft = note_path().with_suffix(".draft")
    draft.write_text(json.dumps({"backup": str(Path(path).resolve()), "done": done}))
    os.replace(draft, note_path())


def _refuse_faults(head, now):
    """Raise Refused when the upgraded office does not agree with itself: every line of the journal, every row of the books."""
    _read, fault = journal.verify()
    if fault or now["seq"] < head["seq"]:
        raise Refused(_("升级后核对不符:%(fault)s。请运行 wanjia upgrade --back 退回升级前。") % {"fault": fault or now["seq"]})
    if n := len(faults()):
        raise Refused(_("升级已完成,但台账有 %(n)s 处与自己的经过不一致。请运行 wanjia check 逐处查看;要退回升级前,运行 wanjia upgrade --back。") % {"n": n})


@contextlib.contextmanager
def time_outs():
    """Within, a migration that waits or holds a table too long is given up, so that nobody stands behind it.

    On SQLite a migration waits for the one writer's place as long as every connection does (settings), and then says the same.
    """
    limits = TIME_OUTS if connection.vendor == "postgresql" else {}
    with connection.cursor() as cursor:
        for name, limit in limits.items():
            cursor.execute(f"SET {name} = '{limit}'")
        try:
            yield
        except OperationalError as fault:
            raise Refused(
                _("改表时等不到一张表,或一步做得太久,这一步已撤销:%(fault)s。请停下服务(systemctl stop wanjia)再运行 wanjia upgrade,它接着做。")
                % {"fault": str(fault).splitlines()[0]}
            ) from None
        finally:
            for name in limits:
                cursor.execute(f"RESET {name}")


def go_back(*, say, older_on_purpose=False):
    """Restore the backup the last upgrade began with, on its own schema. The older programs then run on it.

    Raises Refused when work was done since, unless it is given up on purpose.
    """
    said = _said()
    if said is None:
        raise Refused(_("没有可以退回的升级:找不到升级前的备份。"))
    say(f"退回 {said['backup']} / going back")
    backing.restore(said["backup"], older_on_purpose=older_on_purpose, forward=False, say=say)
    return {"backup": said["backup"]}
