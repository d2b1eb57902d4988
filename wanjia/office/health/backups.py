"""When the last backup was made and checked, as the backup itself noted it: `last-backup.json` in the data folder."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

FILE = "last-backup.json"


@dataclass(frozen=True)
class Backup:
    """at: when it was made; verified: whether it was checked afterwards; path: where it lies."""

    at: datetime
    verified: bool
    path: str = ""


def last():
    """Return the last Backup, or None: {"at": ISO time with zone, "verified": bool, "path": text}."""
    try:
        said = json.loads((Path(settings.WANJIA_VAR) / FILE).read_text())
        return Backup(datetime.fromisoformat(said["at"]), bool(said.get("verified")), said.get("path", ""))
    except (OSError, ValueError, KeyError):
        return None
