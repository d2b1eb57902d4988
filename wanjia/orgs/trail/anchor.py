"""Anchors: what the journal was at a moment, kept where whoever keeps the database cannot reach.

A chain proves its own order, not its end: whoever may rewrite every row can cut the tail, compute the chain anew or bring back an
older copy. An anchor is the number and the digest of the last line, signed, written to an append-only file (WANJIA_ANCHORS: a
share of the audit unit, a mail queue) and printed as a short code on the monthly notice. `wanjia journal verify --anchor CODE`
holds the journal against it. The signing key is derived from the ring's first index key (RFC 5869, RFC 8032), so there is no
further secret to lose.
"""

import base64
import hashlib
import json
import os
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.models import Anchor, Entry, Head
from wanjia.sealing import keys
from wanjia.verdict import Refused

CODE_BYTES = 10  # 80 bits of the digest: sixteen letters that can be read out on a telephone
CODE = re.compile(r"([0-9]{1,18})-([A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4})")


def code(seq=None, digest=None):
    """Return the short code of a line, by default of the last one: 1580-ABCD-EFGH-IJKL-MNOP."""
    if seq is None:
        head = Head.objects.filter(pk=1).first() or Head()
        seq, digest = head.seq, head.digest
    whole = bytes.fromhex(digest) if not digest.endswith(journal.PARTED) else hashlib.sha256(digest.encode()).digest()
    letters = base64.b32encode(whole[:CODE_BYTES]).decode()
    return f"{seq}-" + "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def made(at):
    """Return the signed Anchor of the journal's last line as it stands, not yet kept. Raises Refused for an empty journal."""
    head = Head.objects.filter(pk=1).first()
    if head is None or head.seq == 0:
        raise Refused(_("日志还是空的,没有可以锚定的内容。"))
    anchor = Anchor(seq=head.seq, digest=head.digest, at=at, code=code(head.seq, head.digest))
    anchor.signature = _signer().sign(_signed_text(anchor)).hex()
    return anchor


def public_key():
    """Return the public key (hex) with which anyone may check the file's signatures."""
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return _signer().public_key().public_bytes(*raw).hex()


def faults(codes=(), lines=None, public=""):
    """Return a sentence for each short code or line of the anchors' file that the journal no longer bears out.

    lines: of the file, None when it is not asked; public: the public key (hex) as it was noted at an earlier anchor.
    Finds a cut tail, a chain computed anew, an older copy brought back; a forged line of the file, one that it lacks and an
    exchanged signing key are named as such. Whoever puts back database and file together is found by a code on paper alone.
    """
    asked, found = [], []
    if public and public.strip().lower() != public_key():
        found.append(_("签名的公钥和当时记下的不一样:密钥环的索引密钥换过,锚文件上的签名证明不了什么。请用通报上印的锚码核对。"))
    for one in codes:
        match = CODE.fullmatch(one.strip().upper())
        if match is None:
            found.append(_("“%(code)s”不是锚码。锚码印在月度通报上,样子像 1580-ABCD-EFGH-IJKL-MNOP。") % {"code": one})
        else:
            asked.append((int(match[1]), match[0]))
    signed = set()
    for text in lines or ():
        anchor = _read(text)
        signed.add(anchor and (anchor.seq, anchor.digest))
        if anchor is None:
            found.append(_("锚文件里有一行读不出来或签名不对:%(text)s") % {"text": text.strip()[:60]})
        else:
            asked.append((anchor.seq, anchor.code))
    found += [fault for seq, one in asked if (fault := _fault(seq, one))]
    if lines is not None and (lacking := [one.code for one in Anchor.objects.order_by("id") if (one.seq, one.digest) not in signed]):
        found.append(_("锚文件少了 %(n)s 行,最早的一行是 %(code)s:文件被删短、改写,或者换回了旧的。") % {"n": len(lacking), "code": lacking[0]})
    return found


def _fault(seq, expected):
    entry = Entry.objects.filter(seq=seq).first()
    if entry is None:
        return _("锚码 %(code)s 说日志有过第 %(seq)s 条,现在没有:日志尾部被截断,或者换回了更早的备份。") % {"code": expected, "seq": seq}
    if code(seq, journal.borne_out(entry)) != expected:
        return _("第 %(seq)s 条与锚码 %(code)s 不符:这一条或它以前的日志被改写、重算过。") % {"code": expected, "seq": seq}
    return None


def _signer():
    ring = keys.ring()["keys"]
    first = min((name for name in ring if name.startswith("i")), key=lambda name: int(name[1:]))
    seed = HKDF(hashes.SHA256(), 32, salt=None, info=b"wanjia.journal.anchor").derive(bytes.fromhex(ring[first]["secret"]))
    return Ed25519PrivateKey.from_private_bytes(seed)


def _signed_text(anchor):
    return f"wanjia.anchor|{anchor.seq}|{anchor.digest}|{anchor.at.isoformat()}".encode()


def append(anchor):
    """Write one line to the append-only file and see it on the disk before the act is acknowledged."""
    line = {"seq": anchor.seq, "digest": anchor.digest, "at": anchor.at.isoformat(), "signature": anchor.signature}
    descriptor = os.open(settings.WANJIA_ANCHORS, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, json.dumps(line).encode() + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read(text):
    """Return the Anchor that a line of the file says, or None when it is no line of ours or its signature does not hold."""
    try:
        line = json.loads(text)
        signed = f"wanjia.anchor|{line['seq']}|{line['digest']}|{line['at']}".encode()
        _signer().public_key().verify(bytes.fromhex(line["signature"]), signed)
        return Anchor(seq=line["seq"], digest=line["digest"], code=code(line["seq"], line["digest"]))
    except (ValueError, KeyError, TypeError, InvalidSignature):
        return None
