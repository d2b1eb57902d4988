"""What is asked of ventures: which kinds are offered, what waits for whom, what the board shows."""

from django.db.models import F, Q
from django.utils.translation import gettext as _

from wanjia.doors.words import said
from wanjia.policy import crafts as policy
from wanjia.reporting.posted import Posted

from ..craft_states import VentureState
from ..duties import Duty
from ..models import Venture
from . import rules


def kinds(_row, _actor, day):
    """The kinds that are offered on a day: [(code, words)]."""
    return [(one.code, said(one)) for one in policy.in_force(day).kinds]


def named(rows):
    """Give ventures the words of their kind."""
    for one in rows:
        one.kind_words = said(policy.called(one.kind))
    return rows


def in_season(day):
    """Return the Q of ventures whose months hold a day; from November to February goes over the new year."""
    through, over = Q(from_month__lte=F("to_month")), Q(from_month__gt=F("to_month"))
    return (through & Q(from_month__lte=day.month, to_month__gte=day.month)) | (over & (Q(from_month__lte=day.month) | Q(to_month__gte=day.month)))


def to_show(actor):
    """The ventures that wait for another hand."""
    return rules.visible_ventures(actor, duty=Duty.REVIEW_CRAFTS).filter(state=VentureState.WRITTEN).exclude(written_by_id=actor.id)


def on_board(village, day, limit, group_name=""):
    """Return what the board shows of ventures, while each home agrees; with the contact that it agreed to, else through the village."""
    rows = Venture.objects.filter(village=village, state=VentureState.SHOWN).order_by("-shown_on", "pk")
    rows = rows.filter(home__group_name=group_name) if group_name else rows
    return [Posted(_said(one, village), one.shown_on) for one in rows[:limit]]


def _said(one, village):
    reach = one.contact or _("找%(village)s的村干部") % {"village": village.short_name}
    words = {"what": one.called, "kind": said(policy.called(one.kind)), "words": one.words.rstrip("。"), "first": one.from_month, "last": one.to_month, "reach": reach}
    return _("%(what)s(%(kind)s):%(words)s,%(first)s 月到 %(last)s 月。联系:%(reach)s。") % words
