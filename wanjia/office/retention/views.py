"""The classes with their limits, what is due, the lists and holds; one list; the register of what was destroyed, to be printed."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from wanjia.doors.guard import guarded
from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not, of_row
from wanjia.doors.words import in_english
from wanjia.kernel.calendar import today
from wanjia.orgs.models import ChangeState
from wanjia.policy import retention as policy
from wanjia.reporting.documents.drawing import pdf
from wanjia.reporting.documents.sending import sent
from wanjia.reporting.papers.sheets import day_words, moment_words

from . import pages, queries, rules
from .subjects import DISPOSALS

SHOWN = 20  # holds


@guarded(*rules.SEES)
def retention(request):
    """Every class with its limits and what is due, the lists, the holds."""
    actor, now = request.user, timezone.now()
    edition, english = policy.in_force(today(now)), in_english()
    standing = [(one, pages.told(one.kept), one.kept.plain[english], one.kept.source[english]) for one in queries.standing(queries.spans_of(actor), today(now))]
    to_decide = queries.to_decide(actor)
    holds = queries.visible_holds(actor).filter(state=ChangeState.WAITING)[:SHOWN]
    return render(request, "office/retention/page.html", {
        "edition": edition, "rests_on": edition.source[english], "confirm": edition.confirm[english], "standing": standing, "page": page_of(request, queries.visible_disposals(actor).exclude(pk__in=[one.pk for one in to_decide])),
        "to_decide": to_decide, "holds": [(one, bool(rules.can_lift(actor, one))) for one in holds],
        "proposes": bool(rules.can_propose(actor)) and any(one.open > 0 for one, *_rest in standing), "holds_rows": bool(rules.can_hold(actor)),
    })  # fmt: skip


@of_row(DISPOSALS, *rules.SEES)
def disposal(request, disposal):
    """One list: whose word it bears, how many rows of which class and where; numbers of needs, of no child's."""
    legal, _not_now = legal_and_not(DISPOSALS, request.user, disposal, timezone.now())
    shown = pages.shown(request, disposal) | {"page": page_of(request, disposal.items.filter(child=False).exclude(number="").select_related("outcome"))}
    return render(request, "office/retention/one.html", shown | {
        "outcome": queries.outcome_of(disposal) if disposal.state == ChangeState.MADE else None, "legal": [one for one in legal if one.name != "decide_disposal"],
        "decides": any(one.name == "decide_disposal" for one in legal),
    })  # fmt: skip


@of_row(DISPOSALS, *rules.SEES)
@never_cache
def disposal_paper(request, disposal):
    """The register of a list (销毁清册), to be printed, signed and kept: numbers, days and counts."""
    items = disposal.items.filter(child=False).exclude(number="").select_related("outcome")
    context = pages.shown(request, disposal) | {
        "rules": pages.told(disposal.kept, english=False), "class_words": disposal.kept.words[0], "items": items, "outcome": queries.outcome_of(disposal),
        "name": f"{disposal.area.name}{disposal.kept.words[0]}销毁清册", "author": disposal.by_org,
        "area": disposal.area, "day": day_words(disposal.on), "printed": moment_words(timezone.now()), "made": disposal.at, "number": str(disposal.pk)[:8],
    }  # fmt: skip
    return sent(pdf("office/papers/disposal.html", context, name=str(disposal.pk)), f"{context['name']}.pdf")


