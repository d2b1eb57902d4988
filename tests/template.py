"""The suite's SQLite database is migrated once for the same migrations; later runs, and the processes beside, begin with a copy of it.

Running all migrations costs a process some ten seconds, of which a single test feels nothing but the wait. What is kept holds empty
tables. Migrations, the triggers that are laid after them and the libraries make its name: whoever changes one of them begins anew.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
MAKES = ("wanjia/*/migrations/*.py", "wanjia/kernel/triggers.py", "wanjia/sealing/*.py", "wanjia/site/settings.py", "wanjia/site/migrating.py", "requirements-dev.lock")
KEPT = 6  # templates: of branches that one goes to and fro between


def name():
    """Return the name of the template that these migrations make."""
    digest = hashlib.sha256(os.environ.get("WANJIA_WITHOUT", "").encode())
    for path in sorted(path for pattern in MAKES for path in HOUSE.glob(pattern)):
        digest.update(path.relative_to(HOUSE).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{digest.hexdigest()[:24]}.sqlite3"


def folder():
    """Return the folder of this account's templates."""
    found = Path(tempfile.gettempdir()) / f"wanjia-suite-{os.getuid()}"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def lay(connection):
    """Put a copy where the test database is to be; tell whether there was one."""
    kept = folder() / name()
    if connection.vendor != "sqlite" or not kept.is_file():
        return False
    shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
    os.utime(kept)
    return True


def begin(connection):
    """Let whoever lives in a database of its own (a simulated year) begin with a copy; where there is none, migrate it and keep that."""
    from django.core.management import call_command

    kept, into = folder() / name(), connection.settings_dict["NAME"]
    if connection.vendor == "sqlite" and kept.is_file():
        shutil.copyfile(kept, into)
        os.utime(kept)
        return
    call_command("migrate", verbosity=0)
    keep(connection)


def keep(connection):
    """Keep a database that was just migrated, whole or not at all; those unused for longest go."""
    if connection.vendor != "sqlite":
        return
    made = folder() / f"{os.getpid()}.made"
    made.unlink(missing_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(made)])
    made.replace(folder() / name())
    for old in sorted(folder().glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)


def restored(alias):
    """Let an empty SQLite place beside the office begin with a copy, bare of triggers: those are laid when it is filled. Tell whether there was one."""
    from django.db import connections

    connection, kept = connections[alias], folder() / name()
    if connection.vendor != "sqlite" or not kept.is_file() or connection.introspection.table_names():
        return False
    connection.close()
    shutil.copyfile(kept, connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (trigger,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{trigger}"')
    return True
