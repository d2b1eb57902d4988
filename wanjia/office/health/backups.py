"""When the last backup was made and the last one was checked, as the backup itself noted it: `last-backup.json` in the data folder."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

FILE = "last-backup.json"


@dataclass(frozen=True)
class Backup:
    """at: when it was made; verified: whether it was checked; path: where it lies; checked: when the last checked one was made."""

    at: datetime
    verified: bool
    path: str = ""
    checked: datetime | None = None


def last():
    """Return the last Backup, or None: {"at" and "checked": ISO times with zone, "verified": bool, "path": text}."""
    try:
        said = json.loads((Path(settings.WANJIA_VAR) / FILE).read_text())
        at, checked = datetime.fromisoformat(said["at"]), said.get("checked")
        checked = datetime.fromisoformat(checked) if checked else at if said.get("verified") else None
        return Backup(at, bool(said.get("verified")), said.get("path", ""), checked)
    except (OSError, ValueError, KeyError):
        return None


def with_new(had, path, at, *, verified):
    """Return what to note after a backup was made or checked: a check of an older one does not hide that a newer one is there."""
    checked = max(filter(None, (had and had.checked, at if verified else None)), default=None)
    if verified and had is not None and had.at > at:
        return Backup(had.at, had.verified, had.path, checked)
    return Backup(at, verified, str(path), checked)
