"""What is asked of stories and tips: what waits for whom, what the board shows."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wanjia.orgs.areas.queries import villages_for
from wanjia.reporting.posted import Posted

from ..appraisal_states import StoryState, TipState
from ..duties import Duty
from ..models import RoleStory, Tip
from . import rules


def to_show(actor):
    """The stories that wait for another hand."""
    return rules.visible_stories(actor, duty=Duty.REVIEW_APPRAISAL).filter(state=StoryState.WRITTEN).exclude(written_by_id=actor.id)


def waiting_tips(actor):
    """The tips that wait for the actor."""
    return rules.visible_tips(actor).filter(state=TipState.WAITS)


def people_around(row, actor, day):
    """Whom a tip may be given to: of the tip's own village, or of those in which the actor takes tips down."""
    villages = [row.village_id] if row else [one.pk for one in villages_for(Duty.KEEP_APPRAISAL)(None, actor, day)]
    found = rules.people_for(villages[0]) if villages else rules.people_for("")
    for one in villages[1:]:
        found |= rules.people_for(one)
    return found.distinct().order_by("name", "pk")


def hanging(village, day):
    """The stories that a village shows on a day."""
    return RoleStory.objects.filter(village=village, state=StoryState.SHOWN, shown_on__lte=day, until_on__gte=day).order_by("-shown_on", "pk")


def on_board(village, day, limit, group_name=""):
    """Return what the board shows of stories, while each home agrees and its year lasts."""
    rows = hanging(village, day)
    if group_name:
        rows = rows.filter(home__group_name=group_name)
    return [Posted(_("%(who)s:%(title)s。%(words)s") % {"who": one.called, "title": one.title, "words": one.words}, on=one.shown_on) for one in rows[:limit]]


def named(spoken):
    """Return the keys of the tips that an erasure seeks: by whom, in what was told or found (kernel.brings.Spoken)."""
    return [one.pk for one in Tip.objects.all().iterator() if spoken.names(spoken.strings, f"{one.teller}\n{one.words}\n{one.found}")]


def to_tips(_request, _row, _answer):
    """Lead back to one's own tips: what was given to somebody else is his alone."""
    return redirect("village:tips")
