"""Whose work this device may keep, and the key to it. Nothing stands in the database: a signed cookie says who was here.

For each person the cookie holds a random seed and the epoch of their sessions on that day. The key comes of the seed and the server's
secret, so neither device nor cookie opens anything without the server, and a new epoch (account locked, password reset, other sign-ins
ended) gives no key for what lay there before.
"""

import base64
import secrets

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from ..models import User

COOKIE = "__Host-device" if settings.WANJIA_SECURE else "device"
DAYS = 180  # without a word, after which the device forgets who was here
RENEWED = 7  # days after which the cookie is written anew
PEOPLE = 12  # on one shared device; who was here longest ago goes first


class Device:
    """One browser. people: {user id: [epoch, seed]}, in the order of their last coming."""

    def __init__(self, cookie=""):
        self.people = _read(cookie, DAYS)
        self.changed = self.people != _read(cookie, RENEWED)  # the days count from the last word, not from the first

    def enter(self, user):
        """Let somebody keep work here; return (tag, key in base64). After a new epoch both are new, and what lay here is forgotten."""
        epoch, seed = self.people.get(str(user.pk), (None, ""))
        if epoch != user.session_epoch:
            seed = secrets.token_urlsafe(18)
        if epoch != user.session_epoch or list(self.people)[-1] != str(user.pk):
            self.people.pop(str(user.pk), None)
            self.people[str(user.pk)] = [user.session_epoch, seed]
            for oldest in list(self.people)[:-PEOPLE]:
                del self.people[oldest]
            self.changed = True
        return _tag(seed), _key(seed, user)

    def keep(self, user):
        """Go on here after somebody ended their other sign-ins: the epoch is one later, what lies here stays."""
        kept = self.people.get(str(user.pk))
        if kept and kept[0] == user.session_epoch - 1:  # otherwise a reset or a lock came between, and that counts
            kept[0], self.changed = user.session_epoch, True

    def leave(self, user):
        """Forget somebody who signs out."""
        self.changed = self.people.pop(str(user.pk), None) is not None or self.changed

    def kept(self):
        """Return the tags of those whose work may lie here; the device throws everything else away."""
        epochs = dict(User.objects.filter(pk__in=self.people, is_active=True).values_list("pk", "session_epoch")) if self.people else {}
        epochs = {str(pk): epoch for pk, epoch in epochs.items()}
        return [_tag(seed) for pk, (epoch, seed) in self.people.items() if epochs.get(pk) == epoch]

    def cookie(self):
        """Spell the device as its cookie."""
        return signing.dumps(self.people, salt=COOKIE, compress=True)


def _read(cookie, days):
    try:
        return signing.loads(cookie, salt=COOKIE, max_age=days * 86400) if cookie else {}
    except signing.BadSignature:
        return {}


def _tag(seed):
    """What a record on the device is labelled with: it tells one person's from another's, and nobody's name."""
    return salted_hmac("wanjia.device.tag", seed, algorithm="sha256").hexdigest()[:24]


def _key(seed, user):
    derived = HKDF(algorithm=SHA256(), length=32, salt=seed.encode(), info=f"wanjia.device|{user.pk}".encode())
    return base64.b64encode(derived.derive(settings.SECRET_KEY.encode())).decode()
