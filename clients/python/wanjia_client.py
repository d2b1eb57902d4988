"""A client of Wanjia's HTTP API: one file, the standard library alone, Python 3.11. How it is used: docs/api.md.

Every act is sent under a key of its own. When the line breaks or the house is busy it is sent again under the same key, and is
done once. What is refused is raised as a Problem that bears the house's sentence in both languages.
"""

import http.client
import json
import time
import types
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from http.cookiejar import CookieJar
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
ENDED = frozenset({"closed", "declined", "withdrawn"})  # states in which nobody works on a need


class Problem(Exception):
    """It was not done. error: why, in the caller's language; said: {"zh", "en"}; errors: one of each wrong field; status: of HTTP."""

    def __init__(self, status: int, error: str, said: dict[str, str] | None = None, errors: list[dict[str, Any]] | None = None) -> None:
        super().__init__(error)
        self.status, self.error, self.said, self.errors = status, error, said or {}, errors or []


class NotSignedIn(Problem):
    """401, or a sign-in that did not succeed."""


class Refused(Problem):
    """403: it may not be done, and why; sending it again changes nothing."""


class NotFound(Problem):
    """404: there is no such row, or it lies out of reach; both look alike."""


class Conflict(Problem):
    """409: somebody was quicker, or the key was used for another body. Read the row again."""


class Failed(Problem):
    """5xx: the house could not answer."""


class Wrong(Problem):
    """400 and 422: the body cannot be read as it is; `errors` says it of each field."""


class Unreachable(Problem):
    """No answer came. Whether it was done is open: send it again with `key`, and it is done once."""

    def __init__(self, why: object, key: uuid.UUID | None) -> None:
        super().__init__(0, f"no answer: {why}")
        self.key = key


KINDS = {400: Wrong, 401: NotSignedIn, 403: Refused, 404: NotFound, 409: Conflict, 422: Wrong}


@dataclass(frozen=True)
class Place:
    """An area."""

    code: str
    name: str


@dataclass(frozen=True)
class Unit:
    """A unit."""

    id: str
    name: str


@dataclass(frozen=True)
class Need:
    """One line of the ledger. requester is masked; days are ISO dates, or None."""

    id: str
    number: str
    state: str
    version: int
    summary: str
    village: Place
    requester: str
    channel: str
    category: str
    urgency: str
    holder: Unit | None
    handler: str | None
    due_on: str | None
    due_provisional: bool
    reasonable: str
    outcome: str
    outcome_text: str
    confirmed: str
    satisfaction: str
    recorded_at: str


@dataclass(frozen=True)
class Step:
    """One line of a timeline."""

    n: int
    happened_at: str
    act: str
    state_after: str
    words: str
    by_name: str
    by_org_name: str


@dataclass(frozen=True)
class NeedWithSteps(Need):
    """The same with its promise and its timeline, newest line first."""

    promise: str
    steps: list[Step]


@dataclass(frozen=True)
class Page(Generic[T]):
    """One part of a list: how many there are in all, and the rows of this part."""

    count: int
    items: list[T]


class Wanjia:
    """One account at one house. language: of sentences ("zh-hans", "en"); tries: how often one call is sent; wait: seconds before the next try."""

    def __init__(self, url: str, *, language: str = "zh-hans", tries: int = 4, wait: float = 1.0, timeout: float = 30.0) -> None:
        self.url, self.language, self.tries, self.wait, self.timeout = url.rstrip("/"), language, tries, wait, timeout
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def sign_in(self, username: str, password: str, code: str | None = None) -> None:
        """Begin a session, as at the screen; code: six digits of the second factor, where the account has one. Raises NotSignedIn."""
        self._page("/accounts/login/")
        self._page("/language", language=self.language, next="/accounts/login/")
        at = self._page("/accounts/login/", login=username, password=password)
        if at.startswith("/accounts/2fa/authenticate/") and code:
            at = self._page(at, code=code)
        if at.startswith("/accounts/"):
            raise NotSignedIn(401, f"the house asks for more at {at}")

    def record(self, *, key: uuid.UUID | None = None, **facts: Any) -> Need:
        """Record a need: village (code), category, channel, summary, requester_name, and what else the call takes."""
        return _read(Need, self.post("/needs", facts, key=key))

    def need(self, need_id: str) -> NeedWithSteps:
        """Read one need with its timeline."""
        return _read(NeedWithSteps, self.get(f"/needs/{need_id}"))

    def needs(self, **asked: Any) -> Page[Need]:
        """Read one part of the ledger: q, area, state, category, urgency, since, until, limit, offset."""
        return _read(Page[Need], self.get("/needs", **asked))

    def act(self, need_id: str, act: str, *, key: uuid.UUID | None = None, **body: Any) -> Need:
        """Do one act on a need ("admit", "triage", "assign", …) and return it as it then stands."""
        return _read(Need, self.post(f"/needs/{need_id}/{act}", body, key=key))

    def follow(self, need_id: str, *, every: float = 300.0) -> Iterator[NeedWithSteps]:
        """Yield a need now, and whenever it has changed, until it has ended."""
        yield (need := self.need(need_id))
        while need.state not in ENDED:
            time.sleep(every)
            seen, need = need.version, self.need(need_id)
            if need.version != seen:
                yield need

    def all(self, path: str, *, part: int = 200, **asked: Any) -> Iterator[dict[str, Any]]:
        """Yield every row of a list ("/needs", "/households", "/journal", …), part by part."""
        offset, count = 0, 1
        while offset < count:
            answer = self.get(path, **asked, limit=part, offset=offset)
            yield from answer["items"]
            offset, count = offset + part, answer["count"]

    def get(self, path: str, **asked: Any) -> Any:
        """Read an address below /api; what is None is not asked."""
        return self._call(f"{path}?{urllib.parse.urlencode({name: value for name, value in asked.items() if value is not None})}")

    def post(self, path: str, body: dict[str, Any] | None = None, *, key: uuid.UUID | None = None) -> Any:
        """Do an act at an address below /api, under this key or one of its own."""
        return self._call(path, json.dumps(body or {}).encode(), key or uuid.uuid4())

    def _call(self, path: str, body: bytes | None = None, key: uuid.UUID | None = None) -> Any:
        keyed = {"Content-Type": "application/json", "Idempotency-Key": str(key)} if key else {}
        why: Problem = Unreachable("not tried", key)
        for turn in range(self.tries):
            time.sleep(self.wait * (2**turn - 1))  # the first at once
            try:
                return json.loads(self._sent("/api" + path, body, keyed)[1])
            except (Failed, OSError, http.client.HTTPException) as broken:  # whether it was done is open: the key makes it safe to send again
                why = broken if isinstance(broken, Failed) else Unreachable(broken, key)
        raise why

    def _page(self, path: str, **form: str) -> str:
        """Ask for a page or send its form; return the path of the page where that led."""
        body = urllib.parse.urlencode(form | {"csrfmiddlewaretoken": self._token()}).encode() if form else None
        return urllib.parse.urlsplit(self._sent(path, body, {})[0]).path

    def _sent(self, path: str, body: bytes | None, more: dict[str, str]) -> tuple[str, bytes]:
        headers = {"Referer": f"{self.url}/", "X-CSRFToken": self._token(), **more}
        try:
            with self.opener.open(urllib.request.Request(self.url + path, body, headers), timeout=self.timeout) as answer:
                return answer.url, answer.read()
        except urllib.error.HTTPError as error:
            raise _problem(error.code, error.read()) from None

    def _token(self) -> str:
        return next((one.value or "" for one in self.cookies if one.name.endswith("csrf")), "")


def _problem(status: int, body: bytes) -> Problem:
    try:
        said = json.loads(body)
    except ValueError:
        said = {}
    kind = KINDS.get(status, Failed if status >= 500 else Problem)
    return kind(status, said.get("error") or f"HTTP {status}", said.get("said"), said.get("errors"))


def _read(kind: type[T], told: Any) -> T:
    """Read what JSON told as a type. Fields that the type does not name are left out: the house may say more."""
    made: Any = told
    shape: Any = get_origin(kind) or kind
    if shape is types.UnionType:
        made = None if told is None else _read(next(one for one in get_args(kind) if one is not type(None)), told)
    elif shape is list:
        made = [_read(get_args(kind)[0], one) for one in told]
    elif shape is Page:
        made = Page(told["count"], [_read(get_args(kind)[0], one) for one in told["items"]])
    elif is_dataclass(kind):
        named = get_type_hints(shape)
        made = shape(**{one.name: _read(named[one.name], told[one.name]) for one in fields(shape)})
    return made  # type: ignore[no-any-return]
