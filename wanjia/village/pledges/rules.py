"""Who writes down pledges, who looks whether they were kept; and why not. Nothing here puts one member before another."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..branch.rules import NO_KEEP, is_member, kept
from ..branch_states import PledgeState
from ..duties import Duty
from ..models import PartyMember, Pledge

NOT_OPEN = _("这一件已经报完成,或者已经了结。")
NOT_TOLD = _("这一件还没有报完成,或者已经了结。")


def visible_pledges(actor, *, duty=Duty.SEE_BRANCH):
    """The pledges of members of branches in reach."""
    return Pledge.objects.filter(scope.in_reach(actor, area="member__body__area_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor write down pledges at all; whose, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_BRANCH), NO_KEEP))


def members_for(_row, actor, day):
    """The members whose pledges the actor keeps."""
    return PartyMember.objects.on(day).filter(scope.in_reach(actor, area="body__area_id", duty=Duty.KEEP_BRANCH)).select_related("person").order_by("person__pinyin", "pk")


def can_follow(actor, pledge):
    """May the actor write down that a pledge is done, or that it will not be."""
    return first_refusal(*kept(actor, pledge.member.body), (pledge.state == PledgeState.OPEN, NOT_OPEN))


def can_confirm(actor, pledge, at):
    """May the actor look whether it was kept: another hand than told so, and than whose it is."""
    return first_refusal(
        *kept(actor, pledge.member.body), (pledge.state == PledgeState.TOLD, NOT_TOLD), (pledge.told_by_id != actor.id, _("自己报的完成自己不能核实,请另一个人去看。")),
        (not is_one_person(actor, pledge.told_by_id, at), SAME_PERSON), (not is_member(actor, pledge.member), _("自己的承诺自己不能核实,请另一个人去看。")),
    )  # fmt: skip
