"""Who may keep an employer, bring evidence, confirm it, write down a complaint and judge it. Whoever does the first does not do the second."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..demand_states import COMPLAINT, PROOF
from ..duties import Duty
from ..models import Complaint, Employer, Proof

READS = (Duty.SEE_LABOUR, Duty.KEEP_EMPLOYERS, Duty.CONFIRM_EMPLOYERS, Duty.KEEP_AGREEMENTS)
HEARS = (Duty.KEEP_LABOUR, Duty.KEEP_EMPLOYERS)
NO_KEEPING = _("您的岗位没有登记用工单位的权限。")
NO_CONFIRMING = _("您的岗位没有核实佐证、查明投诉的权限。")
ELSEWHERE = _("这家单位不由您的单位登记。")


def visible_employers(actor, *, duty=READS):
    """Return the employers that the actor sees: who takes workers is no secret among those who serve labourers; others see those of their area."""
    rows = Employer.objects.select_related("area")
    return rows if actor.has_duty(*READS) else rows.filter(scope.in_reach(actor, duty=duty))


def kept_here(actor, *, duty):
    """Return the employers that the actor's own offices keep."""
    return Employer.objects.filter(scope.in_reach(actor, duty=duty))


def visible_proofs(actor, *, duty=READS):
    """Return the evidence about the employers that the actor sees."""
    return Proof.objects.filter(employer__in=visible_employers(actor, duty=duty)).select_related("employer__area", "entered_by", "decided_by")


def visible_complaints(actor, *, duty=Duty.CONFIRM_EMPLOYERS):
    """Return the complaints that the actor is to judge: about employers that the own office keeps. What was said is read by nobody else."""
    kept = scope.in_reach(actor, area="employer__area_id", duty=Duty.CONFIRM_EMPLOYERS)
    return Complaint.objects.filter(kept).select_related("employer__area", "recorded_by", "judged_by", "person")


def can_add(actor):
    """Decide whether the actor may enter employers."""
    return first_refusal((actor.has_duty(Duty.KEEP_EMPLOYERS), NO_KEEPING))


def can_keep(actor, employer):
    """Decide whether the actor may change this employer's facts or bring evidence."""
    return first_refusal(
        (actor.has_duty(Duty.KEEP_EMPLOYERS), NO_KEEPING),
        (scope.covers(actor, employer.area_id, duty=Duty.KEEP_EMPLOYERS), ELSEWHERE),
    )


def can_confirm(actor, proof, at):
    """Decide whether the actor may confirm evidence: somebody else than who entered it."""
    return first_refusal(
        (actor.has_duty(Duty.CONFIRM_EMPLOYERS), NO_CONFIRMING),
        (scope.covers(actor, proof.employer.area_id, duty=Duty.CONFIRM_EMPLOYERS), ELSEWHERE),
        (PROOF.allows("confirm", proof.state), _("这份佐证已经核实过了。")),
        (actor.id != proof.entered_by_id, _("自己录入的佐证,请另一个人核实。")),
        (not is_one_person(actor, proof.entered_by_id, at), SAME_PERSON),
    )


def can_refuse(actor, proof):
    """Decide whether the actor may say that evidence does not hold, before or after it was confirmed."""
    return first_refusal(
        (actor.has_duty(Duty.CONFIRM_EMPLOYERS), NO_CONFIRMING),
        (scope.covers(actor, proof.employer.area_id, duty=Duty.CONFIRM_EMPLOYERS), ELSEWHERE),
        (PROOF.allows("refuse", proof.state), _("这份佐证已经不采信了。")),
        (actor.id != proof.entered_by_id, _("自己录入的佐证,请另一个人核实。")),
    )


def can_complain(actor, employer):
    """Decide whether the actor may write down what somebody complains of: whoever serves labourers, wherever the employer is."""
    return first_refusal((actor.has_duty(*HEARS), _("您的岗位没有记录投诉的权限。")))


def can_judge(actor, complaint, at):
    """Decide whether the actor may say whether a complaint is justified: somebody else than who wrote it down."""
    return first_refusal(
        (actor.has_duty(Duty.CONFIRM_EMPLOYERS), NO_CONFIRMING),
        (scope.covers(actor, complaint.employer.area_id, duty=Duty.CONFIRM_EMPLOYERS), ELSEWHERE),
        (COMPLAINT.allows("uphold", complaint.state), _("这件投诉已经查明了。")),
        (actor.id != complaint.recorded_by_id, _("自己记下的投诉,请另一个人查明。")),
        (not is_one_person(actor, complaint.recorded_by_id, at), SAME_PERSON),
    )
