"""What every API room shares: the signed-in caller, words that a database can keep, and the way from a call to a command."""

import unicodedata
import uuid
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.security import SessionAuth
from pydantic import AfterValidator, Field, StringConstraints

from wanjia.verdict import Refused

from .guard import without


class NoKey(Refused):
    """The header Idempotency-Key bears what is no key."""

    status = 422


class SignedIn(SessionAuth):
    """A session of a user who holds one of `duties`; without duties, any. Acts need the CSRF token as pages do."""

    def __init__(self, *duties):
        super().__init__()
        self.duties = duties

    def authenticate(self, request, key):
        """Return the user, or None for nobody. Raises Refused without the duty, NoKey for an act under a key that is none: before its
        body is read, so that no act can forget to ask."""
        user = super().authenticate(request, key)
        if user and self.duties and not user.has_duty(*self.duties):
            raise without(user, self.duties)
        if user and request.method == "POST":
            key_of(request)
        return user


def _keepable(said):
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in said):
        raise ValueError(_("不能含有控制字符"))
    return said


def text(longest, *, least=0):
    """Return the type of a text of at most `longest` characters that any database can keep."""
    limits = StringConstraints(max_length=longest, min_length=least, strip_whitespace=True)
    return Annotated[str, limits, AfterValidator(_keepable)]


# The number of a page of a list.
Page = Annotated[int, Field(ge=1, le=100_000)]


class Problem(Schema):
    """Why it was not done: one sentence; for a broken body also one sentence a field; what is not found or broke also in both languages."""

    error: str
    errors: list[dict] = []
    said: dict[str, str] = {}


# What any call may answer besides what it says itself.
PROBLEMS = dict.fromkeys((401, 403, 404, 409, 422), Problem)


def run(request, command, **what):
    """Call a command for the caller, now, under the key of the header Idempotency-Key: the same key again does nothing twice."""
    return command(by=request.user, at=timezone.now(), key=key_of(request), **what)


def key_of(request):
    """Return the key of the header Idempotency-Key, or None without one. Raises NoKey for one that is no UUID."""
    sent = request.headers.get("Idempotency-Key")
    try:
        return uuid.UUID(sent) if sent else None
    except ValueError:
        raise NoKey(_("Idempotency-Key 应当是一个 UUID。")) from None
