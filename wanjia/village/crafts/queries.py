"""What is asked of craftsmen: who has a skill, whom a form offers, what waits for whom, what the board shows."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.words import said
from wanjia.policy import crafts as policy
from wanjia.reporting.posted import Posted

from ..craft_states import BookingState, CraftState
from ..duties import Duty
from . import rules


def skills(_row, _actor, day):
    """The skills that are offered on a day: [(code, words)]."""
    return [(one.code, said(one)) for one in policy.in_force(day).skills]


def of_skill(rows, skill):
    """Keep the craftsmen with a skill; all where none is asked for."""
    return rows.filter(Q(skill=skill) | Q(also=skill)) if skill else rows


def skills_of(one):
    """Return what a craftsman can do, in the reader's language."""
    return "、".join(str(said(policy.called(code))) for code in (one.skill, one.also) if code)


def named(rows):
    """Give craftsmen the words of their skills."""
    for one in rows:
        one.skills = skills_of(one)
    return rows


def face_of(one, works):
    """Return how a craftsman, or a venture, is called on its own page: once it is taken back, by name for whoever keeps it alone."""
    open_ = works or one.state.endswith("_shown")
    return {"open": open_, "called": one.called if open_ else one.get_state_display()}


def worked(rows, actor):
    """Give pairs or bookings whether the actor works where their craftsman is."""
    for one in rows:
        one.works = rules.works_in(actor, one.craftsman.village_id)
    return rows


def listed_as(one):
    """Return how a craftsman, or a venture, is called in a list whose readers are not known: once it is taken back, by no name."""
    return one.get_state_display() if one.withdrawn_on else one.called



def craftsmen_for(_row, _actor, _day):
    """Whom one may book: whoever is shown, in any village."""
    return rules.shown().select_related("village").order_by("village_id", "called", "pk")


def words_of(one):
    """Return a craftsman as a form offers him: how he is called, what he can do, his village."""
    return f"{one.called} · {skills_of(one)} · {one.village.short_name}"


def to_show(actor):
    """The craftsmen who wait for another hand."""
    return rules.visible_craftsmen(actor, duty=Duty.REVIEW_CRAFTS).filter(state=CraftState.WRITTEN).exclude(written_by_id=actor.id)


def waiting(actor, day):
    """The bookings that wait for whoever keeps them: the craftsman is to be asked, or his day is over and nothing is told."""
    rows = rules.visible_bookings(actor, duty=Duty.KEEP_CRAFTS)
    mine = Q(state=BookingState.ASKED, craftsman__in=rules.visible_craftsmen(actor, duty=Duty.KEEP_CRAFTS))
    return rows.filter(mine | Q(state=BookingState.AGREED, day__lt=day))


def on_board(village, _day, limit, group_name=""):
    """Return what the board shows of craftsmen, while each agrees: how he is called and what he can do, reached through the village."""
    rows = rules.shown(village=village).order_by("-shown_on", "pk")
    rows = rows.filter(home__group_name=group_name) if group_name else rows
    line = _("%(who)s:%(skills)s。%(words)s。找%(village)s的村干部联系。")
    href = reverse("village:public_crafts")
    return [Posted(line % {"who": one.called, "skills": skills_of(one), "words": one.words.rstrip("。"), "village": village.short_name}, one.shown_on, href=href) for one in rows[:limit]]
