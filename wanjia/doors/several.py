"""Several rows ticked on a list, one act: each row its own verdict, its own transaction and its own key.

An act that is declared `several` asks once what it asks and is done to each row; one that is declared `each` leads through the rows on
its own page. A list shows `{% several "app:key_several" %}` under rows with boxes named "rows". Works without JavaScript.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wanjia.doors.asking import form_of
from wanjia.doors.guard import guarded, next_of, sent_key
from wanjia.kernel import acts
from wanjia.kernel.command import keep_page_key
from wanjia.verdict import Refused

MOST = 50  # rows at once: one page of a list


@dataclass
class Row:
    """One ticked row: what it is called, and what became of it (done: the sentence; why: the refusal; neither: not done yet)."""

    row: Any
    about: str
    says: str = ""
    done: Any = ""
    why: Any = ""


def acts_of(subject: acts.Subject) -> list[acts.Act]:
    """Return the acts that a list of the subject's rows may do to several of them, in the order of their buttons."""
    return [one for one in acts.acts_on(subject) if one.several or one.each]


def acts_of_page(name: str) -> list[acts.Act]:
    """Return the same by the name of the door's address: app:key_several."""
    app, _colon, key = name.removesuffix("_several").rpartition(":")
    subject = next((one.subject for one in acts.ACTS.values() if (one.app, one.subject.key) == (app, key)), None)
    return acts_of(subject) if subject else []


def offered(subject: acts.Subject, actor: Any) -> list[acts.Act]:
    """Return those of them that the actor's posts carry the duty for."""
    return [one for one in acts_of(subject) if actor.has_duty(*one.duty)]


def page_of(subject: acts.Subject) -> Callable[..., HttpResponse]:
    """Return the view of the door: what is ticked and asked, then what became of each row."""
    duties = tuple({duty: None for one in acts_of(subject) for duty in one.duty})

    def view(request: Any) -> HttpResponse:
        sent = request.POST if request.method == "POST" else request.GET
        act = next((one for one in offered(subject, request.user) if one.name == sent.get("act")), None)
        rows = ticked(subject, request.user, sent.getlist("rows"), duty=act.duty) if act else []
        if act and rows and act.each:
            return _lead_on(request, subject, act, rows)
        return _together(request, subject, act, rows)

    view.__doc__, view.__name__ = f"Several rows of {subject.root}, one act.", f"{subject.key}_several"
    return guarded(*duties)(view)


def ticked(subject: acts.Subject, actor: Any, keys: list[str], *, duty: Any) -> list[Any]:
    """Return the rows named by `keys` that the actor sees by the duty, in the order in which they were ticked, MOST at the most."""
    named = [key for key in map(_uuid, keys[:MOST]) if key]
    rows = {row.pk: row for row in subject.seen(actor, duty=duty).filter(pk__in=named)}
    return [rows[key] for key in dict.fromkeys(named) if key in rows]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _lead_on(request: Any, subject: acts.Subject, act: acts.Act, rows: list[Any]) -> HttpResponse:
    """Open the act's page for the first row; it goes on to the next."""
    names, over = reverse(request.resolver_match.view_name), _list(request, subject)
    rest = [("act", act.name), ("next", over), *(("rows", str(row.pk)) for row in rows[1:])]
    then = f"{names}?{urlencode(rest)}" if rows[1:] else over
    return redirect(f"{reverse(_name(request, act), args=[rows[0].pk])}?{urlencode({'next': then})}")


def _name(request: Any, act: acts.Act) -> str:
    return f"{request.resolver_match.namespace}:{act.name}" if request.resolver_match.namespace else act.name


def _together(request: Any, subject: acts.Subject, act: acts.Act | None, rows: list[Any]) -> HttpResponse:
    """Ask once, then do it row by row; what a form asks otherwise of each row is left at what it is."""
    listed = [Row(row, subject.about(row), subject.says(row) if subject.says else "") for row in rows]
    now, form = request.at, None
    if act and rows:
        for one in listed:
            verdict = act.verdict(request.user, one.row, now)
            one.why = "" if verdict else verdict.reason
        form = form_for(act, next((one.row for one in listed if not one.why), rows[0]), request)
        if form.is_bound and form.is_valid():
            do(act, listed, form.cleaned_data, by=request.user, key=sent_key(request))
    more = {"act": act, "listed": listed, "form": form, "over": _list(request, subject), "subject": subject}
    more["optional"] = form is not None and any(not field.required for field in form.fields.values())
    more["able"], more["asked"] = sum(not one.why for one in listed), form is not None and not (form.is_bound and form.is_valid())
    return render(request, "several.html", more)


def _list(request: Any, subject: acts.Subject) -> str:
    """Return the address of the list that the rows were ticked on."""
    return next_of(request) or (reverse(subject.over[0]) if subject.over else "/")


def form_for(act: acts.Act, row: Any, request: Any) -> Any:
    """Return the act's form without what differs from row to row (a start or a question that goes by the row): that stays as it is."""
    sent = (request.POST,) if request.method == "POST" and "go" in request.POST else ()
    form = form_of(act)(*sent, row=row, actor=request.user, day=request.day)
    for one in act.asked:
        if callable(one.asked.initial) or one.asked.when:
            form.fields.pop(one.name, None)
    return form


def do(act: acts.Act, listed: list[Row], what: dict[str, Any], *, by: Any, key: UUID | None) -> None:
    """Do the act to each row: one transaction a row, its key made from the page's key and the row's, so that a repeat does nothing twice."""
    for one in listed:
        own = uuid5(key, str(one.row.pk)) if key else None
        try:
            answer = act.command(by=by, at=timezone.now(), key=own, **{**what, act.subject.keyword: one.row.pk})
        except Refused as refusal:
            one.done, one.why = "", refusal.reason
        else:
            one.done, one.why = act.done(answer) if callable(act.done) else act.done or act.words, ""
    if key and any(one.done for one in listed):
        keep_page_key(key, by=by, at=timezone.now())
