"""Is the ring beside the database the ring of this database? Proved at the start and before the first write.

Each key leaves a check value in the database (KeyCheck). A ring whose key of the same name makes another value is another
office's, or one made anew: writing with it would mix values that no single ring opens.
"""

import functools
import os
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.utils import OperationalError, ProgrammingError
from django.utils.translation import gettext_lazy as _

from . import columns, keys


def _rows(name: str) -> type[Any]:
    """The kernel's table of check values or of erasures: it stands above, and is asked for by name."""
    return apps.get_model("kernel", name)


def prove() -> None:
    """Raise RingFault unless the ring is this database's; lay down the check values of keys that have none yet.

    Costs a stat once it is proved: read anew when the file of the ring changes.
    """
    keys.ring()
    path, database = settings.WANJIA_KEYRING, str(transaction.get_connection().settings_dict["NAME"])
    mark = (path, os.stat(path).st_mtime_ns, database)
    if mark not in _proved():
        look()
        # Remembered only when the check values are sure to stay.
        transaction.on_commit(lambda: _proved().add(mark))


@functools.cache
def _proved() -> set[tuple[str | os.PathLike[str], int, str]]:
    return set()


def compare() -> dict[str, str]:
    """Raise RingFault for another office's ring, also on a schema from before the check values; return those laid. Writes nothing."""
    content = keys.ring()
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        known = _rows("KeyCheck")._meta.db_table in connection.introspection.table_names(cursor)
    laid = dict(_rows("KeyCheck").objects.values_list("name", "value")) if known else {}
    for name in sorted(laid.keys() & content["keys"].keys()):
        if laid[name] != keys.check_value(name, content):
            raise _foreign(name)
    for name in sorted(laid.keys() - content["keys"].keys()):
        _refuse_gone(name)
    if not laid.keys() & content["keys"].keys():
        _open_samples()
    return laid


def look() -> None:
    """Compare the ring with the database now, whatever is remembered; lay down what is missing."""
    content, laid = keys.ring(), compare()
    _rows("KeyCheck").objects.filter(name__in=laid.keys() - content["keys"].keys()).delete()
    fresh = [_rows("KeyCheck")(name=name, value=keys.check_value(name, content)) for name in content["keys"] if name not in laid]
    _rows("KeyCheck").objects.bulk_create(fresh, ignore_conflicts=True)


def _refuse_gone(name: str) -> None:
    """A key that is gone from the ring must have nothing left to open; then its check value may go too."""
    if columns.sealed_under(name) or _proves_erasures(name):
        raise keys.RingFault(
            _("密钥环里缺少密钥 %(name)s,而数据库里还有用它加密的内容。这份密钥环太旧。请放回最新的密钥环(%(path)s),或用恢复单恢复。")
            % {"name": name, "path": settings.WANJIA_KEYRING}
        )


def _proves_erasures(name: str) -> bool:
    """Tell whether erasure lines were made with this index key: without it the check could not accept what they account for."""
    connection = transaction.get_connection()
    with connection.cursor() as cursor:
        known = _rows("ErasureLine")._meta.db_table in connection.introspection.table_names(cursor)
    return known and _rows("ErasureLine").objects.filter(stood__startswith=f"{name}:").exists()


def _open_samples() -> None:
    """No check value yet (a database from before 0.2.0): one sealed value of each column must open."""
    for row, field in columns.samples():
        try:
            keys.open_sealed(row.__dict__[field.attname].body, field.place(row))
        except keys.Unopened:
            raise _foreign(row.__dict__[field.attname].body.partition(b":")[0].decode(errors="replace")) from None


def _foreign(name: str) -> keys.RingFault:
    return keys.RingFault(
        _("密钥环(%(path)s)不是这个数据库的:密钥 %(name)s 对不上。什么也没有写。请放回原来的密钥环,或用两半恢复单运行 wanjia keys restore。")
        % {"name": name, "path": settings.WANJIA_KEYRING}
    )


def first_set_up() -> None:
    """Make the ring of a new installation. Raises RingFault when the database already knows one: it is never replaced."""
    if os.path.exists(settings.WANJIA_KEYRING):
        return prove()
    if in_use():
        keys.ring()  # refuses with the sentence of a missing ring
        return None
    keys.make()
    return prove()


def in_use() -> bool:
    """Tell whether the database holds a check value or anything sealed. A database without tables holds neither."""
    try:
        with transaction.atomic():
            if _rows("KeyCheck").objects.exists():
                return True
    except (OperationalError, ProgrammingError):
        pass  # a schema from before the check values
    return next(columns.samples(), None) is not None
