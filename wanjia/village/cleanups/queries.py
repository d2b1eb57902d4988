"""What is asked of clean-up days: sections and turnout, what waits for whom, what the board shows."""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from wanjia.reporting.posted import Posted

from ..bodies.homes import with_names
from ..branch_states import CleanUpState
from ..duties import Duty
from ..models import CleanUp, CleanUpSection
from . import rules


def listed(rows):
    """Give days what their list shows: sections, how many came, how many sections are clean."""
    return rows.select_related("village").annotate(n_sections=Count("sections"), n_came=Sum("sections__turnout"), n_clean=Count("sections", filter=Q(sections__cleaned=True)))


def homes_for(one, actor, day):
    """The homes to choose from, each with its head's name."""
    return with_names(rules.homes_for(one, actor, day))


def sections_for(one, _actor, _day):
    """The sections of a day."""
    return one.sections.all() if one else CleanUpSection.objects.none()


def section_asked(request, _one):
    """The section that the page came from stands chosen (?section=)."""
    return {"initial": {"section": request.GET["section"]}} if "section" in request.GET else {}


def waiting(actor, day):
    """The days that wait for the actor: over and not written down, or to be looked at after another hand."""
    rows = rules.visible_cleanups(actor, duty=Duty.KEEP_CLEANUPS)
    return rows.filter(Q(state=CleanUpState.PLANNED, day__lt=day) | (Q(state=CleanUpState.HELD) & ~Q(held_by_id=actor.id)))


def on_board(village, day, limit, group_name):
    """Clean-up days, held ones with their counts and planned ones until their day is over, newest first: no home is named."""
    shown = Q(state=CleanUpState.CHECKED) | Q(state=CleanUpState.PLANNED, day__gte=day)
    rows = listed(CleanUp.objects.filter(shown, village=village)).order_by("-day", "pk")[:limit]
    return [Posted(_said(one), one.day) for one in rows]


def _said(one):
    if one.state == CleanUpState.PLANNED:
        return _("清扫日:%(words)s,分 %(n)s 段") % {"words": one.words, "n": one.n_sections}
    return _("清扫日:%(words)s,%(came)s 人参加,%(n)s 段扫净 %(clean)s 段") % {"words": one.words, "came": one.n_came or 0, "n": one.n_sections, "clean": one.n_clean}
