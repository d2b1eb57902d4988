"""The working-day page."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.guard import act, guarded, say
from wanjia.kernel.models import CalendarDay
from wanjia.kernel.verdict import Refused

from . import commands, followers, forms, notice, queries, rules

SHOWN = 100


@guarded()
def calendar(request, **forms_in_hand):
    """Show a year: which days are worked, by which notice."""
    this_year = today(timezone.now()).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else this_year
    may_keep = bool(rules.can_keep_workdays(request.user))
    waiting = followers.preview(WorkingCalendar.load(), today(timezone.now())) if may_keep else []
    shown = {
        "waiting": len({line[0] for line in waiting}), "year": year, "months": queries.year_of_days(year), "published": queries.published_years(), "day": today(timezone.now()),
        "provisional": queries.is_provisional(year), "days": queries.days_of(year), "next_year": this_year + 1,
        "may_keep": may_keep, "form": forms.Day(), "notice": forms.Notice(auto_id="notice_%s"),
        "clear": forms.Clear(), **forms_in_hand,
    }  # fmt: skip
    return render(request, "orgs/workdays/calendar.html", shown)


@require_POST
@guarded()
def keep_workday(request):
    """Change one day."""
    form = forms.Day(request.POST)
    if form.is_valid() and (page := _preview(request, form, rows=[CalendarDay(day=form.cleaned_data["day"], works=form.cleaned_data["works"])])):
        return page
    if form.is_valid() and act(request, form, commands.keep_workday):
        say(request, _("%(day)s 已改,期限按新的日历计算。") % {"day": form.answer.day})
        return redirect("orgs:calendar")
    return calendar(request, form=form)


@require_POST
@guarded()
def load_workdays(request):
    """Load a year's notice."""
    form = forms.Notice(request.POST, auto_id="notice_%s")
    if form.is_valid() and (page := _preview_notice(request, form)):
        return page
    if form.is_valid() and act(request, form, commands.load_workdays):
        say(request, _("已导入,共改动 %(n)s 天。") % {"n": form.answer})
        return redirect("orgs:calendar")
    return calendar(request, notice=form)


@require_POST
@guarded()
def clear_workday(request):
    """Take a day out of the table."""
    form = forms.Clear(request.POST)
    if form.is_valid() and (page := _preview(request, form, without=[form.cleaned_data["day"]])):
        return page
    if form.is_valid() and act(request, form, commands.clear_workday):
        say(request, _("已恢复为按星期计算。"))
        return redirect("orgs:calendar")
    return calendar(request, clear=form)


@require_POST
@guarded()
def retime(request):
    """Go on with what still waits to be counted anew, as after a server that stopped half-way."""
    rules.can_keep_workdays(request.user).or_raise()
    followers.tell(source=queries.latest_source(), by=request.user, at=timezone.now())
    say(request, _("已接着重算,稍后刷新页面看还剩多少。"))
    return redirect("orgs:calendar")


def _preview(request, form, rows=(), without=()):
    """Return the page that lists what the change would move, to be confirmed; None when it was, or when nothing moves."""
    if request.POST.get("confirmed") or not rules.can_keep_workdays(request.user):
        return None
    moved = followers.preview(queries.table_with(rows, without), today(timezone.now()))
    if not moved:
        return None
    sent = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    shown = {"moved": moved[:SHOWN], "n": len({line[0] for line in moved}), "more": max(len(moved) - SHOWN, 0), "sent": sent}
    return render(request, "orgs/workdays/preview.html", shown)


def _preview_notice(request, form):
    try:
        rows = notice.read(form.cleaned_data["text"], form.cleaned_data["source"])
    except Refused:
        return None  # the command says what is wrong
    return _preview(request, form, rows=rows)
