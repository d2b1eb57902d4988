"""What every API room shares: the signed-in caller, words that a database can keep, and the way from a call to a command."""

import unicodedata
import uuid
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, cast

from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.operation import Operation
from ninja.security import SessionAuth
from pydantic import AfterValidator, Field, StringConstraints

from wanjia.doors.guard import without
from wanjia.doors.moment import stamped
from wanjia.doors.words import in_both
from wanjia.verdict import NoRight, Refused


class NoKey(Refused):
    """The header Idempotency-Key bears what is no key."""

    status = 422


class SignedIn(SessionAuth):
    """A session of a user who holds one of `duties`; without duties, any. Acts need the CSRF token as pages do."""

    def __init__(self, *duties: Any) -> None:
        super().__init__()
        self.duties = duties

    def authenticate(self, request: Any, key: str | None) -> Any:
        """Return the user, or None for nobody. Raises Refused without the duty, NoKey for an act under a key that is none: before its
        body is read, so that no act can forget to ask."""
        user: Any = super().authenticate(request, key)
        if user and self.duties and not user.has_duty(*self.duties):
            raise no_duty(user, self.duties)
        if user and request.method == "POST":
            key_of(request)
        return user


def _keepable(said: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in said):
        raise ValueError(_("不能含有控制字符"))
    return said


def text(longest: int, *, least: int = 0) -> Any:
    """Return the type of a text of at most `longest` characters that any database can keep."""
    limits = StringConstraints(max_length=longest, min_length=least, strip_whitespace=True)
    return Annotated[str, limits, AfterValidator(_keepable)]


def _keepable_object(said: dict[str, Any]) -> dict[str, Any]:
    for one in (text for pair in said.items() for text in pair if isinstance(text, str)):
        _keepable(one)
    return said


# An object of words and texts, each as any database can keep it.
Object = Annotated[dict[str, Any], AfterValidator(_keepable_object)]
# The number of a page of a list.
Page = Annotated[int, Field(ge=1, le=100_000)]


class Problem(Schema):
    """Why it was not done: one sentence in the caller's language; `said`: the same in both, {"zh", "en"}; for a broken body also one of each field."""

    error: str
    errors: list[dict[str, Any]] = []
    said: dict[str, str] = {}


# What any call may answer besides what it says itself; 503: busy, with Retry-After.
PROBLEMS = dict.fromkeys((400, 401, 403, 404, 409, 422, 500, 503), Problem)

# Ninja makes a model anew of every call's every answer: nine in ten of them are the problems above, and half of what a process needs to start.
_made_anew = Operation._create_response_model
_made = cache(lambda answer: _made_anew(cast(Operation, None), answer))
Operation._create_response_model = lambda self, response_param: _made(response_param)  # type: ignore[method-assign]


def no_duty(user: Any, duties: Iterable[Any]) -> NoRight:
    """Return the NoRight of whoever lacks the duty, said in both languages."""
    refusal = without(user, duties)
    with translation.override(_other()):
        refusal.said = _said(refusal, without(user, duties))
    return refusal


def run(request: Any, command: Callable[..., Any], **what: Any) -> Any:
    """Call a command for the caller, now, under the key of the header Idempotency-Key: the same key again does nothing twice.

    A refusal that bears facts stands in the caller's language alone: then the command is asked once more in the other one.
    """
    at, key = stamped(request).at, key_of(request)
    try:
        return command(by=request.user, at=at, key=key, **what)
    except Refused as refusal:
        refusal.said = in_both(refusal.reason) if isinstance(refusal.reason, Promise) else _asked_again(refusal, command, by=request.user, at=at, key=key, **what)
        raise


def _asked_again(refusal: Refused, command: Callable[..., Any], **what: Any) -> dict[str, str] | None:
    """Return what a refused command says in both languages, or None where it now says another thing. Whatever it does is taken back.

    What journals its own refusal is not asked again: that would be told twice.
    """
    if refusal.noting:
        return None
    with translation.override(_other()), transaction.atomic():
        try:
            command(**what)
        except Refused as again:
            return _said(refusal, again) if type(again) is type(refusal) else None
        except DatabaseError:  # busy just now: one language is enough
            return None
        finally:
            transaction.set_rollback(True)
    return None


def _said(here: Refused, there: Refused) -> dict[str, str]:
    ours = {translation.get_language()[:2]: str(there.reason)}  # asked while the other language is in force
    return {"zh": str(here.reason), "en": str(here.reason), **ours}


def _other() -> str:
    return "zh-hans" if (translation.get_language() or "").startswith("en") else "en"


def key_of(request: Any) -> uuid.UUID | None:
    """Return the key of the header Idempotency-Key, or None without one. Raises NoKey for one that is no UUID."""
    sent = request.headers.get("Idempotency-Key")
    try:
        return uuid.UUID(sent) if sent else None
    except ValueError:
        raise NoKey(_("Idempotency-Key 应当是一个 UUID。")) from None
