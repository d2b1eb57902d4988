"""Faults by which something is done twice, or lost."""

from unittest.mock import patch

from wanjia.casework import commands
from wanjia.casework.importing import commands as importing
from wanjia.casework.urging import commands as urging
from wanjia.kernel import command, journal

from .planting import fault, without


@fault("an idempotency key is ignored")
def key_ignored():
    yield patch.object(command, "_once", lambda _key, _name, _by, _what, _at, act, _reads: act())


@fault("a key answers whatever body comes with it")
def any_body_under_a_key():
    yield patch.object(command, "salted_hmac", lambda *_args, **_what: type("Same", (), {"hexdigest": lambda _self: "0" * 64})())


@fault("an urging is written twice")
def urged_twice():
    yield patch.object(urging, "note_step", lambda *args, **what: [commands.note_step(*args, **what) for _turn in (1, 2)][-1])


@fault("a unit is urged as often as one likes on one day")
def urged_again():
    yield without("can_urge")


@fault("the journal misses the first notes")
def journal_misses():
    true = journal.record

    def bent(**what):
        line = true(**what)
        if what["act"] == "need.start":
            journal.transaction.get_connection().lines_held.remove(line)
        return line

    yield patch.object(journal, "record", bent)


@fault("an import drops a row")
def import_drops():
    true = importing.take_rows
    yield patch("wanjia.casework.importing.ledger.take_rows", lambda rows, **what: true(rows[:-1] if len(rows) > 1 else rows, **what))


@fault("the same file twice makes its needs twice")
def import_doubles():
    yield patch("wanjia.casework.importing.ledger._There.has", lambda _there, _row: False)
    yield patch("wanjia.casework.importing.ledger.take_rows", lambda rows, *, source_file, **what: importing.take_rows(rows, source_file=f"{source_file[:40]}{str(what['at'].timestamp())[-8:]}", **what))
