"""The key ring: which key encrypts now, which older ones still open, which make the blind indexes.

The ring is a JSON file (`WANJIA_KEYRING`) with mode 0600, made by the first set-up alone (`wanjia init`, `wanjia demo`) and never
in passing: a ring made anew beside an old database would lose every sealed value. `proof.py` proves it against the database.
{"current": "k1", "index": "i1", "keys": {"k1": {"suite": "AES-GCM", "secret": "<hex>"}, "i1": {"suite": "HMAC-SHA256", ...}}}
Suites: AES-GCM (AES-256) and SM4-GCM (GB/T 32907, for 密评) encrypt; HMAC-SHA256 and HMAC-SM3 index.

What a key works with is made once and kept (`_cipher`, `_mac`); whether the ring changed is asked of the file once a value, or once a
column of values (`encrypt_all`, `blind_all`).
"""

import contextlib
import functools
import json
import os
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wanjia.verdict import Refused

NONCE_BYTES = 12
TAG_BYTES = 16
SECRET_BYTES = {"AES-GCM": 32, "SM4-GCM": 16, "HMAC-SHA256": 32, "HMAC-SM3": 32}
DIGESTS = {"HMAC-SHA256": hashes.SHA256, "HMAC-SM3": hashes.SM3}


Ring = dict[str, Any]  # as the file has it, see above


class RingFault(Refused):
    """The ring is missing, unreadable or another office's: nothing may be written until the right one is back."""

    status = 503


class Unopened(Exception):
    """One sealed value does not open: its key is gone, or the value was moved or changed."""


def ring() -> Ring:
    """Return the key ring of this installation, read anew when its file changed: a server must know a key added beside it.

    Raises RingFault when there is none: it is never made here.
    """
    path = settings.WANJIA_KEYRING
    try:
        changed_ns = os.stat(path).st_mtime_ns  # on every value sealed or opened: one bare stat, no Path objects
        return _read(path, changed_ns)
    except FileNotFoundError:
        raise RingFault(
            _("找不到密钥环,应在 %(path)s。没有它,加密的内容一个也打不开。请把备份的密钥环放回原处,或用两半恢复单运行 wanjia keys restore。")
            % {"path": path}
        ) from None
    except (ValueError, KeyError, TypeError, OSError):
        raise RingFault(
            _("%(path)s 不是完整的密钥环,或者读不了。请把备份的密钥环放回原处,或用两半恢复单运行 wanjia keys restore。") % {"path": path}
        ) from None


def make() -> Ring:
    """Make a fresh ring unless one is there. For the first set-up (`proof.first_set_up`) and for tests."""
    if not os.path.exists(settings.WANJIA_KEYRING):
        save({"current": "k1", "index": "i1", "keys": {"k1": _new_key("AES-GCM"), "i1": _new_key("HMAC-SHA256")}}, first=True)
    return ring()


@functools.lru_cache(maxsize=2)
def _read(path: str | os.PathLike[str], changed_ns: int) -> Ring:
    content: Ring = json.loads(Path(path).read_text())
    suites = {name: content["keys"][name]["suite"] for name in content["keys"]}
    if any(len(bytes.fromhex(content["keys"][name]["secret"])) != SECRET_BYTES[suite] for name, suite in suites.items()):
        raise ValueError("a secret of another length than its suite's")
    if suites[content["current"]] in DIGESTS or suites[content["index"]] not in DIGESTS:
        raise ValueError("neither seals with a key of an index nor the other way round")
    return content


def save(content: Ring, *, first: bool = False) -> None:
    """Write the ring whole, readable by its owner alone. first: leave a ring that another process made meanwhile."""
    path = Path(settings.WANJIA_KEYRING)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    if first:
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    else:
        os.replace(draft, path)


def add_key(role: str, suite: str) -> str:
    """Add a fresh key and make it the one in use for `role` ("current" or "index"); older keys stay to read with."""
    content = json.loads(json.dumps(ring()))
    if suite.startswith("HMAC") != (role == "index"):
        raise ValueError(f"{suite} is not a suite for {role}")
    prefix = "k" if role == "current" else "i"
    number = 1 + max(int(name[1:]) for name in content["keys"] if name[0] == prefix)
    content["keys"][f"{prefix}{number}"] = _new_key(suite)
    name = content[role] = f"{prefix}{number}"
    save(content)  # its check value is laid by the next proof, before the first write with it
    return name


def encrypt(text: str, place: str) -> bytes:
    """Seal `text` (str) bound to `place` (table|column|row); returns bytes: key id, ':', nonce, ciphertext, tag."""
    name: str = ring()["current"]
    nonce = os.urandom(NONCE_BYTES)
    return name.encode() + b":" + nonce + _cipher(*_suite(name))(nonce, text.encode(), place.encode())


def encrypt_all(texts: Sequence[str], places: Sequence[str]) -> list[bytes]:
    """Seal many texts, each bound to its place, as `encrypt` does one: the ring is looked at once, and the nonces are drawn at once.

    An empty text is sealed too; whoever keeps it empty leaves it out.
    """
    name: str = ring()["current"]
    head, seal, nonces = name.encode() + b":", _cipher(*_suite(name)), os.urandom(NONCE_BYTES * len(texts))
    sealed = []
    for at, (text, place) in enumerate(zip(texts, places, strict=True)):
        nonce = nonces[at * NONCE_BYTES : (at + 1) * NONCE_BYTES]
        sealed.append(head + nonce + seal(nonce, text.encode(), place.encode()))
    return sealed


def decrypt(sealed: bytes, place: str) -> str:
    """Open what `encrypt` sealed. Raises cryptography.exceptions.InvalidTag when moved to another place or changed."""
    name, _, body = bytes(sealed).partition(b":")
    suite, secret = _suite(name.decode())
    nonce, body = body[:NONCE_BYTES], body[NONCE_BYTES:]
    if suite == "AES-GCM":
        return _aes(secret).decrypt(nonce, body, place.encode()).decode()
    worker = Cipher(algorithms.SM4(bytes.fromhex(secret)), modes.GCM(nonce, body[-TAG_BYTES:])).decryptor()
    worker.authenticate_additional_data(place.encode())
    return (worker.update(body[:-TAG_BYTES]) + worker.finalize()).decode()


def blind(domain: str, canonical: str, name: str | None = None) -> str:
    """Return the keyed blind index of a canonical value in its domain: `<index key id>:<hex>`."""
    name = name or ring()["index"]
    mac = _mac(*_suite(name)).copy()
    mac.update(f"{domain}|{canonical}".encode())
    return f"{name}:{mac.finalize().hex()}"


def blind_all(domain: str, canonicals: Sequence[str]) -> list[str]:
    """Return the blind index of many canonical values of one domain, as `blind` makes one."""
    name: str = ring()["index"]
    start = _mac(*_suite(name)).copy()
    start.update(f"{domain}|".encode())  # the same before every value: taken in once
    found = []
    for canonical in canonicals:
        mac = start.copy()
        mac.update(canonical.encode())
        found.append(f"{name}:{mac.finalize().hex()}")
    return found


def blinds(domain: str, canonical: str) -> list[str]:
    """Return the blind index under every index key of the ring: what a search must look for during a rotation."""
    return [blind(domain, canonical, name) for name in ring()["keys"] if name.startswith("i")]


def open_sealed(sealed: bytes, place: str) -> str:
    """Open as `decrypt` does; raise Unopened with a reason when it cannot be done. A missing ring stays a RingFault."""
    try:
        return decrypt(sealed, place)
    except (InvalidTag, KeyError, ValueError) as fault:
        raise Unopened(place) from fault


def check_value(name: str, content: Ring | None = None) -> str:
    """Return what the key `name` makes of a known text: 64 hex digits that prove the key and give nothing away."""
    secret = bytes.fromhex((content or ring())["keys"][name]["secret"])
    mac = hmac.HMAC(secret, hashes.SHA256())
    mac.update(f"wanjia key check|{name}".encode())
    return mac.finalize().hex()


def _suite(name: str) -> tuple[str, str]:
    key = ring()["keys"][name]
    return key["suite"], key["secret"]


# Kept by suite and secret, not by name: a ring put back or made anew finds its own.
@functools.lru_cache(maxsize=32)
def _aes(secret: str) -> AESGCM:
    return AESGCM(bytes.fromhex(secret))


@functools.lru_cache(maxsize=32)
def _mac(suite: str, secret: str) -> hmac.HMAC:
    """The state of an index key that has seen nothing yet: copied, never written to."""
    return hmac.HMAC(bytes.fromhex(secret), DIGESTS[suite]())


@functools.lru_cache(maxsize=32)
def _cipher(suite: str, secret: str) -> Callable[[bytes, bytes, bytes], bytes]:
    """Return the function (nonce, text, associated data) → ciphertext and tag of a sealing key."""
    if suite == "AES-GCM":
        return _aes(secret).encrypt

    def seal(nonce: bytes, text: bytes, place: bytes) -> bytes:
        worker = Cipher(algorithms.SM4(bytes.fromhex(secret)), modes.GCM(nonce)).encryptor()
        worker.authenticate_additional_data(place)
        return worker.update(text) + worker.finalize() + worker.tag

    return seal


def _new_key(suite: str) -> dict[str, str]:
    return {"suite": suite, "secret": secrets.token_hex(SECRET_BYTES[suite])}
