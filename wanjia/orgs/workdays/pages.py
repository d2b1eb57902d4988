"""What a change of the working-day table would move, shown before it is made; what became of it."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import WorkingCalendar
from wanjia.verdict import Refused

from ..agreeing.queries import asker
from ..agreeing.rules import can_agree, who_may_agree
from ..models import ChangeState, DayChange
from . import followers, queries, rules

LONGEST = 20_000  # characters of a notice
SHOWN = 100
ASKED_FEW = 5  # names shown of those who may agree


def first(days_of):
    """Return what lists what an act would move, until that is confirmed; nothing when nothing is to be said.

    days_of: the form's answers → (the days it keeps, those it takes out of the table).
    """

    def before(request, _row, form):
        if request.POST.get("confirmed") or not rules.can_keep_workdays(request.user):
            return None
        try:
            shown = _preview(request, *days_of(**form.cleaned_data))
        except Refused:
            return None  # the act says what is wrong
        sent = [(name, value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"]
        return shown and ("orgs/workdays/preview.html", shown | {"sent": sent})

    return before


def _preview(request, rows, without):
    actor, days = request.user, [*(row.day for row in rows), *without]
    second = rules.needs_second(actor, WorkingCalendar.load(), queries.table_with(rows, without), days)
    shown = _moved(request.day, rows, without, second=second)
    if not shown["moved"] and not second:
        return None
    may = who_may_agree(DayChange(**asker(actor, request.at, act="orgs.propose_workdays"))) if second else []
    return shown | {"second": second, "may_agree": may[:ASKED_FEW], "others": max(len(may) - ASKED_FEW, 0)}


def _moved(day, rows, without, words=True, second=False):
    """What a change would move. words: with what each need is about, for whoever keeps the table; who only agrees may open no need.

    second: it takes another unit's word; then it is what it can move at the latest, whatever extra work hides it today.
    """
    table = queries.table_with(rows, without)
    moved = followers.preview(rules.at_the_latest(table) if second else table, day)
    return {"words_shown": words, "moved": moved[:SHOWN], "n": len({line[0] for line in moved}), "more": max(len(moved) - SHOWN, 0)}


def would_move(request, change):
    """A waiting change, for whoever may agree and whoever keeps the table: its days, and what it would move."""
    if change.state != ChangeState.WAITING:
        raise Http404
    rules.can_decide(request.user, change).or_raise()
    may_keep = bool(rules.can_keep_workdays(request.user))
    return _moved(request.day, change.rows, change.without, words=may_keep, second=True) | {"may_agree": can_agree(request.user, change)}


def changed(made):
    """What became of a change of the table: none was needed, it waits, it is made."""
    if made is None:
        return _("这些日子本来就是这样,没有改动。")
    if made.state == ChangeState.WAITING:
        return _("已提交,等另一个单位同意。在那以前日历和期限都不变。")
    return _("已改 %(n)s 天,期限按新的日历计算。") % {"n": len(made.days)}


def decided(change):
    """What became of a waiting change."""
    return _("已同意,日历已改,期限按新的日历重算。") if change.state == ChangeState.MADE else _("没有同意,日历不改。")
