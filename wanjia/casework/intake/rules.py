"""Who may record a need, for whom."""

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.orgs import scope
from wanjia.orgs.models import Level
from wanjia.registry.states import VisitState
from wanjia.verdict import Refused, first_refusal

from ..promise import promise_of
from ..rules import covers, state_refusal
from ..states import NeedState


def can_record(actor, village):
    """Decide whether the actor may record a need of somebody in `village`."""
    return first_refusal(
        (actor.has_duty(Duty.RECORD_NEEDS), _("您的岗位没有登记诉求的权限。")),
        (village is not None and village.level in (Level.VILLAGE, Level.GROUP), _("请选择到村(社区)。")),
        (village is not None and scope.covers(actor, village.code, duty=Duty.RECORD_NEEDS), _("这个村(社区)不在您的辖区,请转告当地乡镇登记。")),
    )


def can_take_findings(actor, visit):
    """Decide whether the actor may put what was voiced in this visit on the ledger: whoever went, or the place's own clerk."""
    mine = can_record(actor, visit.household.village)
    return mine if not mine else first_refusal(
        (visit.state == VisitState.DONE, _("走访记录完成以后才能登记到台账。")),
    )


def can_correct(actor, need):
    """Decide whether the actor may put right what a need says: whoever wrote it down, until the desk has judged it by these words."""
    return first_refusal(
        (actor.has_duty(Duty.RECORD_NEEDS), _("您的岗位没有登记诉求的权限。")),
        (covers(actor, need, duty=Duty.RECORD_NEEDS), _("这件诉求不在您的辖区。")),
        (need.recorded_by_id == actor.pk, _("登记的内容由登记的人更正。发现写错了,请告诉登记的人。")),
        (need.state == NeedState.REGISTERED, state_refusal(need, _("受理判定以前才能更正登记的内容"))),
    )


class SameNeed(Refused):
    """The home has an open need of this kind already (`needs`): one must look and say whether it is another."""

    status = 409
    title = _("可能是同一件诉求")

    def __init__(self, needs, day):
        self.needs = needs
        one, promise = needs[0], promise_of(needs[0], day)
        super().__init__(
            _("这一户已有同类诉求:%(number)s“%(summary)s”(%(state)s,%(promise)s)。是同一件的,不用再登记;确实是另一件的,请说明“这是另一件”再提交。")
            % {"number": one.number, "summary": one.summary, "state": one.get_state_display(), "promise": promise.sentence if promise else "—"}
        )


def be_another(same, another, day):
    """Raise SameNeed while an open need of the home may be the one that is written. same: needs; another: somebody looked."""
    found = [] if another else list(same)
    if found:
        raise SameNeed(found, day)
