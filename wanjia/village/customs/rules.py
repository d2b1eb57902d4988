"""Who keeps stretches and files feasts, who adopts what was agreed on; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..fee_states import RuleState
from ..models import Feast, FeastCap, Stretch
from ..rules import duty_in

NO_KEEP = _("您的岗位没有登记门前三包、红白喜事的权限。")
NO_ADOPT = _("您的岗位没有启用约定的权限。")
CLOSED = _("这一段已经不再是责任段。")
NOT_A_DRAFT = _("这一版已经启用或者不用,不能再改。要改的另拟一版。")


def visible_stretches(actor, *, duty=Duty.SEE_VILLAGE):
    """The stretches of villages in reach."""
    return Stretch.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_caps(actor, *, duty=Duty.SEE_VILLAGE):
    """What villages in reach agreed on for feasts, all versions."""
    return FeastCap.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def visible_feasts(actor, *, duty=Duty.KEEP_CUSTOMS):
    """The feasts of the villages where the actor files them: who marries and who died is the village's own business."""
    return Feast.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))



def keeps(actor, _row=None):
    """May the actor keep customs at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_CUSTOMS), NO_KEEP))


def _kept(actor, one):
    return duty_in(actor, one.village_id, Duty.KEEP_CUSTOMS, NO_KEEP)


def can_keep(actor, stretch):
    """May the actor hand out, look at, close a stretch: while it is one."""
    return first_refusal(*_kept(actor, stretch), (stretch.closed_on is None, CLOSED))


def can_free(actor, stretch):
    """May the actor take a stretch from its home: where one sees to it."""
    return first_refusal(*_kept(actor, stretch), (stretch.closed_on is None, CLOSED), (stretch.keepers.filter(to_on=None).exists(), _("这一段现在没有责任户。")))


def can_drop(actor, cap):
    """May the actor drop a version: before it is in force."""
    return first_refusal(*_kept(actor, cap), (cap.state == RuleState.DRAFT, NOT_A_DRAFT))


def can_adopt(actor, cap, at):
    """May the actor put a version in force: another hand than drew it up."""
    return first_refusal(
        *duty_in(actor, cap.village_id, Duty.REVIEW_FEES, NO_ADOPT), (cap.state == RuleState.DRAFT, NOT_A_DRAFT),
        (cap.drawn_by_id != actor.id, _("谁拟的谁不能启用,请另一个人核对会议决议后启用。")), (not is_one_person(actor, cap.drawn_by_id, at), SAME_PERSON),
    )  # fmt: skip


def can_call_off(actor, feast):
    """May the actor write down that a feast is not held."""
    return first_refusal(*_kept(actor, feast), (feast.called_off_on is None, _("已经登记不办了。")))
