"""The call of one act over HTTP, made from its declaration, in the house's one dialect: session, CSRF token, Idempotency-Key, problems in JSON."""

import inspect
from typing import Annotated, Any
from uuid import UUID

from django.core.files.base import File as DjangoFile
from django.http import Http404
from ninja import File, Form, Router, Status, UploadedFile

from wanjia.kernel import acts
from wanjia.kernel.api import PROBLEMS, SignedIn, run
from wanjia.kernel.guard import without

from .asking import body_of, told
from .pages import row_or_404


def router_of(subject, schema, shown, *, tags=None, root="", others=()):
    """Return a router with the calls of all acts on a subject.

    schema: what an act answers with, unless `others` says otherwise; shown(request, row, answer) → what that schema reads.
    others: {act's name: (status, schema, shown)}; root: the first part of its addresses, where the router itself is mounted higher.
    """
    router, others = Router(tags=tags or [subject.root]), dict(others)
    for one in acts.acts_on(subject):
        if one.call is not None:
            add(router, one, *others.get(one.name, (200, schema, shown)), root=root)
    return router


def add(router, act, status, schema, shown, *, root=""):
    """Put one act's call on a router: POST /{id}/{call}, or POST on the root for one that makes a row."""
    subject, body = act.subject, body_of(act)

    def call(request, **sent):
        row = None if act.new else _row(act, request.user, sent.pop(subject.keyword))
        said = sent.pop("body", None) or body(**sent) if body else None
        what = told(act, said, row, request.user) if body else {}
        what |= {} if act.new else {subject.keyword: row.pk}
        done = run(request, act.command, **what)
        if act.after:
            act.after(done, by=request.user)
        answer = shown(request, row, done)
        return answer if status == 200 else Status(status, answer)

    call.__name__, call.__doc__ = act.command.__name__, inspect.getdoc(act.command)
    call.__signature__ = inspect.Signature([inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD), *_parameters(act, body)])
    parts = [part for part in (root, "" if act.new else f"{{uuid:{subject.keyword}}}", act.call) if part]
    address = ("" if root or not parts else "/") + "/".join(parts)
    router.post(address, response={status: schema, **PROBLEMS}, summary=str(act.words), auth=SignedIn(*(() if act.may else act.duty)))(call)


def _row(act, actor, pk):
    """Return the row; whoever sees it not for want of the duty is told that, and not that there is no such row."""
    try:
        return row_or_404(act.subject, actor, pk, duty=act.duty)
    except Http404:
        if act.duty and not actor.has_duty(*act.duty):
            raise without(actor, act.duty) from None
        raise


def _parameters(act, body):
    keyword = inspect.Parameter.KEYWORD_ONLY
    if not act.new:
        yield inspect.Parameter(act.subject.keyword, keyword, annotation=UUID)
    if body is None:
        return
    if not any(isinstance(one.one, type) and issubclass(one.one, DjangoFile) for one in act.asked):
        needed = any(one.is_required() for one in body.model_fields.values())
        bodies = {"annotation": body} if needed else {"annotation": body | None, "default": None}  # nothing to say, nothing to send
        yield inspect.Parameter("body", keyword, **bodies)
        return
    for name, one in body.model_fields.items():  # a file comes in a form, not in JSON
        kind: Any = File[UploadedFile] if one.annotation in (UploadedFile, UploadedFile | None) else Form[Annotated[one.annotation, *one.metadata]]
        yield inspect.Parameter(name, keyword, annotation=kind, default=inspect.Parameter.empty if one.is_required() else one.default)
