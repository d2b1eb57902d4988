"""Exports: what was asked for, and asking."""

from django.http import Http404
from django.shortcuts import redirect, render

from wanjia.doors.guard import act, say
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.duties import Duty

from ..kinds import exported
from . import commands, pages, queries, rules


@page("exports/", Duty.EXPORT, Duty.APPROVE_EXPORT)
def exports(request):
    """What I asked for, and what waits for my decision; in its gap the form that asks for what is filtered."""
    return _listed(request)


@page("exports/<slug:kind>/", Duty.EXPORT)
def ask(request, kind):
    """Ask for an export of one kind: on a page of its own, or on the page of exports, which is shown again with what is missing."""
    one = exported().get(kind)
    if one is None:
        raise Http404
    form = one.form(request.POST or None, actor=request.user)
    if form.is_valid():
        what = {"kind": kind, "query": form.question(), "columns": form.wanted()}
        form.cleaned_data = {"purpose": form.cleaned_data["purpose"]}
        if act(request, form, commands.ask_export, **what):
            say(request, pages.asked(form.answer))
            return redirect("reporting:exports")
    status = 422 if form.is_bound else 200
    if not one.template:
        return _listed(request, form, status)
    return render(request, one.template, {"form": form, "alone": rules.ALONE}, status=status)


for one in exported().values():
    if one.at:
        page(f"exports/{one.at[0]}/", Duty.EXPORT, name=one.at[1], given={"kind": str(one.key)})(ask)


def _listed(request, form=None, status=200):
    shown = page_of(request, queries.exports_of(request.user), per_page=20)
    shown.columns = {export.pk: queries.columns(export) for export in shown}
    context = {"page": shown, "asking": form, "waiting": queries.to_approve(request.user), "alone": rules.ALONE, "mine": request.user.pk}
    return render(request, "reporting/exporting/exports.html", context, status=status)
