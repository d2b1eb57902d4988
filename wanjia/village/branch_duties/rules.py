"""Who opens duties, who decides on a claim of one; and why not. What anybody may read of them: the duty, its lane, a name only by consent."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..branch.rules import NO_KEEP, is_member, kept
from ..branch_states import HoldingState
from ..duties import Duty
from ..models import BranchDuty, DutyHolding, PartyMember

ENDED = _("这个岗位已经撤销。")
TAKEN = _("这个岗位已经有人在岗,先登记他卸任。")


def visible_duties(actor, *, duty=Duty.SEE_BRANCH):
    """The duties of branches in reach."""
    return BranchDuty.objects.filter(scope.in_reach(actor, area="body__area_id", duty=duty))


def visible_holdings(actor, *, duty=Duty.SEE_BRANCH):
    """The claims of these."""
    return DutyHolding.objects.filter(scope.in_reach(actor, area="duty__body__area_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor open duties at all; of which branch, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_BRANCH), NO_KEEP))


def can_claim(actor, duty):
    """May the actor write down a claim of a duty: while it stands."""
    return first_refusal(*kept(actor, duty.body), (duty.to_on is None, ENDED))


def can_end(actor, duty):
    """May the actor end a duty: nobody holds or claims it any more."""
    open_ones = duty.holdings.filter(state__in=(HoldingState.CLAIMED, HoldingState.HELD)).exists()
    return first_refusal(*kept(actor, duty.body), (duty.to_on is None, ENDED), (not open_ones, _("还有人认领或者在岗,先办完。")))


def members_for(duty, _actor, day):
    """The members of a duty's branch who could claim it."""
    return PartyMember.objects.on(day).filter(body=duty.body).select_related("person").order_by("person__pinyin", "pk") if duty else PartyMember.objects.none()


def members_of(duty, _actor, _day):
    """All who ever were: a call that is sent again names the one it named."""
    return PartyMember.objects.filter(body=duty.body).select_related("person") if duty else PartyMember.objects.none()


def can_decide(actor, holding, at):
    """May the actor write down what the branch decided on a claim: another hand than wrote the claim, and than whose it is."""
    return first_refusal(
        *kept(actor, holding.duty.body), (holding.state == HoldingState.CLAIMED, _("支部已经定过。")), (holding.claimed_by_id != actor.id, _("自己登记的认领自己不能定,请另一个人登记支部的意见。")),
        (not is_one_person(actor, holding.claimed_by_id, at), SAME_PERSON), (not is_member(actor, holding.member), _("自己认领的自己不能定,请另一个人登记支部的意见。")),
    )  # fmt: skip


def can_end_holding(actor, holding):
    """May the actor write down that somebody gave a duty up."""
    return first_refusal(*kept(actor, holding.duty.body), (holding.state == HoldingState.HELD, _("这个人不在岗。")))


def can_hide(actor, holding):
    """May the actor take a name off the public page: one that stands there, or will."""
    return first_refusal(*kept(actor, holding.duty.body), (holding.named and holding.state in (HoldingState.CLAIMED, HoldingState.HELD), _("这个姓名没有公开。")))


def posted(day):
    """The claims that the branch decided and that stand on a day: what the public page tells. Nobody's who left the branch or died, whether or not that the duty is over was written down."""
    left, died = (Q(**{f"{path}__lte": day}) for path in ("member__to_on", "member__person__died_on"))
    rows = DutyHolding.objects.filter(state=HoldingState.HELD, from_on__lte=day, until_on__gte=day)
    return rows.exclude(left).exclude(died).select_related("duty", "member__person")
