"""When the last backup was made and the last one was checked, as the backup itself noted it: `last-backup.json` in the data folder."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

FILE = "last-backup.json"
AHEAD = timedelta(hours=1)  # by how much two clocks may differ


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


def is_gone(backup):
    """Tell whether the file is no longer where it was put. Where this account may not look, nothing is said."""
    try:
        return bool(backup.path) and not Path(backup.path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def with_new(had, path, at, *, verified):
    """Return what to note after a backup was made or checked: a check of an older one does not hide that a newer one is there.

    What was noted under an hour that is still to come is from a clock that ran ahead: it would hide for years that nothing is made.
    """
    now = datetime.now(UTC)
    if had is not None and max(had.at, had.checked or had.at) > now + AHEAD:
        had = None
    checked = max(filter(None, (had and had.checked, at if verified else None)), default=None)
    if verified and had is not None and had.at > at:
        return Backup(had.at, had.verified, had.path, checked)
    return Backup(at, verified, str(path), checked)
