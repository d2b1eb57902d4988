"""What is asked of duties: which have a holder, what waits for the branch's word, who is in charge of a lane."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from wanjia.reporting.posted import Posted

from ..branch_states import HoldingState
from ..duties import Duty
from ..models import BranchDuty, DutyHolding
from . import rules

MOST = 60  # duties that one public page shows


def listed(rows):
    """Give duties what their list shows."""
    held = DutyHolding.objects.filter(duty=OuterRef("pk"), state=HoldingState.HELD)
    return rows.select_related("body__area").annotate(held=Exists(held))


def to_decide(actor):
    """The claims that wait for the branch's word, through another hand than wrote them."""
    return rules.visible_holdings(actor, duty=Duty.KEEP_BRANCH).filter(state=HoldingState.CLAIMED).exclude(claimed_by_id=actor.id)


def in_charge(village_id, words, day):
    """Return [(duty, name of its holder by consent or "", whether somebody holds it)] of a village that has these words in it, for anybody: nothing else of the branch."""
    rows = BranchDuty.objects.filter(body__area_id=village_id, from_on__lte=day).filter(Q(to_on=None) | Q(to_on__gt=day)).order_by("name", "area_words", "pk")
    for word in words.split():
        rows = rows.filter(Q(area_words__icontains=word) | Q(name__icontains=word) | Q(does__icontains=word))
    found = list(rows[: MOST + 1])
    held = {one.duty_id: one for one in rules.posted(day).filter(duty__in=found)}
    return [(one, held[one.pk].member.person.shown_name if one.pk in held and held[one.pk].named else "", one.pk in held) for one in found]


def on_board(village, day, limit, group_name):
    """The duties that the branch gave somebody, newest first; a name only by consent."""
    rows = rules.posted(day).filter(duty__body__area=village, duty__to_on=None).order_by("-from_on", "pk")[:limit]
    said = {"named": _("%(duty)s(%(where)s):%(who)s"), "kept": _("%(duty)s(%(where)s):已有人负责")}
    return [Posted(said["named" if one.named else "kept"] % {"duty": one.duty.name, "where": one.duty.area_words, "who": one.member.person.shown_name}, one.from_on) for one in rows]
