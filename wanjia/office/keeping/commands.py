"""The recovery sheet: the key ring in two halves, each worthless alone, to be typed back from paper.

The first half is random bytes, the second is those bytes XOR the ring. Each line has a number and a check of four characters,
so that a slip of the typist is named by its line.
"""

import base64
import hashlib
import html
import json
import os
import secrets
import zlib

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wanjia.sealing import keys, proof
from wanjia.verdict import Refused

WIDTH = 24  # characters a line: six groups of four
HEADS = ("甲", "乙")


def split():
    """Return the two halves as texts."""
    ring = keys.ring()
    body = zlib.compress(json.dumps(ring, separators=(",", ":")).encode(), 9)
    mask = secrets.token_bytes(len(body))
    pair = hashlib.sha256(body).hexdigest()[:8].upper()
    return [_written(head, part, pair) for head, part in zip(HEADS, (mask, _xor(mask, body)), strict=True)]


def _written(head, part, pair):
    text = base64.b32encode(part).decode().rstrip("=")
    lines = [text[at : at + WIDTH] for at in range(0, len(text), WIDTH)]
    top = f"万家密钥恢复单 {head}半 {pair} {len(lines)}"
    return "\n".join([top, *(f"{n:02d} {_grouped(line)} {_check(head, n, line)}" for n, line in enumerate(lines, 1))])


def _grouped(line):
    return " ".join(line[at : at + 4] for at in range(0, len(line), 4))


def _check(head, number, line):
    return "-" + base64.b32encode(hashlib.sha256(f"{head}{number}{line}".encode()).digest()).decode()[:4]


def read(text):
    """Return (half, pair, bytes) of one typed half. Raises Refused with the line that is wrong."""
    lines = [line.strip() for line in text.replace("\f", "").splitlines() if line.strip()]
    top = lines[0].split() if lines else []
    if len(top) != 4 or top[0] != "万家密钥恢复单" or top[1][:1] not in HEADS:
        raise Refused(_("这不是恢复单的一半:第一行应写“万家密钥恢复单 甲半 …”。"))
    head, letters = top[1][0], ""
    for number, line in enumerate(lines[1:], 1):
        said, *groups = line.upper().split()
        body = "".join(group for group in groups if not group.startswith("-"))
        if said != f"{number:02d}" or groups[-1:] != [_check(head, number, body)]:
            raise Refused(_("%(half)s半第 %(n)s 行抄错了,请对照纸上再看一遍。") % {"half": head, "n": number})
        letters += body
    if len(lines) - 1 != int(top[3]):
        raise Refused(_("%(half)s半应有 %(n)s 行,现在是 %(found)s 行。") % {"half": head, "n": top[3], "found": len(lines) - 1})
    return head, top[2].upper(), base64.b32decode(letters + "=" * (-len(letters) % 8))


def restore(texts):
    """Join two typed halves, prove the ring against the database, and only then put it in its place."""
    found = {head: (pair, body) for head, pair, body in map(read, (text for text in texts if text.strip()))}
    if set(found) != set(HEADS):
        raise Refused(_("要两半才能恢复:甲半和乙半各一份。"))
    (first, mask), (second, masked) = found["甲"], found["乙"]
    body = _xor(mask, masked)
    if first != second or len(mask) != len(masked) or hashlib.sha256(body).hexdigest()[:8].upper() != first:
        raise Refused(_("这两半不是同一次打印的,合不到一起。"))
    _put(json.loads(zlib.decompress(body)))


def _put(content):
    path = settings.WANJIA_KEYRING
    if os.path.exists(path) and keys.ring() == content:
        return
    aside = f"{path}.aside-{secrets.token_hex(4)}"
    had = os.path.exists(path)
    if had:
        os.link(path, aside)
    keys.save(content)
    try:
        proof.look()
    except Refused:
        os.replace(aside, path) if had else os.unlink(path)
        raise


def _xor(one, other):
    return bytes(a ^ b for a, b in zip(one, other, strict=False))


def page(halves):
    """Return a page to print: each half on a sheet of its own, with who keeps it."""
    sheets = "".join(
        f"<section><h1>万家密钥恢复单({head}半)</h1><p>两半由两个人分开保管,放在两处上锁的地方。单独一半打不开任何内容。"
        f"恢复时运行 wanjia keys restore,两半都照抄。</p><pre>{html.escape(half)}</pre>"
        "<p>保管人(签字)____________ 日期____________ 存放处____________</p></section>"
        for head, half in zip(HEADS, halves, strict=True)
    )
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>密钥恢复单</title>'
        "<style>section{break-after:page}pre{font-size:13pt;line-height:1.6}</style>" + sheets + "</html>"
    )
