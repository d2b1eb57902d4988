"""The working-day page: the table, and what waits for another unit. How far the recount is, is brought."""

from wanjia.doors import pages
from wanjia.doors.asking import form_of
from wanjia.doors.listing import block_of
from wanjia.doors.reading import page

from . import commands, queries, rules
from .subjects import CHANGES

CHANGES_SHOWN = 10


@page("calendar")
def calendar(request):
    """Show a year: which days are worked, by which notice."""
    this_year, asked = request.day.year, request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and 2000 <= int(asked) <= 2100 else this_year
    may_keep = bool(rules.can_keep_workdays(request.user))
    return {
        "year": year, "months": queries.year_of_days(year), "published": queries.published_years(), "day": request.day,
        "provisional": queries.is_provisional(year), "days": queries.days_of(year), "next_year": this_year + 1,
        "changes": block_of(request, queries.changes(), CHANGES_SHOWN, word="changes"), "to_agree": queries.to_agree(request.user),
        "may_keep": may_keep, **(_acts(request) if may_keep else {}),
    }  # fmt: skip


def _acts(request):
    """The acts on the table."""
    asked = {"actor": request.user, "day": request.day}
    return {
        "form": form_of(commands.keep_workday.act)(**asked), "clear": form_of(commands.clear_workday.act)(**asked, auto_id="clear_%s"),
        "notice": form_of(commands.load_workdays.act)(**asked, auto_id="notice_%s"),
    }  # fmt: skip


@page("calendar/changes/<uuid:change_id>", name="workday_change", of=CHANGES, fresh=True)
def change(request, waiting):
    """Show a waiting change to whoever may agree and to whoever keeps the table."""
    return pages.show(request, commands.decide_workdays.act, waiting)
