"""The orders of erasure that were given, as they lie outside the database: beside the data and beside every backup. Writes nothing."""

import json
import uuid
from pathlib import Path

from django.conf import settings

FILE = "erasures.jsonl"


def orders_path():
    """Return this office's own file of orders."""
    return Path(settings.WANJIA_KEYRING).parent / FILE


def lines(path):
    """Return [(person, rows named besides, line)] of one file. A line cut short by a kill was never carried out."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    found = []
    for line in text.splitlines():
        try:
            said = json.loads(line)
            found.append((uuid.UUID(said["person"]), said.get("also", []), line))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def fresh(path, there):
    """Return the lines of one file that the other does not have: a person may be ordered twice, with more rows named."""
    known = {line for *_what, line in lines(there)}
    return [line for *_what, line in lines(path) if line not in known]


def orders():
    """Return {person: rows named besides} of everybody whose erasure was ordered."""
    found = {}
    for person, also, _line in lines(orders_path()):
        found.setdefault(person, []).extend(also)
    return found
