"""Who sees what villagers bring, who answers it; how often an address may send or try; and why not."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.policy import proposing as policy
from wanjia.policy.spelling import plain
from wanjia.verdict import first_refusal

from ..bodies.rules import NO_DUTY, OUT_OF_REACH, mine
from ..bodies.tries import Tries
from ..bylaw_states import ProposalState
from ..duties import Duty
from ..models import Proposal

ANSWERED = _("这一件已经答复。")
TOO_OFTEN = _("这个网络一小时里提得太多,请过一会儿再提,或者写张纸条交给村里。")
FULL = _("今天提的太多,请写张纸条交给村里,一样答复。")
_tries = Tries()
note_try = _tries.note


def visible_proposals(actor, *, duty=Duty.SEE_VILLAGE):
    """The proposals of villages in reach."""
    return Proposal.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor write down what villagers bring; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_MEETINGS), NO_DUTY))


def reads(actor, proposal):
    """Tell whether the actor may read what was said, and the name: who answers it."""
    return any(scope.covers(actor, proposal.village_id, duty=duty) for duty in (Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS))


def may_send(village_id, index, at):
    """Decide whether one more may come from an address, and to a village, this hour and this day."""
    edition, rows = policy.in_force(today(at)), Proposal.objects.filter(village=village_id)
    here = Proposal.objects.filter(address_index=index, told_at__gt=at - timedelta(hours=1)).count()
    return first_refusal((here < edition.per_hour, TOO_OFTEN), (rows.filter(told_at__gt=at - timedelta(days=1), told_by=None).count() < edition.per_day, FULL))


def can_take_up(actor, proposal):
    """May the actor put a proposal to a body."""
    return first_refusal(*mine(actor, proposal.village_id), (proposal.state == ProposalState.WAITING, ANSWERED))


def can_decline(actor, proposal, at):
    """May the actor say why a proposal is not put to a body: the village, or the township's hand; what is asked for again, another person than before."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), NO_DUTY), (reads(actor, proposal), OUT_OF_REACH), (proposal.state == ProposalState.WAITING, ANSWERED),
        (not proposal.again or proposal.answered_by_id != actor.id, _("要求重新考虑的,请另一个人答复:本村另一个人,或者乡镇。")),
        (not proposal.again or not is_one_person(actor, proposal.answered_by_id, at), SAME_PERSON),
    )  # fmt: skip


def names_nobody(proposal, *texts):
    """Decide whether words that everybody reads leave out who brought it: the name is sealed, however it is spaced."""
    name = plain(proposal.name)
    return first_refusal((len(name) < 2 or not any(name in plain(text) for text in texts), _("写的话里有提出人的姓名。公开栏上看得到,改了再写。")))


def may_ask_again(proposal, day):
    """Decide whether its bringer may ask to think again: once, soon after the answer."""
    days = policy.in_force(day).again_days
    return first_refusal(
        (proposal.state == ProposalState.DECLINED, _("还没有答复,或者已经提交会议。")), (not proposal.again, _("已经重新考虑过一次。")),
        (proposal.answered_on is None or (day - proposal.answered_on).days <= days, _("答复过了 %(n)s 天,请另提一件。") % {"n": days}),
    )  # fmt: skip


def may_try(address, day):
    """Decide whether this address may try another slip: after many wrong ones it waits. Kept in memory alone."""
    return first_refusal((_tries.count(address) < policy.in_force(day).wrong_per_hour, _("错的次数太多,请一小时后再试,或者到村里问。")))


def keeps_here(actor, area_id):
    """Tell whether the actor keeps the meetings of a village."""
    return bool(scope.covers(actor, area_id, duty=Duty.KEEP_MEETINGS))
