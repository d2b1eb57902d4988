"""Who sees a proposal, who changes it by hand, who takes the labourer's answer."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.models import Entry
from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import is_one_person
from wanjia.solving.models import Standing
from wanjia.solving.states import PlanState
from wanjia.verdict import first_refusal

from ..duties import Duty
from ..models import Proposal, WorkSlip
from ..states import ANSWER, Answer
from .plans import KIND


def visible_proposals(actor, *, duty=(Duty.SEE_LABOUR, Duty.MATCH)):
    """Return the proposals to labourers in reach: of every version for whoever works plans, of the one that stands for everybody else."""
    rows = Proposal.objects.filter(scope.in_reach(actor, area="worker__village_id", duty=duty), plan__state=PlanState.READY)
    if not actor.has_duty(Duty.MATCH):
        rows = rows.filter(plan__in=standing_plans())
    return rows.select_related("worker__person", "worker__village", "vacancy__employer", "next_vacancy__employer", "plan")


def standing_plans():
    """Return the keys of the versions that stand, as a query."""
    return Standing.objects.filter(kind=KIND).values("plan")


def stands(proposal):
    """Tell whether the proposal's version stands."""
    return Standing.objects.filter(plan=proposal.plan_id).exists()


def _in_reach(actor, proposal, duty):
    return scope.covers(actor, proposal.worker.village_id, duty=duty)


def ripe(proposal, move, why):
    """Return what must hold of a proposal before its labourer's word is taken, whoever brings it: pairs for first_refusal. why: said when the move is not open."""
    return (
        (proposal.worker.left_on is None, _("此人已退出劳动力名册。要更新的,请先恢复。")),
        (proposal.vacancy_id is not None, _("这一版没有给他推荐岗位。")),
        (stands(proposal), _("这一版方案没有启用,或者已经换了。")),
        (ANSWER.allows(move, proposal.state), why),
    )


def _answering(actor, proposal, move, why):
    return first_refusal((_in_reach(actor, proposal, Duty.KEEP_LABOUR), _("这个人不在您的辖区。")), *ripe(proposal, move, why))


def can_tell(actor, proposal):
    """Decide whether the actor may note that the labourer was told."""
    return _answering(actor, proposal, "tell", _("已经告知过了。"))


def can_accept(actor, proposal):
    """Decide whether the actor may note the labourer's yes."""
    return _answering(actor, proposal, "accept", _("已经记下他愿去,或者已经到岗。"))


def can_decline(actor, proposal):
    """Decide whether the actor may note the labourer's no."""
    return _answering(actor, proposal, "decline", _("已经记下他不去,或者已经到岗。"))


def can_start(actor, proposal):
    """Decide whether the actor may note that he began to work there."""
    return _answering(actor, proposal, "start", _("先记下本人愿去,再记到岗。"))


def said_by_slip(proposal):
    """Tell whether his yes was said through his slip: the journal has it from nobody of the staff."""
    lines = Entry.objects.filter(subject="labour.proposal", subject_id=str(proposal.pk), act="proposal.accept").order_by("-seq")
    return list(lines.values_list("by_id", flat=True)[:1]) == [None]


def may_begin(actor, proposal, at):
    """Decide whether this hand may turn his yes into a placement: not whoever printed the slip through which he said it. A code is known to whoever printed it (ADR 70);
    a no, and the wish that somebody look again, help nobody of the staff, and act at once.
    """
    said_at = proposal.answered_at
    slips = WorkSlip.objects.filter(worker=proposal.worker_id, issued_at__lte=said_at).filter(Q(ended_at=None) | Q(ended_at__gt=said_at)) if said_at else WorkSlip.objects.none()
    printed = said_by_slip(proposal) and any(is_one_person(actor, one, at) for one in slips.values_list("issued_by", flat=True))
    return first_refusal((not printed, _("愿去是凭小条说的,小条是您打印的:请另一个人问过本人以后登记到岗。")))


def can_miss(actor, proposal):
    """Decide whether the actor may note that he did not come."""
    return _answering(actor, proposal, "miss", _("先记下本人愿去。"))


def can_move(actor, proposal):
    """Decide whether the actor may propose something else by hand."""
    return first_refusal(
        (_in_reach(actor, proposal, Duty.MATCH), _("这个人不在您的辖区。")),
        (proposal.state == Answer.PROPOSED, _("已经告知或答复过的,请在重新计算的一版里改。")),
    )


def can_hold(actor, proposal):
    """Decide whether the actor may keep this proposal through later versions, or let it go again."""
    return first_refusal(
        (_in_reach(actor, proposal, Duty.MATCH), _("这个人不在您的辖区。")),
        (proposal.vacancy_id is not None, _("这一版没有给他推荐岗位。")),
    )


def can_review(actor, proposal):
    """Decide whether the actor may answer a labourer who asked that a person looks again."""
    return first_refusal(
        (_in_reach(actor, proposal, (Duty.KEEP_LABOUR, Duty.MATCH)), _("这个人不在您的辖区。")),
        (proposal.asked_at is not None and proposal.reviewed_at is None, _("他没有请人再看,或者已经答复过。")),
    )
