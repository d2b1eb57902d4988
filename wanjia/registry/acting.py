"""The one way from a form of the register to its command: read the form, act, say so, go on."""

from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from wanjia.kernel.guard import act, say


def act_page(
    request, form, command, *, words, done, then, about="", tone="primary", template="registry/act.html", more=None, **what
):
    """Show the page of one act, or do it.

    words: title and button; about: what it is about, under the title; done: the sentence afterwards; then: an address, or a
    function of the command's answer, to go on to.
    """
    if request.method == "POST" and form.is_valid() and act(request, form, command, **what):
        say(request, done)
        return redirect(next_of(request) or (then(form.answer) if callable(then) else then))
    back = next_of(request) or ("" if callable(then) else then)
    page = {"form": form, "words": words, "about": about, "tone": tone, "back": back, "next": next_of(request), **(more or {})}
    return render(request, template, page)


def next_of(request):
    """Return where the person came from and goes on to, when it is an address of ours; else nothing.

    It begins with "/": any other text `redirect` would take for the name of a view, and break on.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else ""


# A page with sealed facts or a child's file: no browser or proxy keeps it.
shown_once = never_cache
