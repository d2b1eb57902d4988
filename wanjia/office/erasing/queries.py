"""The orders of erasure that were given, as they lie outside the database: beside the data and beside every backup. Writes nothing."""

import json
from pathlib import Path

from django.conf import settings

from wanjia.kernel import journal
from wanjia.registry.models import Person
from wanjia.sealing import keys

from .finding import NOBODY

FILE = "erasures.jsonl"


def orders_path():
    """Return this office's own file of orders."""
    return Path(settings.WANJIA_KEYRING).parent / FILE


def seal(said):
    """Return the keyed digest of an order: the list lies outside the database, and who can write there is not two people."""
    text = json.dumps({name: value for name, value in said.items() if name != "seal"}, sort_keys=True)
    return keys.blinds("order", text)


def lines(path):
    """Return [(order, line)] of one file. A line cut short by a kill was never carried out; one without our seal is nobody's order."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    found = []
    for line in text.splitlines():
        try:
            said = json.loads(line)
            if said["seal"] in seal(said):
                found.append((said, line))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def fresh(path, there):
    """Return the lines of one file that the other does not have: a person may be ordered twice, with more rows named."""
    known = {line for _said, line in lines(there)}
    return [line for _said, line in lines(path) if line not in known]


def orders():
    """Return every order that was given, in their order: of a person {"order", "person", "records", "by", "also", "stood"}, before 0.2.0
    without "order"; of rows of a list {"order", "disposal", "code", "area", "keys", "at", "first", "second", "list"}.
    """
    return [said for said, _line in lines(orders_path())]


def with_those_of(folder):
    """Return this office's orders and those that lie beside a backup and are unknown here."""
    known = [line for _said, line in lines(orders_path())]
    return orders() + [said for said, line in lines(folder / FILE) if line not in known]


def waiting():
    """Return the orders that this database has not carried out: the power failed between the two. Of nobody who is not in it."""
    given, done = [said for said in orders() if "person" in said], set()  # a list that a kill cut short is gone on with by the clock
    for detail in journal.erasures().values_list("detail", flat=True) if given else ():
        done |= {detail.get("order"), detail.get("ordered")}
    kept = [said for said in given if "order" in said and said["order"] in done]
    return [said for said in given if said not in kept and _stands(said) and not any(_covers(one, said) for one in kept)]


def _covers(one, said):
    """Tell whether another order was for the same person and all the same rows: the two ran the command again."""
    return set(one["records"]) >= set(said["records"]) and set(one["also"]) >= set(said["also"])


def _stands(said):
    """Tell whether this database has the person; of an order from before 0.2.0, which has no number, whether a name still stands."""
    there = Person.objects.filter(pk__in=said["records"])
    return (there if "order" in said else there.exclude(name__in=NOBODY)).exists()
