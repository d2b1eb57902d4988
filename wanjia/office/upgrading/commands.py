"""An upgrade: backup, migrate under lock time-outs, check; and back by word. Each step is done again safely when killed."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal, proof
from wanjia.kernel.verdict import Refused
from wanjia.office.backing import commands as backing
from wanjia.office.backing import queries, reading

LOCK = "5s"  # how long a migration may wait for a table, and everybody behind it


def note_path():
    """Return the file that names the backup an upgrade began with."""
    return Path(settings.WANJIA_KEYRING).parent / "upgrade.json"


def upgrade(folder, *, say):
    """Bring the office to today's schema; return {"backup", "migrations"}. Raises Refused when the check finds a difference."""
    proof.compare()  # before anything is changed, on whichever schema is there
    path = begun()
    if path is None:
        say("1/4 备份 / backup")
        path = backing.make_backup(folder)
        queries.verify(path)
        _note(path)
    else:
        say(f"1/4 接着上次没做完的升级,备份是 {path} / going on with the upgrade that was cut short")
    with reading.snapshot() as view:
        before = reading.schema(view)
        head = reading.facts(view)["head"]
    say("2/4 改表 / migrations")
    _with_time_outs(lambda: call_command("migrate", verbosity=0))
    say("3/4 核对 / check")
    proof.look()
    _read, fault = journal.verify()
    with reading.snapshot() as view:
        after, now = reading.schema(view), reading.facts(view)["head"]
    if fault or now["seq"] < head["seq"]:
        raise Refused(_("升级后核对不符:%(fault)s。请运行 wanjia upgrade --back 退回升级前。") % {"fault": fault or now["seq"]})
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


def _with_time_outs(run):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK}'")
    run()


def go_back(*, say):
    """Restore the backup the last upgrade began with, on its own schema. The older programs then run on it."""
    try:
        path = json.loads(note_path().read_text())["backup"]
    except (OSError, ValueError, KeyError):
        raise Refused(_("没有可以退回的升级:找不到升级前的备份。")) from None
    say(f"退回 {path} / going back")
    backing.restore(path, older_on_purpose=True, forward=False, say=say)
    return {"backup": path}
