"""Filling a backup's box: tables block by block, those that did not change taken as they are from an earlier backup (ADR 85)."""

import contextlib
import gzip
import hashlib
import zipfile

from wanjia.verdict import Refused

from . import queries, reading, rules


def fill(box, view, there, say):
    """Write every table of the view and every attachment into the box; return what the manifest says of them."""
    applied = reading.schema(view)
    tables, written, files = {}, {}, {}
    for model in reading.models(applied):
        table = model._meta.db_table
        tables[table], written[table] = _copy(box, view.blocks(model), table, there)
        if tables[table]["rows"]:
            say(f"{table} {tables[table]['rows']}")
    # After the tables: a file that a row names was stored before the row, so none is missing.
    for name, path in queries.attachments():
        box.write(path, f"files/{name}", zipfile.ZIP_STORED)
        with open(path, "rb") as body:
            files[name] = hashlib.file_digest(body, "sha256").hexdigest()
    return {
        "schema": applied, "tables": tables, "blocks": written, "files": files, "facts": reading.facts(view),
        "vendor": view.vendor, "triggers": reading.triggers(view),
    }  # fmt: skip


def _copy(box, blocks, table, there):
    """Write the blocks of a table; return what the manifest says of the whole table, and of each block."""
    whole, written = rules.Checksum(), []
    for number, (mark, lines) in enumerate(blocks):
        body, said = there(table, mark) or _spelt(lines())
        entry = f"tables/{table}/{number:06d}.jsonl.gz"
        box.writestr(entry, body, zipfile.ZIP_STORED)
        whole.join(said)
        written.append({"entry": entry, "mark": mark, **said})
    return whole.said(), written


def _spelt(lines):
    checksum = rules.Checksum()
    for line in lines:
        checksum.add(line)
    return gzip.compress(b"\n".join(lines) + b"\n", 1, mtime=0), checksum.said()


@contextlib.contextmanager
def earlier(path):
    """Yield a function (table, mark) → (bytes, what the manifest says) of a block that an earlier backup holds, or None.

    The mark is of the contents, so it does not matter whose backup that is; a file that is gone or spoilt only costs the time.
    """
    try:
        manifest = queries.read_manifest(path) if path else {}
        box = zipfile.ZipFile(path) if path else None
    except (Refused, OSError):
        manifest, box = {}, None
    known = {(table, block["mark"]): block for table, blocks in manifest.get("blocks", {}).items() for block in blocks}

    def take(table, mark):
        block = known.get((table, mark))
        try:
            return block and (box.read(block["entry"]), {"rows": block["rows"], "sum": block["sum"]})
        except (zipfile.BadZipFile, OSError, KeyError):
            return None

    try:
        yield take
    finally:
        if box is not None:
            box.close()
