"""Who may call back: never a unit that has a part in the need."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.registry.households.rules import can_reveal_home
from wanjia.registry.memberships import members_on, rung_at
from wanjia.verdict import first_refusal

from ..revealing.rules import can_reveal
from ..rules import asked_by_a_child, covers, independent, state_refusal, stood_at, stood_since
from ..states import NEED, NeedState

LISTENERS = (Duty.CALL_BACK, OrgsDuty.RECHECK_NEEDS)


def can_call_back(actor, need):
    """Decide whether the actor may ask the household (回访). Separation of duties: the one who handled may not verify."""
    return first_refusal(
        (actor.has_duty(Duty.CALL_BACK), _("您的岗位没有回访权限,请由回访员回访。")),
        (covers(actor, need, duty=Duty.CALL_BACK), _("这件诉求不在您的辖区。")),
        (need.state == NeedState.DONE_REPORTED, state_refusal(need, _("报办结以后才能回访"))),
        (independent(actor, need), _("办理过这件诉求的单位不能自己回访,请由别的单位回访。")),
    )


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
    """Decide whether the actor may see the number that he is to call: only for the call that he may make now, and never a child's."""
    asking = can_check_withdrawal(actor, need) if need.withdrawal_asked_at else can_call_back(actor, need)
    for verdict in (asking, can_reveal(actor, need)):
        if not verdict:
            return verdict
    return first_refusal((not asked_by_a_child(need), _("诉求人是未成年人,不显示孩子的电话。请联系监护人,或者上门当面问。")))


def called_instead(actor, need):
    """Return whose number is called where the need bears none, else None: its home's, or that of the home's head.

    Only of a home that the actor may see, and where a grown-up answers.
    """
    home = None if need.requester_phone else need.household
    bearer = rung_at([home]).get(home.pk) if home is not None and can_reveal_home(actor, home) else None
    if bearer is None:
        return None
    there = [row.person for row in members_on(home, today(timezone.now()))]
    return None if there and all(person.is_protected for person in there) else bearer


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
    """Else a unit that hands the need on could enter the request and confirm it, with nobody else's hand in it.

    Whoever stands in two units brings the request of both, whichever of them its line names.
    """
    asked = list(need.steps.filter(act="ask_withdrawal").values_list("by_id", "by_org_id", "recorded_at"))
    units = {org for _by, org, _at in asked} | stood_at({(by, at) for by, _org, at in asked})
    return any(by == actor.pk for by, _org, _at in asked) or not units.isdisjoint(stood_since(actor, need))
