"""The working-day page: the table, and what waits for another unit. How far the recount is, is brought."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wanjia.doors import pages
from wanjia.doors.asking import form_of
from wanjia.doors.guard import guarded
from wanjia.kernel.calendar import today

from ..models import DayChange
from . import commands, queries, rules


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
        "may_keep": may_keep, "changes": queries.changes(), "to_agree": queries.to_agree(request.user), **(_acts(request.user) if may_keep else {}),
    }  # fmt: skip
    return render(request, "orgs/workdays/calendar.html", shown)


def _acts(actor):
    """The acts on the table."""
    return {
        "form": form_of(commands.keep_workday.act)(actor=actor), "clear": form_of(commands.clear_workday.act)(actor=actor, auto_id="clear_%s"),
        "notice": form_of(commands.load_workdays.act)(actor=actor, auto_id="notice_%s"),
    }  # fmt: skip


@guarded()
@never_cache
def change(request, change_id):
    """Show a waiting change to whoever may agree and to whoever keeps the table."""
    return pages.show(request, commands.decide_workdays.act, get_object_or_404(DayChange, pk=change_id))
