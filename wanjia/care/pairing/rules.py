"""Who sees pairs and proposals, who may draw, change, hand over, end; and why not."""

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.solving.models import Standing
from wanjia.solving.states import PlanState
from wanjia.verdict import first_refusal

from ..children.queries import eligible, names_a_child
from ..children.rules import records_of, visible_children
from ..duties import Duty
from ..helpers.rules import may_be_near_children
from ..models import Entitled, Pair, PairProposal
from .kin import asked_of, kin_of
from .serving import serves

COUNTY = 6  # digits of a county's code
LEAST = 5  # signs of a reason, whoever brings it: by hand or on a sheet
DRAWS = (Duty.DRAW_PAIRS, Duty.ACTIVATE_PAIRS)
SEES = (Duty.SEE_CARE, *DRAWS)
NO_DUTY = _("您的岗位没有结对的权限。")
ELSEWHERE = _("这个孩子不在您的辖区。")
ENDED = _("这个结对已经终止。")
NOT_SERVING = _("这位帮扶人的单位没有挂联孩子所在的村。")
FIRST_ALONE = _("先一对一:这个孩子或者%(name)s已经帮的孩子应当有专人。先看看别人;确实要一起帮的,写明为什么。")


def visible_pairs(actor, *, duty=SEES, day=None):
    """The pairs of children whom the actor sees in care on `day` (a page's own; today's for a call); a helper's own among them."""
    asked = duty if isinstance(duty, tuple) else (duty,)
    found = Pair.objects.none()
    for one in asked:
        found |= Pair.objects.filter(child__in=visible_children(actor, day or today(timezone.now()), duty=one))
    return found


def visible_entitled(actor, *, duty=SEES):
    """The children of the actor's area who are to have somebody."""
    return Entitled.objects.filter(scope.in_reach(actor, area="child__village_id", duty=duty))


def visible_proposals(actor, *, duty=DRAWS):
    """What versions propose for children in reach, for whoever works on plans."""
    return PairProposal.objects.filter(scope.in_reach(actor, area="child__village_id", duty=duty), plan__state=PlanState.READY)


def can_draw(actor, _row=None):
    """May the actor have pairs proposed; for which area, the act judges."""
    return first_refusal((actor.has_duty(Duty.DRAW_PAIRS), NO_DUTY))


def _drawing(actor, code):
    return (actor.has_duty(Duty.DRAW_PAIRS), NO_DUTY), (scope.covers(actor, code, duty=Duty.DRAW_PAIRS), ELSEWHERE)


def can_move(actor, proposal):
    """May the actor propose somebody else by hand, before the version stands."""
    stands = Standing.objects.filter(plan=proposal.plan_id).exists()
    return first_refusal(*_drawing(actor, proposal.child.village_id or ""), (not stands, _("这一版已经启用。要换人的,在结对里换。")))


def _changing(actor, pair):
    return (*_drawing(actor, pair.child.village_id or ""), (pair.to_on is None, ENDED))


def can_hand(actor, pair):
    """May the actor give the child to another helper."""
    return first_refusal(*_changing(actor, pair))


def can_end(actor, pair):
    """May the actor end a pair without another: the child is grown, gone, or said no."""
    return first_refusal(*_changing(actor, pair))


def can_hold(actor, pair):
    """May the actor keep this pair from every plan, or let it go again."""
    return first_refusal(*_changing(actor, pair))


def can_pair(actor, entitled):
    """May the actor pair a child by hand: one who is to have somebody, and has nobody."""
    return first_refusal(
        *_drawing(actor, entitled.child.village_id or ""), (entitled.to_on is None, _("这个孩子现在不用结对。")),
        (not Pair.objects.filter(child=entitled.child_id, to_on=None).exists(), _("这个孩子已经有人结对。")),
    )


def can_list(actor, child):
    """May the actor bring in that a child is paired already, by a roster on paper."""
    return first_refusal(*_drawing(actor, child.village_id or ""))


def may_take(helper, child, day):
    """Decide whether a helper may take a child on now: near children at all, of a unit that serves the child's village, a place left, no kin, nobody whom
    the child or its guardian asked to be rid of.
    """
    near = may_be_near_children(helper, day)
    held = Pair.objects.filter(helper=helper, to_on=None).count()
    return first_refusal(
        (near, near.reason), (serves(helper, child, day), NOT_SERVING),
        (held < helper.capacity, _("%(name)s 已经帮了 %(n)s 个孩子,不能再加。") % {"name": helper.name, "n": held}),
        (not kin_of(helper, child, day), _("是孩子的亲属,不能结对。")),
        (not asked_of(helper, child), _("孩子或者监护人要求换过他,不能再结对。")),
    )


def may_share(helper, child, reason, day, *, parts=None):
    """Decide whether a helper may take a child on beside others where one of these is to have somebody alone: with a reason, which names no child. A plan does it
    only where nobody else is left (ADR 130); by hand it is a person's word. parts: whether it is so, where that is known already.
    """
    named = bool(reason) and names_a_child(reason, child.village_id[:COUNTY], day)
    return first_refusal(
        (not named, _("为什么一起帮,不写孩子姓名。")),
        (len(reason.strip()) >= LEAST or not (parts_alone(helper, child, day) if parts is None else parts), FIRST_ALONE % {"name": helper.name}),
    )


def parts_alone(helper, child, day, more=()):
    """Tell whether the child or one of the helper's others is to have somebody alone, and would not. more: keys of children whom she is given besides."""
    others = {*Pair.objects.filter(helper=helper, to_on=None).values_list("child", flat=True), *more} - {child.pk}
    return bool(others) and any(one.alone for one in eligible(Person.objects.filter(Q(pk__in=others) | Q(pk=child.pk)), day))


def free_since(child):
    """Return the first day on which nobody of the child's earlier helpers was with it any more, or None where there was none."""
    return Pair.objects.filter(child__in=records_of(child.pk)).aggregate(last=Max("to_on"))["last"]


def may_begin_on(child, day):
    """Decide whether a paper may say that a pair began on `day`: not while somebody else was with the child, or a past day would count it twice."""
    last = free_since(child)
    return first_refusal((last is None or day >= last, _("这个孩子到 %(day)s 才和上一位帮扶人终止,结对日期不能早于那一天。") % {"day": last}))


def is_clock(by):
    """Decide whether the clock does it: who is to have somebody is looked at every day, by nobody's hand."""
    return first_refusal((by is CLOCK, _("哪些孩子应当结对由系统每天按规则看,不由人代走。")))
