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
    """Return {person: line} of one file. A line cut short by a kill was never carried out."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    found = {}
    for line in text.splitlines():
        try:
            found[uuid.UUID(json.loads(line)["person"])] = line
        except (ValueError, KeyError, TypeError):
            continue
    return found


def orders():
    """Return the ids of the people whose erasure was ordered."""
    return sorted(lines(orders_path()))
