"""强制报告: everybody can report, the named officer alone can read, and every reading is logged first."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wanjia.kernel.calendar import today
from wanjia.kernel.guard import act, guarded, say
from wanjia.kernel.listing import page_of
from wanjia.orgs.duties import Duty

from . import commands, forms, queries, rules

UNREAD = "casework.unread_report"  # the report just sent can be opened by nobody here


@guarded()
@never_cache
def report_child(request):
    """First 110; then the sealed record."""
    form = forms.ReportChild(request.POST or None, actor=request.user)
    if form.is_valid() and act(request, form, commands.report_child):
        if not rules.has_reader(form.answer, today(timezone.now())):
            request.session[UNREAD] = True
        return redirect("casework:child_reported")
    return render(request, "casework/protection/report.html", {"form": form})


@guarded()
def child_reported(request):
    """What happens now."""
    return render(request, "casework/protection/reported.html", {"unread": request.session.pop(UNREAD, False)})


@guarded(Duty.PROTECT_CHILDREN)
def protection(request):
    """The officer's list: where and when, never who."""
    page = page_of(request, queries.reports_for(request.user))
    alarms = set(queries.alarms(request.user).values_list("pk", flat=True))
    return render(request, "casework/protection/reports.html", {"page": page, "alarms": alarms})


@guarded(Duty.PROTECT_CHILDREN)
@never_cache
def open_report(request, report_id):
    """Ask why; log the reading; then show the record, once."""
    report = get_object_or_404(rules.visible_reports(request.user).select_related("area"), pk=report_id)
    form = forms.OpenReport(request.POST or None)
    opened = form.is_valid() and act(request, form, commands.open_report, report_id=report.pk)
    more = {"follow_ups": report.follow_ups.select_related("by"), "follow_up": forms.FollowUp()} if opened else {}
    return render(request, "casework/protection/open.html", {"report": report, "form": form, "opened": opened, **more})


@guarded(Duty.PROTECT_CHILDREN)
def follow_up(request, report_id):
    """Write what was done next."""
    report = get_object_or_404(rules.visible_reports(request.user).select_related("area"), pk=report_id)
    form = forms.FollowUp(request.POST or None)
    if form.is_valid() and act(request, form, commands.follow_up_report, report_id=report.pk):
        say(request, _("跟进已记下。"))
        return redirect("casework:protection")
    return render(request, "casework/protection/follow_up.html", {"report": report, "form": form})
