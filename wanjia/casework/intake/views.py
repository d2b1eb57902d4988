"""A need is voiced: find the home, write one sentence, done."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wanjia.casework.duties import Duty
from wanjia.doors.guard import act, say
from wanjia.doors.reading import page
from wanjia.registry.lookups.commands import look_up

from . import pages, queries
from .commands import record_need
from .forms import RecordNeed


@page("record/", Duty.RECORD_NEEDS)
def record(request):
    """Find the home (?q=), then write its need (?household=, or ?new=1 for a home that is not in the register)."""
    household = queries.home(request.user, request.GET.get("household"))
    text = request.GET.get("q", "").strip()
    if not household and not request.GET.get("new") and queries.may_search(request.user):
        look_up(request.user, text)
        found = queries.homes_found(request.user, text) if text else []
        return "found" if request.htmx else "find", {"found": found, "text": text}
    form = RecordNeed(request.POST or None, act=record_need.act, actor=request.user, household=household, initial=pages.begun(request))
    if form.is_valid() and act(request, form, record_need, household=household):
        say(request, _("已登记,编号 %(number)s。可以给诉求人打印一张小条。") % {"number": form.answer.number})
        return redirect("casework:need", form.answer.pk)
    return {"form": form, "household": household}
