"""Who looks for patterns, and who says that a need is the same matter again."""

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.verdict import first_refusal

from ..ladder.rules import CLOCK
from ..rules import covers, independent
from . import queries

SAYS_AGAIN = (Duty.CALL_BACK, OrgsDuty.RECHECK_NEEDS)


def can_look(actor):
    """Decide whether this actor puts needs on the list of rechecks: the clock alone, by dated rules; nobody chooses whom to look at."""
    return first_refusal((actor is CLOCK, _("抽查名单由系统按规则和抽签列,不由人挑选。")))


def can_say_again(actor, need):
    """Decide whether the actor may say if a need is an earlier one, struck off, that was not settled.

    The word counts against a closing, and a "no" would hide it, as would a "yes" that names another: whoever has a part in any earlier one says neither (may_say).
    """
    first = first_refusal(
        (actor.has_duty(*SAYS_AGAIN), _("您的岗位不能认定是不是上次没解决,请回访员或抽查的人认定。")),
        (covers(actor, need, duty=SAYS_AGAIN), _("这件诉求不在您的辖区。")),
        (need.again == "", _("这件诉求已经认定过了。")),
    )
    return first and first_refusal((queries.earlier_of(need, actor).exists(), _("这一户在这段时间里没有销过号的同类诉求。")))


def may_say(actor, earlier):
    """Decide whether the actor may speak of this earlier need: not whose closing it is."""
    return first_refusal((independent(actor, earlier), _("办理过上次那件诉求的单位不能自己认定,请别的单位认定。")))
