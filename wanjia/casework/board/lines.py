"""What a village's public board says of its ledger: the quarters that were published, redacted as they were."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wanjia.reporting.posted import Posted

from . import queries

QUARTERS = {"03": _("%(year)s 年第一季度"), "06": _("%(year)s 年第二季度"), "09": _("%(year)s 年第三季度"), "12": _("%(year)s 年第四季度")}
FEW = _("%(quarter)s反映的难处不足 3 件,不分类公布。")


def quarter_of(published):
    """Return the quarter of a published notice in the reader's language."""
    period = published.paper.period
    return QUARTERS[period[4:]] % {"year": period[:4]}


def on_board(village, day, limit, group_name):
    """The quarters of the whole village, the latest first; of a group nothing, for its homes would be known by their number."""
    rows = [] if group_name else [one for one in queries.boards_of(village.pk) if one[0].paper.as_of <= day]
    return [Posted(_told(published, board), published.paper.as_of, href=f"{reverse('casework:board', args=[village.pk])}?quarter={published.paper.period}") for published, board in rows[:limit]]


def _told(published, board):
    quarter = quarter_of(published)
    if board["few"] or not board["lines"]:
        return str(FEW % {"quarter": quarter}) if board["few"] else str(_("%(quarter)s没有人反映难处。") % {"quarter": quarter})
    n = board["lines"][-1]["total"]
    return ngettext("%(quarter)s反映难处 %(n)s 件,办得怎样。", "%(quarter)s反映难处 %(n)s 件,办得怎样。", n) % {"quarter": quarter, "n": n}
