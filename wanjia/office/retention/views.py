"""The classes with their limits, what is due, the lists and holds; one list; the register of what was destroyed, to be printed."""

from django.template.loader import render_to_string
from django.utils import translation

from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not
from wanjia.doors.reading import page
from wanjia.doors.sending import beside
from wanjia.doors.words import in_english
from wanjia.orgs.models import ChangeState
from wanjia.policy import retention as policy

from ..starting.slips import paper
from . import pages, queries, rules
from .subjects import DISPOSALS

SHOWN = 20  # holds


@page("retention/", *rules.SEES, template="page")
def retention(request):
    """Every class with its limits and what is due, the lists, the holds."""
    actor, edition, english = request.user, policy.in_force(request.day), in_english()
    standing = [(one, pages.told(one.kept), one.kept.plain[english], one.kept.source[english]) for one in queries.standing(queries.spans_of(actor), request.day)]
    to_decide = queries.to_decide(actor)
    holds = page_of(request, queries.visible_holds(actor).filter(state=ChangeState.WAITING), per_page=SHOWN, word="holds")
    young = queries.of_children(holds)
    holds.object_list = [(one, queries.what(one, young), bool(rules.can_lift(actor, one))) for one in holds]
    return {
        "edition": edition, "rests_on": edition.source[english], "confirm": edition.confirm[english], "standing": standing, "to_decide": to_decide,
        "page": page_of(request, queries.visible_disposals(actor).exclude(pk__in=[one.pk for one in to_decide])),
        "holds": holds, "holds_rows": bool(rules.can_hold(actor)),
        "proposes": bool(rules.can_propose(actor)) and any(one.open > 0 for one, *_rest in standing),
    }  # fmt: skip


@page("retention/lists/<uuid:disposal_id>/", *rules.SEES, template="one", of=DISPOSALS)
def disposal(request, disposal):
    """One list: whose word it bears, how many rows of which class and where; numbers of needs, of no child's."""
    legal, _not_now = legal_and_not(DISPOSALS, request.user, disposal, request.at)
    return pages.shown(request, disposal) | {
        "page": page_of(request, _listed(disposal)), "outcome": queries.outcome_of(disposal), "legal": [one for one in legal if one.name != "decide_disposal"],
        "decides": any(one.name == "decide_disposal" for one in legal),
    }  # fmt: skip


@page("retention/lists/<uuid:disposal_id>/paper/", *rules.SEES, of=DISPOSALS, fresh=True)
def disposal_paper(request, disposal):
    """The register of a list (销毁清册), to be printed, signed and kept: numbers, days and counts. In Chinese, whoever prints it."""
    with translation.override("zh-hans"):
        shown = pages.shown(request, disposal) | {"outcome": queries.outcome_of(disposal), "printed_on": request.day, "items": _listed(disposal)}
        body = paper(render_to_string("office/papers/disposal.html", shown))
    return beside(body, f"{disposal.area.name}销毁清册.pdf")


def _listed(disposal):
    return disposal.items.filter(child=False).exclude(number="").select_related("outcome")
