"""What the pages of a sealed report show besides their forms, and where they lead on."""

from django.shortcuts import redirect

from wanjia.doors.asking import form_of
from wanjia.kernel.acts import ACTS

from . import rules

UNREAD = "casework.unread_report"  # the report just sent can be opened by nobody here


def where(request, _report):
    """Where the child is, when the page before knew it: the village of a visit, of a home."""
    return {"here": request.GET.get("area", "")}


def reported(request, _report, report):
    """What happens now; nobody may be left waiting for an officer who is not there."""
    if not rules.has_reader(report, request.day):
        request.session[UNREAD] = True
    return redirect("casework:child_reported")


def to_list(_request, _report, _answer):
    """Back to the officer's list: the record stays shut."""
    return redirect("casework:protection")


def follow_ups(request, report):
    """What was done so far, and the form for the next word, shown once the record is open."""
    form = form_of(ACTS["casework.follow_up_report"])(row=report, actor=request.user, day=request.day)
    return {"follow_ups": report.follow_ups.select_related("by"), "follow_up": form}
