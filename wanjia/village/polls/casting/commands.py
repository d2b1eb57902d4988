"""Put a sealed ballot in: the one act that leaves no line, no receipt and no moment."""

import re

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.command import command
from wanjia.verdict import Conflict, Refused

from ... import verifier
from ...models import SealedBallot
from ...poll_states import PollState
from .. import rules, secret
from ..subjects import POLLS

HEX, TOKEN = re.compile(r"[0-9a-f]{1,1200}"), re.compile(r"[0-9a-f]{64}")
SEALED = re.compile(r"[0-9a-f]{64,1200}\.[0-9a-f]{92}\.[0-9a-f]{64}")


@command("village.cast_ballot")
def cast_ballot(*, poll_id, letter, bearer, signature, sealed, opening, by, at):
    """Put a sealed ballot in (投票): of a card's code, or of a token with its signature; once each. opening: the modulus it was sealed to. The very same sent again is answered alike. Writes no line: the ballot is all there is."""
    poll, _at = POLLS.take(poll_id, at)
    if poll.state != PollState.VOTING:
        raise Refused(rules.NOT_VOTING)
    cls = poll.classes.filter(key=letter).first()
    if cls is None or not SEALED.fullmatch(sealed):
        raise Refused(rules.NO_TICKET)
    if opening != poll.opening_n:
        raise Refused(_("投票页旧了,请刷新后再投。"))
    kind, bearer = _bearer(poll, cls, bearer, signature)
    standing = SealedBallot.objects.filter(poll=poll, bearer=bearer).first()
    if standing is None:
        SealedBallot.objects.create(poll=poll, cls=cls, kind=kind, bearer=bearer, signature=signature, sealed=sealed)
    elif standing.sealed != sealed:
        raise Conflict(_("这张票已经投过,不能再投。"))


def _bearer(poll, cls, bearer, signature):
    """Return ("code", its hash) or ("token", the token) of what bears a ballot. Raises Refused where nobody issued it."""
    if signature:
        good = HEX.fullmatch(signature) and TOKEN.fullmatch(bearer) and verifier.is_signed(str(poll.pk), cls.key, bearer, signature, int(cls.n, 16))
        found = "token", bearer
    else:
        digest = verifier.code_hash(str(poll.pk), cls.key, secret.bare(bearer, cls.key))
        good, found = digest in cls.codes, ("code", digest)
    if not good:
        raise Refused(rules.NO_TICKET)
    return found
