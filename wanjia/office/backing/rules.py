"""How a row is spelt in a backup: the same on SQLite and PostgreSQL, so that one checksum holds for both. Writes nothing.

A row is one line of JSON, its values in the order of the table's columns. A table's checksum is the sum of its lines' digests:
the order in which a database gives its rows does not matter, a missing, doubled or changed row does.
"""

import base64
import datetime
import hashlib
import json
from decimal import Decimal

UTC = datetime.UTC
FORMAT = 2  # 1: a table is one entry; 2: it is blocks, of which a later backup may take the unchanged ones as they are (ADR 85)
SPELLING = 1  # one more whenever a value is spelt otherwise than before: blocks of the older spelling are then no longer taken
SKIPPED = {"django_session"}  # whoever was signed in signs in again
WIDTH = 2**128
_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
DAYS = 60  # of each, the first backup is kept when following
LOST = 60  # seconds of work that a broken disk may cost at most
AIM = 40  # what following aims at, so that a busy machine still stays within LOST


def pause(every, took):
    """Return the seconds between two backups that take `took` each: what is written just after one began waits for two and the pause."""
    return max(1, min(every, AIM - 2 * took))


def spare(names, keep, made=""):
    """Return the backups that may go: all but the newest `keep` and the first of each of the last 60 days. Names carry the hour.

    made: the one just made. What bears a later hour than it is from a clock that ran ahead: it stays, and pushes nothing out.
    """
    names = sorted(name for name in names if not made or name <= made)
    first = {}
    for name in names:
        first.setdefault(name.removeprefix("wanjia-")[:8], name)
    kept = set(names[-keep:]) | set(sorted(first.values())[-DAYS:])
    return [name for name in names if name not in kept]


class Checksum:
    """Counts and sums the lines of one table."""

    def __init__(self):
        self.rows, self.total = 0, 0

    def add(self, line):
        """line: bytes of one spelt row."""
        self.rows += 1
        self.total += int.from_bytes(hashlib.blake2b(line, digest_size=16).digest(), "big")

    def join(self, said):
        """Add what another Checksum said."""
        self.rows += said["rows"]
        self.total += int(said["sum"], 16)

    def said(self):
        """Return {"rows", "sum"} for the manifest."""
        return {"rows": self.rows, "sum": f"{self.total % WIDTH:032x}"}


def columns(model):
    """Return the model's columns in the order of their names, each with its field."""
    return sorted(((field.column, field) for field in model._meta.concrete_fields), key=lambda pair: pair[0])


def spellers(model):
    """Return [(place, function)] of the columns whose database values are spelt otherwise for the backup."""
    return _made(model, _SPELL)


def readers(model, vendor):
    """Return [(place, function)] of the columns whose spelt values the driver of `vendor` takes otherwise."""
    return _made(model, {"BinaryField": base64.b64decode} | ({"BooleanField": bool} if vendor == "postgresql" else {}))


def _made(model, table):
    kinds = [kind(field) for _column, field in columns(model)]
    return [(place, table[name]) for place, name in enumerate(kinds) if name in table]


def kind(field):
    """Return the internal type of the column: a foreign key's is that of the key it names."""
    while field.remote_field is not None and hasattr(field, "target_field"):
        field = field.target_field
    return field.get_internal_type()


def spell(row, functions):
    """Return the line (bytes) of one row."""
    values = list(row)
    for place, make in functions:
        if values[place] is not None:
            values[place] = make(values[place])
    return _LINE(values).encode()


def unspell(line, functions):
    """Return the values of one line for the driver."""
    values = json.loads(line)
    for place, make in functions:
        if values[place] is not None:
            values[place] = make(values[place])
    return values


def _moment(value):
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return str(value)


def _number(value):
    value = Decimal(str(value))
    return format(value.normalize() if value else Decimal(0), "f")


def _json(value):
    if isinstance(value, str):
        value = json.loads(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _span(value):
    return int(value / datetime.timedelta(microseconds=1)) if isinstance(value, datetime.timedelta) else value


_SPELL = {
    "UUIDField": lambda value: value.replace("-", "") if isinstance(value, str) else value.hex,
    "DateTimeField": _moment,
    "DateField": str,
    "TimeField": str,
    "DurationField": _span,
    "BooleanField": int,
    "BinaryField": lambda value: base64.b64encode(value).decode(),
    "JSONField": _json,
    "DecimalField": _number,
    "GenericIPAddressField": str,
}
