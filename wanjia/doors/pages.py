"""The page of one act, made from its declaration: find the row, ask the rule, read the form, act, go on."""

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from wanjia.doors.guard import act as do
from wanjia.doors.guard import guarded, next_of, say
from wanjia.kernel import acts

from . import several
from .asking import form_of


def urls_of(subject: acts.Subject) -> list[URLPattern]:
    """Return the address patterns of all acts on a subject that have a page, and of the door for several rows where an act has one."""
    ways = [path(address_of(one), page_of_act(one), name=one.name) for one in acts.acts_on(subject) if one.page]
    together = [path(f"{subject.root}/several/", several.page_of(subject), name=f"{subject.key}_several")] if several.acts_of(subject) else []
    return [*together, *ways]


def legal_and_not(subject: acts.Subject, actor: Any, row: Any, at: datetime) -> tuple[list[acts.Act], list[tuple[acts.Act, Any]]]:
    """Return ([acts that are legal now], [(act, why not)] of the others) of those that have a button."""
    judged = [(one, one.verdict(actor, row, at)) for one in acts.acts_on(subject) if one.button and not one.new]
    return [one for one, verdict in judged if verdict], [(one, verdict.reason) for one, verdict in judged if not verdict]


def address_of(act: acts.Act) -> str:
    """Return the pattern of an act's address: /needs/<id>/assign/, or /needs/new/ for one that makes a row."""
    subject = act.subject
    parts = [subject.root, "" if act.new else f"<{subject.id}:{subject.keyword}>", act.address]
    return "/".join(part for part in parts if part) + ("/" if subject.slash else "")


def page_of_act(act: acts.Act) -> Callable[..., Any]:
    """Return the view of one act's page: guarded by its duties, never kept by a browser where it shows what is sealed.

    What is typed into it stands in no report of a fault: it may be a password.
    """

    def view(request: Any, **ids: Any) -> HttpResponse:
        row = None if act.new else row_or_404(act.subject, request.user, ids.pop(act.subject.keyword), duty=act.duty, **ids)
        return (act.instead(request, row) if act.instead else None) or answer(request, act, row)

    view.__doc__, view.__name__ = act.command.__doc__, act.name
    page = never_cache(view) if act.command.reads else view
    return sensitive_post_parameters()(guarded(*act.duty)(page))


def row_or_404(subject: acts.Subject, actor: Any, pk: Any, *, duty: Any, **above: Any) -> Any:
    """Return the row that the actor sees by this duty; missing and out of reach look alike. above: what else its address names."""
    return get_object_or_404(subject.seen(actor, duty=duty), pk=pk, **above)


def of_row(subject: acts.Subject, *duties: Any) -> Callable[..., Any]:
    """Let in only holders of one of `duties`, as `guarded` does, and hand the view the row that they see by it: view(request, row, **ids).

    The duty that opens a page is so the duty by which its row is seen: said twice, the two could drift apart.
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(view)
        def page(request: Any, **ids: Any) -> Any:
            return view(request, row_or_404(subject, request.user, ids.pop(subject.keyword), duty=duties), **ids)

        return guarded(*duties)(page)

    return wrap


def queue_of(act: acts.Act, waiting: Callable[..., Any], words: Any, nothing: Any) -> Callable[..., Any]:
    """Return the view of a queue: it goes to the act's page for the first row that waits, or says that none does.

    waiting: actor → query set in its order; words: what the queue is called; nothing: the sentence for an empty one.
    """

    def view(request: Any) -> HttpResponse:
        first = waiting(request.user).values_list("pk", flat=True).first()
        if first:
            return redirect(f"{act.app}:{act.name}", first)
        return render(request, "empty_queue.html", {"words": words, "sentence": nothing, "over": act.subject.over})

    view.__doc__, view.__name__ = f"The first row that waits for {act.name}.", f"{act.name}_queue"
    return guarded(*act.duty)(view)


def answer(request: Any, act: acts.Act, row: Any, *, also: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
    """Do the act that the request sends, or show its page.

    also: keywords of the command that the address names; more: what a page of its own design shows besides.
    """
    sent = (request.POST, request.FILES) if request.method == "POST" else ()  # some acts ask nothing: then nothing is sent
    given = act.given(request, row) if act.given else {}
    form = form_of(act)(*sent, row=row, actor=request.user, day=request.day, **given)
    what = ({} if act.new else {act.subject.keyword: row.pk}) | (also or {})
    if form.is_valid():
        if act.before and (first := act.before(request, row, form)):
            return render(request, first[0], _shown(request, act, row, form) | more | first[1])
        if do(request, form, act.command, **what):
            if act.after:
                act.after(form.answer, by=request.user)
            return _go_on(request, act, row, form.answer)
        if isinstance(form.refusal, act.raises):
            raise form.refusal
    return render(request, act.template, _shown(request, act, row, form) | more)


def show(request: Any, act: acts.Act, row: Any, *, typed: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
    """Show the page of an act with a fresh form, whatever the request sends; typed: {field: text} that stands in it already."""
    return render(request, act.template, _shown(request, act, row, form_of(act)(row=row, actor=request.user, day=request.day, initial=typed)) | more)


def _go_on(request: Any, act: acts.Act, row: Any, answered: Any) -> HttpResponse:
    if sentence := act.done(answered) if callable(act.done) else act.done:
        say(request, sentence)
    page: HttpResponse | None = act.then(request, row, answered) if act.then else None
    if page:
        return page
    if act.command.reads:  # what was opened is shown once, on the same page
        return show(request, act, row, opened=answered)
    return redirect(next_of(request) or back_of(act, row or answered))


def back_of(act: acts.Act, row: Any) -> str:
    """Return the address of the row's own page; of the list above it, where it has none or is not made yet."""
    if row is not None and act.subject.page:
        return reverse(act.subject.page, args=[(act.subject.of(row) if act.subject.of else row).pk])
    return reverse(act.subject.over[0]) if act.subject.over else ""


def _shown(request: Any, act: acts.Act, row: Any, form: Any) -> dict[str, Any]:
    subject, there, wanted, home = act.subject, row is not None, next_of(request), back_of(act, row)
    more = act.more(request, row) if act.more else {}
    return {
        "act": act, "row": row, subject.word or subject.key: row, "form": form, "words": act.words, "tone": act.tone,
        "verdict": act.verdict(request.user, row, request.at), "about": subject.about(row) if there else "", "card": subject.card if there else "",
        "next": wanted, "home": home, "back": wanted or home, **more,
    }  # fmt: skip
