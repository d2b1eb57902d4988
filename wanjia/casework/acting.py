"""The one way from a need's act page to its command: find the need, ask the rule, read the form, act, go on."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wanjia.kernel.guard import act, say
from wanjia.registry.acting import next_of

from .rules import visible_needs


def need_or_404(actor, need_id):
    """Return the visible need; missing and forbidden look alike."""
    return get_object_or_404(visible_needs(actor).select_related("village__parent", "holder", "handler", "household"), pk=need_id)


def act_page(request, need_id, form_class, command, rule, *, words, done, template="casework/act.html", then=None, **more):
    """Show the page of one act on one need, or do it.

    rule: (actor, need) → Verdict, shown instead of the form when it refuses; words: title and button; done: the sentence
    afterwards; then: (request, need) → the next page, by default where the person came from, else the need.
    """
    need = need_or_404(request.user, need_id)
    verdict = rule(request.user, need)
    form = form_class(request.POST or None, request.FILES or None, need=need, actor=request.user)
    if request.method == "POST" and form.is_valid() and act(request, form, command, need_id=need.pk):
        say(request, done)
        return then(request, need) if then else go_on(request, need)
    more = {name: value(need) if callable(value) else value for name, value in more.items()}
    return render(request, template, {"need": need, "form": form, "verdict": verdict, "words": words, "next": next_of(request), **more})


def go_on(request, need):
    """Return to the list the person came from, else to the need."""
    return redirect(next_of(request) or reverse("casework:need", args=[need.pk]))


def queue(request, waiting, name):
    """Go to the first need that waits for the act `name`, or None when nothing waits."""
    first = waiting.values_list("pk", flat=True).first()
    return redirect(f"casework:{name}", first) if first else None
