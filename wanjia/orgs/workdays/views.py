"""The working-day page: the table, what waits for another unit, how far the recount is."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.guard import act, guarded, say
from wanjia.kernel.models import CalendarDay
from wanjia.verdict import Refused

from ..agreeing.forms import Word
from ..agreeing.models import ChangeState, asker
from ..agreeing.rules import can_agree, who_may_agree
from ..recounting import commands as recounting
from ..recounting.queries import is_dead, is_running
from . import commands, followers, forms, queries, rules
from .models import DayChange

SHOWN = 100
ASKED_FEW = 5  # names shown of those who may agree


@guarded()
def calendar(request, **forms_in_hand):
    """Show a year: which days are worked, by which notice."""
    this_year = today(timezone.now()).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else this_year
    may_keep = bool(rules.can_keep_workdays(request.user))
    shown = {
        "year": year, "months": queries.year_of_days(year), "published": queries.published_years(), "day": today(timezone.now()),
        "provisional": queries.is_provisional(year), "days": queries.days_of(year), "next_year": this_year + 1,
        "may_keep": may_keep, "form": forms.Day(), "notice": forms.Notice(auto_id="notice_%s"), "changes": queries.changes(),
        "clear": forms.Clear(), "to_agree": queries.to_agree(request.user), **(_recount() if may_keep else {}), **forms_in_hand,
    }  # fmt: skip
    return render(request, "orgs/workdays/calendar.html", shown)


def _recount():
    """How far the recount after the latest change is, and how many needs still wait."""
    now, change = timezone.now(), queries.latest_change()
    running = is_running(change, now)
    waiting = [] if running else followers.preview(WorkingCalendar.load(), today(now))
    return {"recount": change, "running": running, "dead": is_dead(change, now), "waiting": len({line[0] for line in waiting})}


@guarded()
@never_cache
def progress(request):
    """How far the recount is; when it is over, the page is asked for anew."""
    rules.can_keep_workdays(request.user).or_raise()
    change = queries.latest_change()
    if not is_running(change, timezone.now()):
        return HttpResponseClientRefresh()
    return render(request, "orgs/workdays/progress.html", {"recount": change})


@require_POST
@guarded()
def keep_workday(request):
    """Change one day."""
    form = forms.Day(request.POST)
    if form.is_valid() and (page := _preview(request, rows=[CalendarDay(day=form.cleaned_data["day"], works=form.cleaned_data["works"])])):
        return page
    if form.is_valid() and act(request, form, commands.keep_workday):
        return _done(request, form.answer)
    return calendar(request, form=form)


@require_POST
@guarded()
def load_workdays(request):
    """Load a year's notice."""
    form = forms.Notice(request.POST, auto_id="notice_%s")
    if form.is_valid() and (page := _preview_notice(request, form)):
        return page
    if form.is_valid() and act(request, form, commands.load_workdays):
        return _done(request, form.answer)
    return calendar(request, notice=form)


@require_POST
@guarded()
def clear_workday(request):
    """Take a day out of the table."""
    form = forms.Clear(request.POST)
    if form.is_valid() and (page := _preview(request, without=[form.cleaned_data["day"]])):
        return page
    if form.is_valid() and act(request, form, commands.clear_workday):
        return _done(request, form.answer)
    return calendar(request, clear=form)


@guarded()
@never_cache
def change(request, change_id, form=None):
    """Show a waiting change to whoever may agree and to whoever keeps the table: its days, and what it would move."""
    found = get_object_or_404(DayChange, pk=change_id, state=ChangeState.WAITING)
    may_agree, may_keep = can_agree(request.user, found), bool(rules.can_keep_workdays(request.user))
    if not (may_agree or may_keep):
        raise Refused(may_agree.reason)
    facts = _moved(found.rows, found.without, words=may_keep, second=True) | {"change": found, "may_agree": may_agree, "form": form or Word()}
    return render(request, "orgs/workdays/change.html", facts, status=422 if form else 200)


@require_POST
@guarded()
def decide_workdays(request, change_id):
    """Give another unit's word on a change, or take one's own back."""
    form = Word(request.POST)
    if form.is_valid() and act(request, form, commands.decide_workdays, change_id=change_id):
        say(request, _("已同意,日历已改,期限按新的日历重算。") if form.cleaned_data["agree"] else _("没有同意,日历不改。"))
        return redirect("orgs:calendar")
    try:
        return change(request, change_id, form)
    except Http404:  # decided a moment ago by somebody else
        raise Refused(_("这次日历改动已经处理过了。")) from None


@require_POST
@guarded()
def retime(request):
    """Go on with what still waits to be counted anew, as after a server that stopped half-way."""
    rules.can_keep_workdays(request.user).or_raise()
    latest = queries.latest_change()
    if latest:
        latest = recounting.resume_recount(change_id=latest.pk, by=request.user, at=timezone.now())
    followers.tell(latest, at=timezone.now())
    say(request, _("已接着重算,进度见本页。"))
    return redirect("orgs:calendar")


@require_POST
@guarded()
def stop_recount(request):
    """Stop counting anew."""
    rules.can_keep_workdays(request.user).or_raise()
    latest = queries.latest_change()
    if latest is None:
        raise Refused(_("现在没有在重算,不用停止。"))
    recounting.stop_recount(change_id=latest.pk, by=request.user, at=timezone.now())
    say(request, _("已停止。算好的保留,其余的点“接着算”再算。"))
    return redirect("orgs:calendar")


def _done(request, made):
    if made is None:
        say(request, _("这些日子本来就是这样,没有改动。"))
    elif made.state == ChangeState.WAITING:
        say(request, _("已提交,等另一个单位同意。在那以前日历和期限都不变。"))
    else:
        say(request, _("已改 %(n)s 天,期限按新的日历计算。") % {"n": len(made.days)})
    return redirect("orgs:calendar")


def _moved(rows, without, words=True, second=False):
    """What a change would move. words: with what each need is about, for whoever keeps the table; who only agrees may open no need.

    second: it takes another unit's word; then it is what it can move at the latest, whatever extra work hides it today.
    """
    table = queries.table_with(rows, without)
    moved = followers.preview(rules.at_the_latest(table) if second else table, today(timezone.now()))
    return {"words_shown": words, "moved": moved[:SHOWN], "n": len({line[0] for line in moved}), "more": max(len(moved) - SHOWN, 0)}


def _preview(request, rows=(), without=()):
    """Return the page that lists what the change would move, to be confirmed; None when it was, or when nothing is to be said."""
    if request.POST.get("confirmed") or not rules.can_keep_workdays(request.user):
        return None
    days = [*(row.day for row in rows), *without]
    second = rules.needs_second(request.user, WorkingCalendar.load(), queries.table_with(rows, without), days)
    shown = _moved(rows, without, second=second)
    if not shown["moved"] and not second:
        return None
    may = who_may_agree(DayChange(**asker(request.user, timezone.now(), act="orgs.propose_workdays"))) if second else []
    sent = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
    shown |= {"sent": sent, "second": second, "may_agree": may[:ASKED_FEW], "others": max(len(may) - ASKED_FEW, 0)}
    return render(request, "orgs/workdays/preview.html", shown)


def _preview_notice(request, form):
    try:
        rows = commands.changed_rows(form.cleaned_data["text"], form.cleaned_data["source"])
    except Refused:
        return None  # the command says what is wrong
    return _preview(request, rows=rows)
