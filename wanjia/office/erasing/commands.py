"""Erasing what names a person, by lawful request and two people; kept outside the database, so that a restore does it again.

The order is written to an append-only file beside the key ring before it is carried out: killed in between, it is carried out
by the next restore or by the same command again. What is counted (village, dates, states, the lines of history) stays.
"""

import json
import os
import uuid
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.verdict import Refused
from wanjia.orgs.models import User
from wanjia.registry.models import Person

GONE = "(已删除)"
SHORTEST = 10
# What names the person or is sealed: emptied. The sealed columns hold nothing afterwards, so no key opens them.
EMPTIED = {
    "name": GONE, "pinyin": "", "initials": "", "citizen_id": b"", "citizen_index": None, "citizen_last4": "", "phone": b"",
    "phone_index": None, "phone_owner": "", "health": b"", "school_name": "",
}  # fmt: skip


def orders_path():
    """Return the file of the orders."""
    return Path(settings.WANJIA_KEYRING).parent / "erasures.jsonl"


def orders():
    """Return the ids of the people whose erasure was ordered. A line cut short by a kill was never carried out."""
    try:
        lines = orders_path().read_text().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for line in lines:
        try:
            found.append(uuid.UUID(json.loads(line)["person"]))
        except (ValueError, KeyError):
            continue
    return found


def erase(*, person_id, first, second, reason, at):
    """Order and carry out one erasure. first, second: two different people who answer for it."""
    if first.pk == second.pk:
        raise Refused(_("删除一个人的资料要由两个人共同决定,请写上另一个人的账号。"))
    if len(reason.strip()) < SHORTEST:
        raise Refused(_("请写明依据和理由,不少于 %(n)s 个字。") % {"n": SHORTEST})
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Refused(_("没有编号为 %(id)s 的人。") % {"id": person_id})
    _order(person, first, second, at)
    with transaction.atomic():
        replay("default", only=[person.pk])
        journal.record(act="registry.erase_person", subject=person, by=first, at=at, reason=reason, second=str(second.pk))


def _order(person, first, second, at):
    line = json.dumps({"person": str(person.pk), "at": at.isoformat(), "by": [str(first.pk), str(second.pk)]})
    with open(orders_path(), "a", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(f"{line}\n")
        file.flush()
        os.fsync(file.fileno())


def replay(alias, *, only=None):
    """Carry out every order (or those of `only`) on the database `alias`; return how many people it emptied."""
    connection = connections[alias]
    listed = ", ".join(f'"{column}" = %s' for column in EMPTIED)
    values = [connection.Database.Binary(value) if isinstance(value, bytes) else value for value in EMPTIED.values()]
    done = 0
    with connection.cursor() as cursor:
        for person_id in orders() if only is None else only:
            key = person_id.hex if connection.vendor == "sqlite" else person_id
            cursor.execute(f'UPDATE "{Person._meta.db_table}" SET {listed} WHERE id = %s', [*values, key])
            done += cursor.rowcount
    return done


def account(username):
    """Return the active account of that name. Raises Refused."""
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise Refused(_("没有“%(name)s”这个账号。") % {"name": username})
    return found
