"""Erasing what names a person, by lawful request and two people; kept outside the database, so that a restore does it again.

The order is written to an append-only file beside the key ring before it is carried out: killed in between, it is carried out
by the next restore or by the same command again. Every backup takes the list along, beside itself. What is counted (village,
dates, states, the lines of history) stays.
"""

import json
import os

from django.db import connections
from django.utils.translation import gettext_lazy as _

from wanjia.casework.models import Need
from wanjia.kernel import journal
from wanjia.kernel.command import command
from wanjia.kernel.verdict import Refused
from wanjia.orgs.models import User
from wanjia.registry.models import Person

from ..starting.rules import can_run_the_machine
from . import queries, rules

GONE = "(已删除)"
# What names the person or is sealed: emptied, in the register and in what the person asked for. The sealed columns hold nothing
# afterwards, so no key opens them. Lines of history (Step, Callback) are append-only and not reached yet: their words may quote the person.
EMPTIED = {
    (Person, "id"): {
        "name": GONE, "pinyin": "", "initials": "", "citizen_id": b"", "citizen_index": None, "citizen_last4": "", "phone": b"",
        "phone_index": None, "phone_owner": "", "health": b"", "school_name": "",
    },
    (Need, "requester_id"): {
        "requester_name": GONE, "requester_initials": "", "requester_last4": "", "requester_phone": b"", "story": b"", "ledger_cells": b"",
    },
}  # fmt: skip


@command("office.erase_person")
def erase_person(*, person_id, first, second, reason, by, at):
    """Order and carry out one erasure (依法抹去); return the person. first, second: the two people who answer for it."""
    can_run_the_machine(by).or_raise()
    rules.may_erase(first, second, reason).or_raise()
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Refused(_("没有编号为 %(id)s 的人。") % {"id": person_id})
    _append(queries.orders_path(), [json.dumps({"person": str(person.pk), "at": at.isoformat(), "by": [str(first.pk), str(second.pk)]})])
    replay("default", orders=[person.pk])
    journal.record(act="registry.erase_person", subject=person, by=by, at=at, reason=reason, first=str(first.pk), second=str(second.pk))
    return person


def take_along(folder):
    """Write the orders that a folder of backups does not know yet into its own list; called before each backup."""
    there = folder / queries.FILE
    known = queries.lines(there)
    fresh = [line for person, line in queries.lines(queries.orders_path()).items() if person not in known]
    if fresh or not there.exists():
        _append(there, fresh)


def take_back(folder):
    """Write the orders that lie beside a backup and are unknown here into this office's own list: it outlives the restore."""
    known = queries.lines(queries.orders_path())
    fresh = [line for person, line in queries.lines(folder / queries.FILE).items() if person not in known]
    if fresh:
        _append(queries.orders_path(), fresh)


def _append(path, lines):
    with open(path, "a", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def replay(alias, *, orders):
    """Carry out the orders on the database `alias`; return how many people it emptied."""
    return sum(_empty(connections[alias], person_id) for person_id in orders)


def _empty(connection, person_id):
    """Empty every row about one person; return how many people that is."""
    key, done = person_id.hex if connection.vendor == "sqlite" else person_id, []
    with connection.cursor() as cursor:
        for (model, column), emptied in EMPTIED.items():
            listed = ", ".join(f'"{name}" = %s' for name in emptied)
            values = [connection.Database.Binary(value) if isinstance(value, bytes) else value for value in emptied.values()]
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET {listed} WHERE "{column}" = %s', [*values, key])
            done.append(cursor.rowcount)
    return done[0]


def account(username):
    """Return the active account of that name. Raises Refused."""
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise Refused(_("没有“%(name)s”这个账号。") % {"name": username})
    return found
