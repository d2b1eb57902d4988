"""What the pages of the acts of retention show besides their form, and where they lead."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.doors.guard import say
from wanjia.doors.words import in_english
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import ChangeState

from . import queries


def first_area(_row, actor, _day):
    """The county of whoever draws up a list."""
    return next(iter(scope.areas(actor, duty=Duty.SET_RULES)), None)


def decided(disposal):
    """What became of a list."""
    if disposal.state == ChangeState.MADE:
        return _("已同意。%(day)s 起由系统执行,在那以前还可以收回、设暂缓。") % {"day": disposal.carry_on}
    return _("没有同意,一件也不销毁。")


def shown(_request, disposal):
    """A list for whoever gives a word on it: class, limits, how many and where; of no row what it says."""
    kept = disposal.kept
    return {"disposal": disposal, "rules": told(kept), "plain": kept.plain[in_english()], "townships": queries.by_township(disposal)}


def told(kept):
    """List {"since", "years", "days", "source", "outlived"} of a class's rules, in the reader's language."""
    english = in_english()
    return [
        {"since": rule.since_words[english], "years": rule.years, "days": rule.days, "source": rule.source[english], "outlived": kept.outlived(rule)}
        for rule in kept.rules
    ]  # fmt: skip


def nothing_due(request, _row):
    """Back to the page of limits where nothing can be listed: an empty form would ask for nothing."""
    if request.method != "GET" or queries.offered(None, request.user, request.day):
        return None
    say(request, _("现在没有到期、又没有列清单或暂缓的。"))
    return redirect("office:retention")


def to_list(_request, _row, disposal):
    """To the list that was drawn up."""
    return redirect("office:disposal", disposal.pk)


def to_page(_request, _row, _hold):
    """Back to the page of limits and lists."""
    return redirect("office:retention")
