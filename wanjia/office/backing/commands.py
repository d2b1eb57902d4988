"""Making a backup, and restoring one into a place of its own that is then swapped in at once.

Until the swap nothing of the living office is touched: killed at any moment, the last good state is still there.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from wanjia import __version__
from wanjia.kernel import journal
from wanjia.kernel.brings import gather
from wanjia.office.erasing import commands as erasing
from wanjia.office.erasing import queries as ordered
from wanjia.office.health import backups
from wanjia.office.retention import commands as retention

from .. import places
from ..starting.rules import INSTALLER
from . import blocks, examining, filling, queries, reading, rules

ABANDONED = 24 * 3600  # seconds after which nobody writes a draft any more


def make_backup(folder, *, alias="default", before=None, say=lambda sentence: None):
    """Write a backup of the database and the attachments into `folder`; return its path. The keys are not in it.

    before: the path of an earlier backup, whose blocks of rows that did not change are taken as they are. It is whole all the same.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    erasing.take_along(folder)
    now = datetime.now(UTC)
    path = folder / f"wanjia-{now:%Y%m%dT%H%M%S%fZ}.backup"
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    forget_drafts(folder)
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with reading.snapshot(alias) as view, blocks.earlier(before) as there, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box:
                manifest = blocks.fill(box, view, there, say)
                manifest |= {"format": queries.FORMAT, "made_at": now.isoformat(), "version": __version__}
                box.writestr(queries.MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    note(path, at=now, verified=False)
    return path


def forget_drafts(folder):
    """Throw away what runs that were killed left behind: each is as large as a backup. Not today's, whose run may be at work."""
    for draft in folder.glob(".wanjia-*.backup.*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - draft.stat().st_mtime > ABANDONED:
                draft.unlink()


def follow(folder, *, every, keep, say, rounds=None):
    """Go on for ever (or for `rounds` looks): a backup whenever something was written, the newest `keep` and the first of each day kept."""
    done, took, path = None, 0, max(Path(folder).glob("wanjia-*.backup"), default=None)
    while rounds is None or rounds > 0:
        mark = reading.mark()
        if mark != done:
            started = time.monotonic()
            path = make_backup(folder, before=path)
            done, took = mark, time.monotonic() - started
            for name in rules.spare([old.name for old in Path(folder).glob("wanjia-*.backup")], keep, path.name):
                Path(folder, name).unlink(missing_ok=True)
            say(f"{path.name} {took:.1f} s")
            if rules.pause(every, took) + 2 * took > rules.LOST:
                say(f"一份备份要 {took:.0f} 秒:磁盘坏了会丢 {rules.LOST} 秒以上的内容 / slower than the target allows")
        rounds = None if rounds is None else rounds - 1
        if rounds != 0:
            time.sleep(rules.pause(every, took))


def note(path, *, at, verified):
    """Leave word of the last backup, and of the last that was checked, for the doctor."""
    file = Path(settings.WANJIA_VAR) / backups.FILE
    said = backups.with_new(backups.last(), Path(path).resolve(), at, verified=verified)
    draft = file.with_suffix(f".{secrets.token_hex(4)}")
    checked = said.checked.isoformat() if said.checked else None
    draft.write_text(json.dumps({"at": said.at.isoformat(), "verified": said.verified, "path": said.path, "checked": checked}))
    os.replace(draft, file)


def verify_backup(path, *, say=lambda sentence: None):
    """Verify a backup whole and leave word of it; return the manifest.

    The file against its manifest, then what no checksum can tell: it is restored beside the office, its books are checked and
    its journal is walked, and the copy is thrown away.
    """
    manifest = queries.verify(path)
    with places.beside("default") as place:
        load(path, manifest, place.alias, say=say)
        examining.refuse_faults(place.alias)
    note(path, at=datetime.fromisoformat(manifest["made_at"]), verified=True)
    return manifest


def restore(path, *, older_on_purpose=False, as_it_is=False, forward=True, say=lambda sentence: None):
    """Restore a backup over the office; return the manifest. Raises Refused when it may not or does not come out equal.

    forward: bring it to today's schema; without, it stays on its own (going back from an upgrade).
    as_it_is: even when its books or its journal do not agree with themselves: there may be no better one.
    """
    path = Path(path)
    manifest = queries.verify(path)
    queries.allow_restore(manifest, older_on_purpose=older_on_purpose)
    with places.beside("default") as place:
        load(path, manifest, place.alias, forward=forward, say=say)
        if forward and not as_it_is:  # the checks know today's schema alone
            examining.refuse_faults(place.alias)
        # Before the swap: nobody sees the erased again, not even for a moment.
        orders = ordered.with_those_of(path.parent)
        erasing.replay(place.alias, orders=orders)
        retention.replay(place.alias, orders=orders)
        come_back(place.alias)
        place.ready()  # until here nothing of the office is touched: what refuses says so
        erasing.take_back(path.parent)
        _put_files(path, manifest)
        place.swap()
    return manifest


def come_back(alias):
    """Let each app take back, in a copy of an earlier day, what may have been withdrawn since: the copy does not know."""
    with places.standing_in(alias), transaction.atomic(), journal.held_back():
        for follows in gather("RESTORED"):
            follows(by=INSTALLER, at=timezone.now())


def load(path, manifest, alias, *, forward=True, say=lambda sentence: None):
    """Build the backup's own schema in the empty database `alias`, fill it, and prove it equal by checksum."""
    connection = connections[alias]
    places.migrate(alias, reading.leaves(manifest["schema"]))
    with zipfile.ZipFile(path) as box:
        models = reading.models(manifest["schema"])
        filling.fill(connection, [(model, _lines(box, manifest, model)) for model in models], say=say)
    filling.prove_equal(alias, models, manifest["tables"])
    if forward:
        places.migrate(alias, None)
        places.lay_triggers(alias)
    elif connection.vendor == manifest["vendor"]:
        with connection.cursor() as cursor:
            for statement in manifest["triggers"]:
                cursor.execute(statement)


def _lines(box, manifest, model):
    return lambda: queries.lines(box, manifest, model._meta.db_table)


def _put_files(path, manifest):
    """Bring back attachments that are missing or changed. Those that came later stay: no row names them, no row misses them."""
    root = Path(settings.MEDIA_ROOT)
    with zipfile.ZipFile(path) as box:
        for name, digest in manifest["files"].items():
            target = (root / name).resolve()
            if not target.is_relative_to(root.resolve()):
                continue
            if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == digest:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
            with box.open(f"files/{name}") as body, open(draft, "wb", opener=lambda n, f: os.open(n, f, 0o600)) as out:
                shutil.copyfileobj(body, out)
            os.replace(draft, target)
