"""The key ring: which key encrypts now, which older ones still open, which make the blind indexes.

The ring is a JSON file (`WANJIA_KEYRING`), made on first use with mode 0600; in production it comes from the secret store:
{"current": "k1", "index": "i1", "keys": {"k1": {"suite": "AES-GCM", "secret": "<hex>"}, "i1": {"suite": "HMAC-SHA256", ...}}}
Suites: AES-GCM (AES-256) and SM4-GCM (GB/T 32907, for 密评) encrypt; HMAC-SHA256 and HMAC-SM3 index.
"""

import contextlib
import functools
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12
TAG_BYTES = 16
SECRET_BYTES = {"AES-GCM": 32, "SM4-GCM": 16, "HMAC-SHA256": 32, "HMAC-SM3": 32}
DIGESTS = {"HMAC-SHA256": hashes.SHA256, "HMAC-SM3": hashes.SM3}


def ring():
    """Return the key ring of this installation, read anew when its file changed: a server must know a key added beside it."""
    path = settings.WANJIA_KEYRING
    try:
        changed_ns = os.stat(path).st_mtime_ns  # on every value sealed or opened: one bare stat, no Path objects
    except FileNotFoundError:
        save({"current": "k1", "index": "i1", "keys": {"k1": _new_key("AES-GCM"), "i1": _new_key("HMAC-SHA256")}}, first=True)
        changed_ns = os.stat(path).st_mtime_ns
    return _read(path, changed_ns)


@functools.lru_cache(maxsize=2)
def _read(path, changed_ns):
    return json.loads(Path(path).read_text())


def save(content, *, first=False):
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


def add_key(role, suite):
    """Add a fresh key and make it the one in use for `role` ("current" or "index"); older keys stay to read with."""
    content = json.loads(json.dumps(ring()))
    if suite.startswith("HMAC") != (role == "index"):
        raise ValueError(f"{suite} is not a suite for {role}")
    prefix = "k" if role == "current" else "i"
    number = 1 + max(int(name[1:]) for name in content["keys"] if name[0] == prefix)
    content["keys"][f"{prefix}{number}"] = _new_key(suite)
    content[role] = f"{prefix}{number}"
    save(content)
    return content[role]


def encrypt(text, place):
    """Seal `text` (str) bound to `place` (table|column|row); returns bytes: key id, ':', nonce, ciphertext, tag."""
    name = ring()["current"]
    suite, secret = _suite(name)
    nonce = os.urandom(NONCE_BYTES)
    if suite == "AES-GCM":
        sealed = AESGCM(secret).encrypt(nonce, text.encode(), place.encode())
    else:
        worker = Cipher(algorithms.SM4(secret), modes.GCM(nonce)).encryptor()
        worker.authenticate_additional_data(place.encode())
        sealed = worker.update(text.encode()) + worker.finalize() + worker.tag
    return name.encode() + b":" + nonce + sealed


def decrypt(sealed, place):
    """Open what `encrypt` sealed. Raises cryptography.exceptions.InvalidTag when moved to another place or changed."""
    name, _, body = bytes(sealed).partition(b":")
    suite, secret = _suite(name.decode())
    nonce, body = body[:NONCE_BYTES], body[NONCE_BYTES:]
    if suite == "AES-GCM":
        return AESGCM(secret).decrypt(nonce, body, place.encode()).decode()
    worker = Cipher(algorithms.SM4(secret), modes.GCM(nonce, body[-TAG_BYTES:])).decryptor()
    worker.authenticate_additional_data(place.encode())
    return (worker.update(body[:-TAG_BYTES]) + worker.finalize()).decode()


def blind(domain, canonical, name=None):
    """Return the keyed blind index of a canonical value in its domain: `<index key id>:<hex>`."""
    name = name or ring()["index"]
    suite, secret = _suite(name)
    mac = hmac.HMAC(secret, DIGESTS[suite]())
    mac.update(f"{domain}|{canonical}".encode())
    return f"{name}:{mac.finalize().hex()}"


def blinds(domain, canonical):
    """Return the blind index under every index key of the ring: what a search must look for during a rotation."""
    return [blind(domain, canonical, name) for name in ring()["keys"] if name.startswith("i")]


def _suite(name):
    key = ring()["keys"][name]
    return key["suite"], bytes.fromhex(key["secret"])


def _new_key(suite):
    return {"suite": suite, "secret": secrets.token_hex(SECRET_BYTES[suite])}
