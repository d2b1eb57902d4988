"""A need is voiced: find the home, write one sentence, done."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say
from wanjia.orgs.duties import Duty
from wanjia.registry.lookups.commands import look_up
from wanjia.registry.visits.rules import visible_visits

from ..act_forms import NeedForm
from ..promise import promise_of
from ..slip.rules import can_issue
from . import commands, queries
from .forms import RecordNeed


@guarded(Duty.RECORD_NEEDS)
def record(request):
    """Find the home (?q=), then write its need (?household=, or ?new=1 for a home that is not in the register)."""
    household = queries.home(request.user, request.GET.get("household"))
    text = request.GET.get("q", "").strip()
    if not household and not request.GET.get("new") and queries.may_search(request.user):
        look_up(request.user, text)
        found = queries.homes_found(request.user, text) if text else []
        template = "casework/intake/found.html" if request.htmx else "casework/intake/find.html"
        return render(request, template, {"found": found, "text": text})
    form = RecordNeed(request.POST or None, actor=request.user, household=household, initial={"channel": request.GET.get("channel", "visit")})
    if form.is_valid() and act(request, form, commands.record_need, household=household):
        say(request, _("已登记,编号 %(number)s。可以给诉求人打印一张小条。") % {"number": form.answer.number})
        return redirect("casework:need", form.answer.pk)
    return render(request, "casework/intake/record.html", {"form": form, "household": household})


@guarded(Duty.RECORD_NEEDS)
def needs_of_visit(request, visit_id):
    """What was voiced in a visit, and one button that puts all of it on the ledger."""
    visit = get_object_or_404(visible_visits(request.user, duty=Duty.RECORD_NEEDS), pk=visit_id)
    form = NeedForm(request.POST or None)
    if form.is_valid() and act(request, form, commands.take_findings, visit_id=visit.pk):
        say(request, _("已登记:%(numbers)s。") % {"numbers": "、".join(form.answer)})
        return redirect("casework:needs_of_visit", visit.pk)  # the door is still open: the promise is read out, the slip printed
    findings = [
        (finding, need, need and promise_of(need, today(timezone.now())), need and can_issue(request.user, need))
        for finding, need in queries.findings_of(visit)
    ]
    waiting = sum(need is None for _finding, need, _promise, _slip in findings)
    return render(request, "casework/intake/of_visit.html", {"visit": visit, "findings": findings, "waiting": waiting, "form": form})
