"""Who sets a fare, draws a month up, signs it; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..bus_states import SETTLEMENT
from ..buses.rules import ELSEWHERE, NO_DUTY, visible_operators
from ..duties import Duty
from ..models import Settlement


def visible_settlements(actor, *, duty=Duty.SEE_BUSES):
    """The months of the operators in reach: sums; whose they are stands by initials."""
    return Settlement.objects.filter(operator__in=visible_operators(actor, duty=duty))


def can_settle(actor, operator):
    """May the actor draw an operator's month up: one that has ended or will end is owed its last months too."""
    return first_refusal((actor.has_duty(Duty.KEEP_BUSES), NO_DUTY), (scope.covers(actor, operator.area_id, duty=Duty.KEEP_BUSES), ELSEWHERE))


def can_sign(actor, settlement, at):
    """May the actor sign a month: somebody else than who drew it up."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_BUSES, Duty.SIGN_BUS_MONTH), NO_DUTY),
        (visible_settlements(actor, duty=(Duty.KEEP_BUSES, Duty.SIGN_BUS_MONTH)).filter(pk=settlement.pk).exists(), ELSEWHERE),
        (SETTLEMENT.allows("sign", settlement.state), _("这个月已经签过。")),
        (settlement.drawn_by_id != actor.id, _("谁算的月结,要另一个人核对签字。")), (not is_one_person(actor, settlement.drawn_by_id, at), SAME_PERSON),
    )
