"""Reading a backup file: is it whole, whose is it, and how old? Writes nothing."""

import gzip
import hashlib
import json
import zipfile
import zlib
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from wanjia.sealing import keys
from wanjia.verdict import Refused

from . import reading, rules

MANIFEST = "manifest.json"
FORMAT = rules.FORMAT


def read_manifest(path):
    """Return the manifest. Raises Refused for a file that is cut short or no backup."""
    try:
        with zipfile.ZipFile(path) as box:
            manifest = json.loads(box.read(MANIFEST))
    except FileNotFoundError:
        raise Refused(_("找不到备份文件 %(path)s。") % {"path": path}) from None
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError):
        raise Refused(
            _("%(path)s 不是完整的备份:可能没有写完,或传输时被截断。什么也没有改动,请换一份备份。") % {"path": path}
        ) from None
    if manifest.get("format") not in range(1, FORMAT + 1):
        raise Refused(_("%(path)s 是更新版本做的备份,请先升级本系统再恢复。") % {"path": path})
    return manifest


def verify(path):
    """Read the whole file and compare every table and attachment with the manifest; return the manifest. Raises Refused."""
    manifest = read_manifest(path)
    try:
        with zipfile.ZipFile(path) as box:
            for table, said in manifest["tables"].items():
                found = rules.Checksum()
                for line in lines(box, manifest, table):
                    found.add(line.rstrip(b"\n"))
                if found.said() != said:
                    raise _spoilt(path, table)
            for name, digest in manifest["files"].items():
                with box.open(f"files/{name}") as body:
                    if hashlib.file_digest(body, "sha256").hexdigest() != digest:
                        raise _spoilt(path, name)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, EOFError) as fault:
        raise _spoilt(path, fault) from None
    prove_ring(manifest)
    return manifest


def lines(box, manifest, table):
    """Yield the lines of a table, from either format."""
    if manifest["format"] == 1:
        with box.open(f"tables/{table}.jsonl") as whole:
            yield from whole
        return
    for block in manifest["blocks"][table]:
        yield from gzip.decompress(box.read(block["entry"])).splitlines(keepends=True)


def _spoilt(path, what):
    return Refused(_("%(path)s 里的 %(what)s 与清单不符,这份备份不能用。什么也没有改动,请换一份备份。") % {"path": path, "what": what})


def prove_ring(manifest):
    """Raise Refused unless the ring of this installation opens the backup."""
    content = keys.ring()
    for name, value in manifest["facts"]["keys"].items():
        if name not in content["keys"] or keys.check_value(name, content) != value:
            raise Refused(_("这份备份要用另一个密钥环才能打开(密钥 %(name)s 对不上)。请先放回做备份时的密钥环。") % {"name": name})


def allow_restore(manifest, *, older_on_purpose=False):
    """Raise Refused when the backup is another office's, or older than what the office holds now."""
    now = current_facts()
    if now is None or not now["head"]["seq"]:
        return
    then = manifest["facts"]
    if now["first"] != then["first"]:
        raise Refused(_("这份备份是另一个单位的:两边日志的第一条不同。什么也没有改动。"))
    if now["head"]["seq"] > then["head"]["seq"] and not older_on_purpose:
        raise Refused(
            _("现在的数据比这份备份新 %(n)s 条操作,恢复后这些操作就没有了。确实要退回去,请加上 --older-on-purpose。")
            % {"n": now["head"]["seq"] - then["head"]["seq"]}
        )


def current_facts():
    """Return the facts of the present database, or None when it holds no office yet."""
    with connection.cursor() as cursor:
        if "kernel_head" not in connection.introspection.table_names(cursor):
            return None
    with reading.snapshot() as view:
        return reading.facts(view)


def attachments():
    """Yield (name, path) of every stored attachment."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file():
            yield path.relative_to(root).as_posix(), path
