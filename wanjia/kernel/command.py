"""One act, one function: keyword-only, atomic, `by=` and `at=` always given, repeat-safe by `key=`.

The page, the API, the command line, the phone and the importer all call the same function, so permission, audit and
repeat-safety exist once.
"""

import functools
import hashlib
import json
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.base import File
from django.db import IntegrityError, models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from wanjia.policy.erased import WORD
from wanjia.shapes import Changed, Filled
from wanjia.verdict import Conflict, Refused

from . import gate, journal
from .models import Receipt

Does = Callable[..., Any]
COMMANDS: dict[str, Does] = {}
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # unseen signs that turn the order of what stands after them: 元001 reads 100元
UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # classes of signs
ROW_BY_ROW = "kernel.row_by_row"  # the receipt of a page that did one act to several rows
WRITTEN, ANSWERED = Filled(Receipt), Changed(Receipt, "pk")
_DONE = threading.local()


@dataclass(frozen=True)
class SystemActor:
    """Somebody without an account who acts: the household through its slip, the system by its clock, or its installer.

    It holds no post. Only the installer, who owns the machine and its database anyway, is given duties.
    """

    name: str
    id: None = None
    org: None = None
    org_name: str = ""
    duties: frozenset[Any] = frozenset()
    orgs: tuple[Any, ...] = ()
    live_posts: tuple[Any, ...] = ()

    def org_name_for(self, _act: str, _code: str = "") -> str:
        """Return the name of the unit for which it acts."""
        return self.org_name

    def has_duty(self, *duties: Any) -> bool:
        """Tell whether it was given any of `duties`."""
        return not self.duties.isdisjoint(duties)


def command(name: str, *, sealed: bool = False, reads: bool = False, alone: bool = False, as_sent: str = "") -> Callable[[Does], Any]:
    """Register the decorated function as the command `name` and give it a transaction and a memory for repeats.

    sealed: the receipt does not say who sent it (a reporter under 强制报告); the sender is only folded into its keyed digest.
    reads: the act shows something and changes nothing. A repeat is asked and journalled again: what it shows is never given out
    of a memory, to somebody who meanwhile may no longer see it, without a line.
    alone: nobody else's act is under way meanwhile.
    as_sent: the word that is kept sign by sign, with those that turn words around: the act judges them itself.

    The wrapped function takes `by`, `at`, an optional `key` (UUID made by the caller before sending) and its own keywords.
    Raises Conflict when the key was used with another body, user or command.
    """

    def wrap(act: Does) -> Any:
        @functools.wraps(act)
        def run(*, by: journal.Actor, at: datetime, key: UUID | None = None, **what: Any) -> Any:
            what = {name: value if name == as_sent else _straight(value) for name, value in what.items()}
            _says_no_erasure(what)
            outermost = False
            try:
                with transaction.atomic(), journal.held_back() as outermost:
                    if outermost:  # before anything is read
                        (gate.alone if alone else gate.beside)()
                    if key is None:
                        answer = act(by=by, at=at, **what)
                    else:
                        sent_by, body = (None, {**what, "by": by.id}) if sealed else (by.id, what)
                        answer = _once(key, name, sent_by, body, at, lambda: act(by=by, at=at, **what), reads)
            except Refused as refusal:
                if outermost and refusal.noting:  # what was refused is taken back; what the refusal tells is written
                    with transaction.atomic(durable=True):  # within somebody else's transaction it would go with that one: a fault, said loudly
                        refusal.noting(by=by, at=at)
                raise
            if outermost and not reads:  # within another act it is kept with that one, or not at all
                _DONE.acts = acts_done() + 1
            return answer

        if name in COMMANDS:
            raise RuntimeError(f"two commands named {name}")
        COMMANDS[name] = run
        made: Any = run
        made.command, made.reads = name, reads
        return made

    return wrap


def _straight(value: Any) -> Any:
    """Return a body without the signs that turn words around, however deep: here pages and calls meet.

    Dropped, not refused: a telephone copied out of an address book bears them, and who pastes it does not see them.
    """
    if isinstance(value, str):
        return TURNING.sub("", value) if TURNING.search(value) else value
    if type(value) is dict:
        return {name: _straight(one) for name, one in value.items()}
    return type(value)(map(_straight, value)) if type(value) in (list, tuple) else value


def _says_no_erasure(what: dict[str, Any]) -> None:
    """Refuse the word of an erasure as somebody's own: the check would take the row for one that was emptied without an order."""
    if any(_seen(text) == WORD for text in _texts(what)):
        raise Refused(_("“%(word)s”只由依法删除写入,不能自己填。请写别的话。") % {"word": WORD})


def _seen(text: str) -> str:
    """Return a text without the signs that nobody sees, if it may be the word: an act may drop them, and the bare word is left."""
    if not all(sign in text for sign in WORD[1:-1]):
        return ""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in UNSEEN)


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts within a body, however deep: a form's answers, a list of findings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def keep_page_key(key: UUID, *, by: journal.Actor, at: datetime) -> None:
    """Keep the key of a page whose act was done row by row, each under a key of its own: a device that asks for the page's key
    hears that what was sent from there is done."""
    Receipt.objects.get_or_create(pk=key, defaults={"command": ROW_BY_ROW, "by_id": by.id, "body_digest": "", "at": at})


def begin_counting() -> None:
    """Count the acts done in this thread from nought: at the start of a request."""
    _DONE.acts = 0


def acts_done() -> int:
    """Return how many acts were kept since: what an error page may say was saved."""
    return getattr(_DONE, "acts", 0)


def _once(key: UUID, name: str, by_id: Any, what: dict[str, Any], at: datetime, act: Does, reads: bool) -> Any:
    # Keyed: a plain hash of a body that holds an ID number would give the number away to a list of guesses.
    body = json.dumps(what, default=_plain, sort_keys=True)
    digest = salted_hmac("wanjia.receipt", body, algorithm="sha256").hexdigest()
    try:
        with transaction.atomic():
            WRITTEN(Receipt(key=key, command=name, by_id=by_id, body_digest=digest, at=at))
    except IntegrityError:
        receipt = Receipt.objects.get(pk=key)
        if (receipt.command, receipt.by_id, receipt.body_digest) != (name, by_id, digest):
            raise Conflict(_("同一个提交编号带来了不同的内容,请刷新页面后重新填写。")) from None
        return act() if reads else _recall(receipt.answer)
    answer = act()
    if reads:
        return answer
    ANSWERED({"answer": _memory(answer)}, key)
    return answer


def _plain(value: Any) -> Any:
    """Spell a keyword argument so that equal bodies have equal digests."""
    if isinstance(value, models.Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, models.QuerySet | set | frozenset | tuple):
        return sorted(map(_plain, value))
    if isinstance(value, File):
        digest = hashlib.sha256()
        for chunk in value.chunks():
            digest.update(chunk)
        value.seek(0)
        return digest.hexdigest()
    return str(value)


def _memory(answer: Any) -> dict[str, Any]:
    """Spell an answer so that a repeat can be given it again: rows by their key, lists item by item, the rest as JSON."""
    if isinstance(answer, models.Model):
        return {"model": answer._meta.label_lower, "pk": str(answer.pk)}
    if isinstance(answer, list | tuple | models.QuerySet):
        return {"list": [_memory(item) for item in answer]}
    return {"value": answer}


def _recall(memory: Any) -> Any:
    if memory is None:
        return None
    if "model" in memory:
        return apps.get_model(memory["model"])._base_manager.get(pk=memory["pk"])
    if "list" in memory:
        return [_recall(item) for item in memory["list"]]
    return memory["value"]
