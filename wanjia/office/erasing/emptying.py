"""What one row held and what it holds afterwards, as digests: the proof that goes into its erasure line. Writes nothing."""

import copy
import hashlib
import json

from wanjia.kernel import journal
from wanjia.kernel.brings import gather
from wanjia.kernel.erasure import WORD, key_of, of
from wanjia.kernel.models import Entry, ErasureLine
from wanjia.sealing import keys
from wanjia.sealing.fields import EncryptedText

# A row whose digest is kept elsewhere: the next line of the journal keeps it. Others are brought (DIGESTS).
JOURNAL = (Entry, journal.digest_of)


def _digests():
    return dict([JOURNAL, *gather("DIGESTS")])


def line_of(row, **facts):
    """Return the erasure line of one row, before it is emptied."""
    digest = _digests().get(type(row), _digest)
    return ErasureLine(
        table=row._meta.db_table, row=key_of(row.pk), stood=keys.blind(journal.ERASED, _stood(row)), stands=digest(_emptied(row)), **facts,
    )  # fmt: skip


def _stood(row):
    return row.digest if isinstance(row, Entry) else _digests().get(type(row), _digest)(row)


def stood(rows):
    """Return {table:row: keyed digest} of those rows whose key is a number: after a restore it may come to another row."""
    held = [model._base_manager.get(pk=key) for model, key in rows if isinstance(key, int)]
    return {f"{row._meta.db_table}:{row.pk}": keys.blind(journal.ERASED, _stood(row)) for row in held}


def still(rows, stood):
    """Return those (model, key) of rows that hold what `stood` says of them; of keys that are no numbers nothing is said."""
    return [
        (model, key) for model, key in rows
        if not isinstance(key, int) or stood.get(f"{model._meta.db_table}:{key}") in keys.blinds(journal.ERASED, _stood(model._base_manager.get(pk=key)))
    ]  # fmt: skip


def _digest(row):
    said = {name: getattr(row, name) for name in of(row).gone}
    return hashlib.sha256(json.dumps(said, default=str, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _emptied(row):
    """Return a copy of the row as `erasure.after` leaves it in the database."""
    said, empty = of(row), copy.copy(row)
    for name in said.word:
        sealed = isinstance(row._meta.get_field(name), EncryptedText)
        setattr(empty, name, WORD if getattr(row, name) and not sealed else "")
    for name in said.empty:
        setattr(empty, name, None if row._meta.get_field(name).null else "")
    for name, texts in said.keys.items():
        old = getattr(row, name)
        setattr(empty, name, {**old, **{key: WORD for key in texts if old.get(key, "") != ""}})
    return empty
