"""The working-day page: the table, what waits for another unit, how far the recount is."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from wanjia.doors import pages
from wanjia.doors.asking import form_of
from wanjia.doors.guard import guarded, say
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.verdict import Refused

from ..recounting import commands as recounting
from ..recounting.queries import is_dead, is_running
from . import commands, followers, queries, rules
from .models import DayChange


@guarded()
def calendar(request):
    """Show a year: which days are worked, by which notice."""
    this_year = today(timezone.now()).year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else this_year
    may_keep = bool(rules.can_keep_workdays(request.user))
    shown = {
        "year": year, "months": queries.year_of_days(year), "published": queries.published_years(), "day": today(timezone.now()),
        "provisional": queries.is_provisional(year), "days": queries.days_of(year), "next_year": this_year + 1,
        "may_keep": may_keep, "changes": queries.changes(), "to_agree": queries.to_agree(request.user), **(_kept(request.user) if may_keep else {}),
    }  # fmt: skip
    return render(request, "orgs/workdays/calendar.html", shown)


def _kept(actor):
    """The acts on the table, how far the recount after the latest change is, and how many needs still wait."""
    now, change = timezone.now(), queries.latest_change()
    running = is_running(change, now)
    waiting = [] if running else followers.preview(WorkingCalendar.load(), today(now))
    return {
        "recount": change, "running": running, "dead": is_dead(change, now), "waiting": len({line[0] for line in waiting}),
        "form": form_of(commands.keep_workday.act)(actor=actor), "clear": form_of(commands.clear_workday.act)(actor=actor, auto_id="clear_%s"),
        "notice": form_of(commands.load_workdays.act)(actor=actor, auto_id="notice_%s"),
    }  # fmt: skip


@guarded()
@never_cache
def progress(request):
    """How far the recount is; when it is over, the page is asked for anew."""
    rules.can_keep_workdays(request.user).or_raise()
    change = queries.latest_change()
    if not is_running(change, timezone.now()):
        return HttpResponseClientRefresh()
    return render(request, "orgs/workdays/progress.html", {"recount": change})


@guarded()
@never_cache
def change(request, change_id):
    """Show a waiting change to whoever may agree and to whoever keeps the table."""
    return pages.show(request, commands.decide_workdays.act, get_object_or_404(DayChange, pk=change_id))


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
