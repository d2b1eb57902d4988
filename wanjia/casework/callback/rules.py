"""Who may call back: never a unit that has a part in the need."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.registry.households.rules import can_reveal_home
from wanjia.verdict import ALLOWED, first_refusal

from ..closing.rules import can_recheck
from ..looking import CONCLUDED
from ..queries import callers_of, recheckers_of
from ..revealing.rules import can_reveal
from ..rules import asked_by_a_child, covers, independent, part_in, rung_at_home, state_refusal, stood_since, wrote
from ..states import NEED, NeedState

LISTENERS = (Duty.CALL_BACK, OrgsDuty.RECHECK_NEEDS)


def can_call_back(actor, need):
    """Decide whether the actor may ask the household (回访). Separation of duties: the one who handled may not verify."""
    first = first_refusal(
        (actor.has_duty(Duty.CALL_BACK), _("您的岗位没有回访权限,请由回访员回访。")),
        (covers(actor, need, duty=Duty.CALL_BACK), _("这件诉求不在您的辖区。")),
        (need.state == NeedState.DONE_REPORTED, state_refusal(need, _("报办结以后才能回访"))),
        (independent(actor, need), _("办理过这件诉求的单位不能自己回访,请由别的单位回访。")),
    )
    return first and first_refusal(
        (_leaves_a_rechecker(actor, need), _("您的单位回访以后,就没有别的上级单位能抽查了,请由别的单位回访。")),
    )


def _leaves_a_rechecker(actor, need):
    """Tell whether, once this actor has called, somebody above could still look again; where no other caller leaves one, nothing is taken away."""
    part, _authors = part_in(need)
    day, mine = today(timezone.now()), stood_since(actor, need)
    above = [units for units in recheckers_of(need.village, need.holder, day, need.recorded_on) if units.isdisjoint(part)]
    if not above or any(units.isdisjoint(mine) for units in above):
        return True
    others = [units for units in callers_of(need.village, day, need.recorded_on) if units.isdisjoint(part)]
    return not any(caller.isdisjoint(units) for caller in others for units in above)


def can_check_withdrawal(actor, need):
    """Decide whether the actor may ask the household if it really takes its need back (核实撤回)."""
    return first_refusal(
        (actor.has_duty(Duty.CALL_BACK), _("您的岗位没有核实撤回的权限,请由回访员核实。")),
        (covers(actor, need, duty=Duty.CALL_BACK), _("这件诉求不在您的辖区。")),
        (NEED.allows("withdraw", need.state), state_refusal(need, _("报办结以后不能再撤回"))),
        (need.withdrawal_asked_at is not None, _("这件诉求没有等着核实的撤回申请。")),
        (independent(actor, need), _("承办过这件诉求的单位不能自己核实撤回,请由别的单位核实。")),
        (need.withdrawal_asked_at is None or not _asked_by(actor, need), _("登记撤回申请的单位不能自己核实,请由别的单位核实。")),
    )


def can_show_phone(actor, need):
    """Decide whether the actor may see the number that he is to call: only for the call that he may make now, and never a child's.

    Who looks again for the tier above asks the household himself: the recheck is the reason, whatever else his post may reveal.
    """
    again = need.state in CONCLUDED
    asking = can_recheck(actor, need) if again else can_check_withdrawal(actor, need) if need.withdrawal_asked_at else can_call_back(actor, need)
    for verdict in (asking, ALLOWED if again else can_reveal(actor, need)):
        if not verdict:
            return verdict
    return first_refusal((not asked_by_a_child(need), _("诉求人是未成年人,不显示孩子的电话。请联系监护人,或者上门当面问。")))


def called_instead(actor, need):
    """Return whose number is called where the need bears none, else None: its home's, or that of the home's head.

    Only of a home that the actor may see, or that he looks at again, and where a grown-up answers.
    """
    if need.household is None:
        return None
    sees = need.state in CONCLUDED or can_reveal_home(actor, need.household)
    return rung_at_home(need) if sees else None


def can_open_words(actor, need):
    """Decide whether the actor may read the household's sealed words (诉求人原话): those who ask households or look again
    after others, and who have no part in the need; whoever handled it is the one the words may be about.
    """
    return first_refusal(
        (actor.has_duty(*LISTENERS), _("您的岗位不能查看诉求人原话,只有回访和抽查的人可以。")),
        (covers(actor, need, duty=LISTENERS), _("这件诉求不在您的辖区。")),
        (independent(actor, need), _("办理过这件诉求的单位不能查看诉求人原话。")),
        # The household's answer may be that it was pressed to take its need back: those who asked for it are whom it speaks of.
        (not _asked_by(actor, need), _("登记撤回申请的单位不能查看诉求人原话,里面可能说的就是这件事。")),
        (has_words(need), _("这件诉求没有记下诉求人原话。")),
    )


def has_words(need):
    """Tell whether any sealed words about the need lie there: of a callback, a withdrawal, a recheck."""
    return need.callbacks.exclude(words="").exists() or need.sayings.exists()


def _asked_by(actor, need):
    """Else a unit that hands the need on could enter the request and confirm it, with nobody else's hand in it."""
    return wrote(actor, need, need.steps.filter(act="ask_withdrawal"))
