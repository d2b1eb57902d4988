"""The calls over HTTP, made from declarations, in the house's one dialect: session, CSRF token, Idempotency-Key, problems in JSON.

An act: POST, its declaration says all of it. A list that a page shows: GET, `list_of`, {"count", "items"} cut by ?limit=&offset=.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, cast
from uuid import UUID

from django.core.files.base import File as DjangoFile
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from ninja.orm import create_schema
from pydantic import Field, create_model

from wanjia.doors.words import both, in_both
from wanjia.kernel import acts
from wanjia.kernel.command import Does

from .asking import body_of, told
from .dialect import PROBLEMS, Page, SignedIn, no_duty, run
from .pages import row_or_404
from .reading import opens

CALLED: list[acts.Act] = []  # the acts whose call stands on a router


def answer_of(subject: acts.Subject) -> Any:
    """Return the schema of a subject's row where nobody designs one: the columns that its model calls open, and no other."""
    model = subject.model
    return create_schema(model, name=f"{model.__name__}Out", fields=list(model.privacy["open"]))


def router_of(
    subject: acts.Subject, schema: Any = None, shown: Does | None = None, *, tags: list[str] | None = None, root: str = "", others: Mapping[str, Any] | Iterable[Any] = (),
) -> Router:  # fmt: skip
    """Return a router with the calls of all acts on a subject.

    schema: what an act answers with, unless `others` says otherwise; shown(request, row, answer) → what that schema reads. Without them:
    the row as it stands afterwards, by its open columns.
    others: {act's name: (status, schema, shown)}, or a status alone, where only that is another; root: the first part of its addresses, where the router itself is mounted higher.
    """
    router, otherwise = Router(tags=tags or [subject.root]), dict(others)

    def fresh(_request: Any, row: Any, made: Any) -> Any:
        return subject.model._default_manager.get(pk=(row or made).pk)

    usual = schema or answer_of(subject), shown or fresh
    for one in acts.acts_on(subject):
        if one.call is not None:
            said = otherwise.get(one.name, 200)
            add(router, one, *(said if isinstance(said, tuple) else (said, *usual)), root=root)
    return router


def add(router: Router, act: acts.Act, status: int, schema: Any, shown: Does, *, root: str = "") -> None:
    """Put one act's call on a router: POST /{id}/{call}, or POST on the root for one that makes a row."""
    subject, body = act.subject, body_of(act)
    CALLED.append(act)

    def call(request: Any, **sent: Any) -> Any:
        row: Any = None if act.new else _row(act, request.user, sent.pop(subject.keyword))
        said = sent.pop("body", None) or body(**sent) if body else None

        def does(**by: Any) -> Any:  # what is chosen is read within: its refusal too is said in both languages
            what = told(act, said, row, request.user, request.day) if body else {}
            return act.command(**what, **({} if act.new else {subject.keyword: row.pk}), **by)

        done = run(request, does)
        if act.after:
            act.after(done, by=request.user)
        answer = shown(request, row, done)
        return answer if status == 200 else Status(status, answer)

    spelt = _spelt(call, act.command.__name__, _told_of(act.duty, inspect.getdoc(act.command)), _parameters(act, body))
    parts = [part for part in (root, "" if act.new else f"{{uuid:{subject.keyword}}}", act.call) if part]
    address = ("" if root or not parts else "/") + "/".join(parts)
    router.post(address, response={status: schema, **PROBLEMS}, summary=both(act.words), auth=SignedIn(*(() if act.may else act.duty)))(spelt)


def _spelt(call: Any, name: str, told: str, parameters: Iterable[inspect.Parameter]) -> Does:
    """Give a call the name, the description and the signature by which its address reads what is sent."""
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    call.__name__, call.__doc__, call.__signature__ = name, told, inspect.Signature([request, *parameters])
    return cast(Does, call)


def _row(act: acts.Act, actor: Any, pk: Any) -> Any:
    """Return the row; whoever sees it not for want of the duty is told that, and not that there is no such row."""
    try:
        return row_or_404(act.subject, actor, pk, duty=act.duty)
    except Http404:
        if act.duty and not actor.has_duty(*act.duty):
            raise no_duty(actor, act.duty) from None
        raise


def _parameters(act: acts.Act, body: Any) -> Iterator[inspect.Parameter]:
    keyword = inspect.Parameter.KEYWORD_ONLY
    if not act.new:
        yield inspect.Parameter(act.subject.keyword, keyword, annotation=UUID)
    if body is None:
        return
    if not any(isinstance(one.one, type) and issubclass(one.one, DjangoFile) for one in act.asked if one.called):
        needed = any(one.is_required() for one in body.model_fields.values())
        bodies = {"annotation": body} if needed else {"annotation": body | None, "default": None}  # nothing to say, nothing to send
        yield inspect.Parameter("body", keyword, **bodies)
        return
    for name, one in body.model_fields.items():  # a file comes in a form, not in JSON
        sent = File if one.annotation in (UploadedFile, UploadedFile | None) else Form
        kind, default = Annotated[one.annotation, *one.metadata] if one.metadata else one.annotation, ... if one.is_required() else one.default
        yield inspect.Parameter(name, keyword, annotation=kind, default=sent(default))


def _told_of(duties: Sequence[Any], more: str | None) -> str:
    """Return the description of a call: whom it is open to in both languages, then the house's own English."""
    whom, named = in_both(_("需要的职责:") if duties else _("登录即可。")), [in_both(one.label) for one in duties]
    lines = [whom[code] + {"zh": "、", "en": ", "}[code].join(one[code] for one in named) for code in ("zh", "en")]
    return "\n\n".join([*lines, more or ""])


MOST = 200  # rows of one answer
PER_PAGE = 50  # rows of a bare list
LIST_CALLS: list["ListCall"] = []


class Cut(Schema):
    """Which part of a list: `limit` rows after the first `offset`. A list that can be asked more inherits from it."""

    limit: int = Field(50, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=1_000_000)


@dataclass(frozen=True)
class ListCall:
    """One list that has a call: the name of the call, the page that shows it, whom it is open to."""

    name: str
    page: str
    duty: tuple[Any, ...]


def list_of(
    router: Router, address: str, schema: Any, *, page: str, words: Any, duty: Any = None, asked: Any = Cut, shown: Does | None = None, bare: bool = False,
) -> Callable[[Does], Does]:  # fmt: skip
    """Put the list that the decorated function returns on a router: GET → {"count": of all, "items": [schema]}.

    rows(request, asked) → query set in its order, or a list: what the page named `page` shows the caller, by the same rule.
    duty: where the page is no `@page`, which says by itself whom it opens to, and whom its list; shown(request, rows of one answer) → what the schema reads, where the rows are not read as they are.
    bare: at the address with a slash it is also answered as before there was a dialect: a bare list, fifty a page, for whoever still asks.
    """
    duties, door = opens(page) if duty is None else (duty if isinstance(duty, tuple) else (duty,), None)

    def declare(rows: Does) -> Does:
        part, page_alone = _parts_of(door(rows) if door else rows, shown)
        ways: list[Any] = [(page_alone, f"{rows.__name__}_page", f"{address}/", list[schema], _by_page(asked))] if bare else []
        for call, name, where, answer, question in [*ways, (part, rows.__name__, address, list_schema(schema), asked)]:
            one = inspect.Parameter("asked", inspect.Parameter.KEYWORD_ONLY, annotation=cast(Any, Query)[question])
            spelt = _spelt(call, name, _told_of(duties, inspect.getdoc(rows)), [one])
            router.get(where, response={200: answer, **PROBLEMS}, summary=both(words), auth=SignedIn(*duties), deprecated=call is page_alone or None)(spelt)
        LIST_CALLS.append(ListCall(rows.__name__, page, duties))
        return rows

    return declare


def _parts_of(found_by: Does, shown: Does | None) -> tuple[Does, Does]:
    """Return what answers with a part of the rows and how many they are, and what answers with one page of them alone."""

    def items(request: Any, found: Any) -> Any:
        return shown(request, list(found)) if shown else list(found)

    def part(request: Any, asked: Any) -> Any:
        found = found_by(request, asked)
        count = found.count() if isinstance(found, QuerySet) else len(found)
        return {"count": count, "items": items(request, found[asked.offset : asked.offset + asked.limit])}

    def page_alone(request: Any, asked: Any) -> Any:
        return items(request, found_by(request, asked)[PER_PAGE * (asked.page - 1) : PER_PAGE * asked.page])

    return part, page_alone


def row_of(router: Router, subject: acts.Subject, *, words: Any, duty: Any) -> None:
    """Put one row on a router: GET /{root}/{id} → its open columns; missing and out of reach are one answer."""

    def call(request: Any, **ids: Any) -> Any:
        return row_or_404(subject, request.user, ids[subject.keyword], duty=(duty,))

    key = inspect.Parameter(subject.keyword, inspect.Parameter.KEYWORD_ONLY, annotation=UUID)
    spelt = _spelt(call, subject.key, _told_of((duty,), f"One row of {subject.root}."), [key])
    address = f"{subject.root}/{{uuid:{subject.keyword}}}"
    router.get(address, response={200: answer_of(subject), **PROBLEMS}, summary=both(words), auth=SignedIn(duty))(spelt)


def _by_page(asked: Any) -> Any:
    """Return what a list is asked, cut by ?page= instead of ?limit=&offset=."""
    own: Any = {name: (one.annotation, one) for name, one in asked.model_fields.items() if name not in Cut.model_fields}
    return create_model(f"{asked.__name__}Page", __base__=Schema, **own, page=(Page, 1))


@cache
def list_schema(schema: Any) -> Any:
    """Return the schema of a list of rows."""
    return create_model(f"{schema.__name__}List", __base__=Schema, count=(int, Field(description=both(_("一共多少条")))), items=(list[schema], ...))
