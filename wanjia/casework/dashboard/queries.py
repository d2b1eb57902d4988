"""What the dashboard shows, in a fixed number of queries whatever the area holds."""

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wanjia.indicators.definitions import definition, definitions, parts
from wanjia.kernel.privacy import mask_name
from wanjia.orgs import scope
from wanjia.orgs.areas.queries import ancestors
from wanjia.orgs.duties import Duty
from wanjia.orgs.models import Area, Level
from wanjia.reporting.figures import queries as counting
from wanjia.reporting.figures.rules import opens_rows, sees_whole

from ..figures.population import NEEDS
from ..ledger.queries import named
from ..models import Need
from ..states import NeedState

UNSOLVED_SHOWN, UNSOLVED_PRINTED = 8, 23  # rows on the screen; on the one A4 page, which has room for more
TABLE = ("needs.received", "needs.reasonable", "needs.settled", "needs.confirmed", "needs.open", "needs.overdue", "needs.unowned")
# The path from received to confirmed: what falls out at each step, then how many go on.
PATH = (
    ("needs.received", ("path.undecided", "path.declined", "path.withdrawn")),
    ("needs.reasonable", ("path.to_assign", "path.to_accept", "path.in_hand")),
    ("needs.callback_due", ("path.to_call_back", "path.unsettled", "path.unreachable", "path.partly", "path.unheard")),
    ("path.confirmed", ()),
)
# Whose word a figure is, in the reader's words.
WHOSE = {"handler": _("承办单位说的"), "household": _("诉求人说的"), "clock": _("按期限算的"), "office": _("台账记的")}
FAULTS = ("needs.overdue", "needs.unreachable")  # a need with its unit, waiting in time to be signed for, is no fault
AGES = (("age.7", 1), ("age.30", 2), ("age.90", 4), ("age.older", 5))  # and the shade each is drawn in
MONTH_HEADS = (_("收到"), _("单位说解决"), _("诉求人确认"))
MONTH_TONES = ("plain", "", "good")  # received, in the unit's word, in the household's


def dashboard(actor, area, day, today):
    """Return the page's content for an area on a day (None: now)."""
    needs = counting.rows_for(NEEDS, actor, area)
    groups = {"month": NEEDS.month} | ({"stem": counting.stem(NEEDS, counting.DIGITS[area.level])} if area.level in counting.DIGITS else {})
    tally = counting.Tally(needs, day, today, **groups)
    counted, link = tally.total({**definitions(NEEDS.name), **parts(NEEDS.name)}), Link(actor, area, day)
    lines = counting.lines(NEEDS, tally.by("stem", definitions(NEEDS.name)), day or today, area) if "stem" in groups else []
    monthly = counting.last_months(NEEDS, tally.by("month", counting.monthly(NEEDS)), day or today)
    matters = tally.matters(definitions(NEEDS.name))
    cards = [card(counting.figure_row(item, counted, day or today, matters), link) for item in definitions(NEEDS.name).values()]
    drawn = months(monthly, link)
    first = unsolved(needs, day, today) if link.sees else []
    return {
        "area": area, "day": day or today, "whole": sees_whole(actor, area), "unsolved": first, "on_screen": UNSOLVED_SHOWN,
        "rest": counted["needs.open"] - UNSOLVED_SHOWN, "rest_printed": counted["needs.open"] - len(first), "unsolved_count": counted["needs.open"], "sees_rows": link.sees, "unsolved_url": link("needs.open"),
        "cards": cards, **promise(cards),
        "path": path(counted, link), "ages": [{**part(id_, counted, link), "heat": heat} for id_, heat in AGES],
        "lines": [row_of(actor, line, row, day) for line, row in lines], "heads": [{"name": named(definition(id_)), "meaning": definition(id_).meaning} for id_ in TABLE], "faults": FAULTS,
        "tiles": tiles(actor, lines, area, day), "months": drawn, "month_heads": MONTH_HEADS,
        "most": max((cell["n"] for row in drawn for cell in row["cells"]), default=0), "choices": choices(actor, area),
    }  # fmt: skip


class Link:
    """Makes the address of a figure's rows in one area on one day; none for whoever has the number there alone."""

    def __init__(self, actor, area, day):
        self.sees = opens_rows(actor, area)
        self.fixed = {"area": area.code} | ({"as_of": day.isoformat()} if day else {})

    def __call__(self, figure, **more):
        return self.sees and f"{reverse('reporting:rows')}?{urlencode({'figure': figure, **self.fixed, **more})}"


def card(row, link):
    """Return one figure ready to show, with its link."""
    return {**row, "name": named(definition(row["id"])), "whose": WHOSE[row["word"]], "url": link(row["id"])}


def promise(cards):
    """Return what the page says first: what was promised, and what came of it in the unit's word and in the household's own."""
    by = {row["id"].partition(".")[2]: row for row in cards}
    two = ((by["settled"], _("承办单位说解决了"), ""), (by["confirmed"], _("诉求人自己说解决了"), "good"))
    return {"by": {**by, "promised": by["reasonable"]}, "words_of": [{**row, "says": says, "tone": tone, "whole": named(definition(definition(row["id"]).of))} for row, says, tone in two]}


def part(id_, counted, link):
    """Return one part: its name, number and link."""
    item = definition(id_)
    return {"id": id_, "name": named(item), "meaning": item.meaning, "n": counted[id_], "url": link(id_)}


def path(counted, link):
    """Return the path as [{name, n, share of received, url, falls: parts that stay or fall out here}]."""
    received = counted["needs.received"]
    return [
        {**part(id_, counted, link), "of": received, "falls": [part(fall, counted, link) for fall in falls if counted[fall]]}
        for id_, falls in PATH
    ]


def row_of(actor, line, row, day):
    """Return one line of the table by area: its name, where it leads, and its numbers with links."""
    link, rest = Link(actor, line.area, day), {"rest": 1} if line.rest else {}
    deeper = not line.rest and line.area.level != Level.VILLAGE
    address = f"{reverse('reporting:dashboard')}?{urlencode(link.fixed)}" if deeper else ""
    return {
        "name": line.area.name, "rest": line.rest, "url": address,
        "cells": [{"n": row[id_], "url": link(id_, **rest), "id": id_} for id_ in TABLE],
    }  # fmt: skip


def tiles(actor, lines, area, day):
    """Return what the tile map shows: needs not settled, by township; only for an area whose children are drawn."""
    if area.level not in (Level.COUNTY, Level.CITY):
        return {}
    return {
        line.area.code: {"value": row["needs.open"], "shown": str(row["needs.open"]), "url": Link(actor, line.area, day)("needs.open")}
        for line, row in lines if not line.rest
    }  # fmt: skip


def months(counts, link):
    """Return the last months: words, and received, settled, confirmed with links; the last six, and older ones from the first with a need."""
    begun = next((at for at, (_month, row) in enumerate(counts) if any(row.values())), 0)
    return [
        {"month": f"{month[:4]}-{month[4:]}", "cells": [{"n": row[id_], "url": link(id_, month=month), "tone": tone} for id_, tone in zip(NEEDS.months, MONTH_TONES, strict=True)]}
        for month, row in counts[min(begun, max(len(counts) - 6, 0)):]
    ]  # fmt: skip


def unsolved(needs, day, today):
    """Return the first needs that no settlement has reached, those due first on top, with the state and date of the day.

    Found by key first: sorting whole rows of a county would carry every sealed column along.
    """
    order = (F("f_due_on").asc(nulls_last=True), "recorded_at", "pk")
    first = list(counting.rows_of("needs.open", needs, day, today).order_by(*order).values_list("pk", flat=True)[:UNSOLVED_PRINTED])
    return dressed(list(shown(counting.on_day(Need.objects.filter(pk__in=first), day)).order_by(*order)))


def shown(rows):
    """Fetch with each need what a row shows."""
    return rows.select_related("village__parent", "holder").defer("story", "requester_phone", "ledger_cells")


def dressed(needs):
    """Give each need of a page the words of its state on the day counted, and its masked name."""
    for need in needs:
        need.words_then, need.masked_name = NeedState(need.f_state).label, mask_name(need.requester_name)
    return needs


def rows(actor, area, day, today, *, figure, month="", rest=False):
    """Return the needs behind one number: the figure, in an area, on a day, of a month."""
    needs = counting.rows_for(NEEDS, actor, area)
    if rest:
        table = counting.Breakdown(area, day or today)
        needs = needs.filter(table.rows(table.lines[-1], "village_id"))
    if month:
        needs = NEEDS.in_month(needs, month)
    return shown(counting.rows_of(figure, needs, day, today))


def choices(actor, area):
    """Return the areas to go to from here: above within reach, this one, those below it down to villages."""
    above = [one for one in ancestors(area) if scope.covers(actor, one.code, duty=Duty.SEE_FIGURES) and _whole(actor, one)]
    below = Area.objects.filter(parent=area, to_on=None).order_by("code")
    return [*above, area, *below]


def _whole(actor, area):
    first, end = area.span()
    return any(reach.first <= first and end <= reach.end for reach in scope.places(actor, duty=Duty.SEE_FIGURES))

