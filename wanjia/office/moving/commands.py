"""A running SQLite office moves to PostgreSQL in one checked act: nothing is written here meanwhile, nothing there if it fails."""

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.office import places
from wanjia.office.backing import commands as backing
from wanjia.office.backing import queries
from wanjia.verdict import Refused

MOVED = "this office has moved to another database"


def move(given, folder, *, say):
    """Copy this office into the empty PostgreSQL database `given` (settings of a connection); return the manifest.

    This side is held against writing until the other side is proved equal; whoever writes meanwhile is told to wait. From then on
    it is only read: a service that goes on here until it is started anew would take what nobody finds over there.
    """
    if connection.vendor != "sqlite":
        raise Refused(_("这里用的已经是 PostgreSQL,不用再搬。"))
    if is_closed(connection):
        raise Refused(_("这里的数据已经搬走了,旧的只能查看。请把 DATABASE_URL 改成新的数据库;要回到从前,请恢复一份备份。"))
    place = places.SchemaPlace({**connection.settings_dict, "OPTIONS": {}, **given})
    with places.opened(place):
        place.refuse_if_used()
        with transaction.atomic():  # IMMEDIATE: the one writer's place is taken
            path = backing.make_backup(folder)
            manifest = queries.verify(path)
            backing.load(path, manifest, place.alias, say=say)
            close(connection)
            place.swap()
    return {"backup": str(path), "rows": sum(table["rows"] for table in manifest["tables"].values()), **manifest["facts"]["head"]}


def is_closed(database):
    """Tell whether a SQLite database was closed to writing because its office has moved."""
    with database.cursor() as cursor:
        return bool(cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'moved~_%' ESCAPE '~' LIMIT 1").fetchone())


def close(database):
    """Let every table of a SQLite database be read and nothing written, until a backup is restored over it."""
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            for act in ("INSERT", "UPDATE", "DELETE"):
                cursor.execute(f'CREATE TRIGGER "moved_{table}_{act.lower()}" BEFORE {act} ON "{table}" BEGIN SELECT RAISE(ABORT, \'{MOVED}\'); END')
