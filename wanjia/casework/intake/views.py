"""A need is voiced: find the home, write one sentence, done."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wanjia.kernel.guard import act, guarded, say
from wanjia.orgs.duties import Duty

from . import commands, queries
from .forms import RecordNeed


@guarded(Duty.RECORD_NEEDS)
def record(request):
    """Find the home (?q=), then write its need (?household=, or ?new=1 for somebody who is not in the register)."""
    household = queries.home(request.user, request.GET.get("household"))
    text = request.GET.get("q", "").strip()
    if not (household or request.GET.get("new")):
        found = queries.homes_found(request.user, text) if text else []
        template = "casework/intake/found.html" if request.htmx else "casework/intake/find.html"
        return render(request, template, {"found": found, "text": text})
    form = RecordNeed(request.POST or None, actor=request.user, household=household, initial={"channel": request.GET.get("channel", "visit")})
    if form.is_valid() and act(request, form, commands.record_need, household=household):
        say(request, _("已登记,编号 %(number)s。可以给诉求人打印一张小条。") % {"number": form.answer.number})
        return redirect("casework:need", form.answer.pk)
    return render(request, "casework/intake/record.html", {"form": form, "household": household})
