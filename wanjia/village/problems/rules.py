"""Who writes a problem down, links it to an item, notes what was felt of the remedy, closes it; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.second_person.hands import SAME_PERSON, is_one_person
from wanjia.verdict import first_refusal

from ..agenda.queries import line_of
from ..bodies.rules import NO_DUTY, OUT_OF_REACH, mine
from ..bylaw_states import LIVE, ProblemState
from ..duties import Duty
from ..models import BylawVersion, Problem
from ..states import DECIDED, ItemState


def visible_problems(actor, *, duty=Duty.SEE_VILLAGE):
    """The problems of villages in reach."""
    return Problem.objects.filter(scope.in_reach(actor, area="village_id", duty=duty))


def keeps(actor, _row=None):
    """May the actor write problems down at all; in which village, the act judges."""
    return first_refusal((actor.has_duty(Duty.KEEP_MEETINGS), NO_DUTY))


def can_put(actor, problem):
    """May the actor link a problem to the item by which it is talked about."""
    return first_refusal(*mine(actor, problem.village_id), (problem.state == ProblemState.OPEN, _("这个问题已经提交会议。")))


def outcome(problem):
    """Return (the last item of a problem's way, the version of a rule that came of it): None each where there is none."""
    items = line_of(problem.item) if problem.item_id else []
    version = BylawVersion.objects.filter(item__in=items).select_related("bylaw").first() if items else None
    return (items[-1] if items else None), version


def is_remedied(problem):
    """Tell whether something was done about a problem: its decision was carried out, or a rule that came of it is in force."""
    item, version = outcome(problem)
    return (item is not None and item.state in DECIDED and item.done_on is not None) or (version is not None and version.state in LIVE)


def is_stuck(problem):
    """Tell whether a problem waits for an item that comes to nothing as it stands: withdrawn, turned down, put off, or never taken by a meeting; and nothing was done about it by another way."""
    item, _version = outcome(problem)
    return problem.state == ProblemState.PUT and item is not None and item.state not in (*DECIDED, ItemState.ON_AGENDA) and not is_remedied(problem)


def _stuck(problem):
    return (problem.state == ProblemState.PUT, _("没有提交会议,或者已经有效果。")), (is_stuck(problem), _("议题已经列入议程或者通过,按会上定的办。"))


def can_relink(actor, problem):
    """May the actor put a problem to another item: where the one it waits for comes to nothing."""
    return first_refusal(*mine(actor, problem.village_id), *_stuck(problem))


def _by_either(actor, problem):
    reach = any(scope.covers(actor, problem.village_id, duty=duty) for duty in (Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS))
    return (actor.has_duty(Duty.KEEP_MEETINGS, Duty.FILE_DECISIONS), NO_DUTY), (reach, OUT_OF_REACH)


def can_drop(actor, problem, at):
    """May the actor end a problem of which no meeting makes anything: another hand than wrote it down, put it to the item or once noted its effect."""
    hands = {problem.raised_by_id, problem.put_by_id, problem.effect_by_id} - {None}
    return first_refusal(
        *_by_either(actor, problem), *_stuck(problem), (actor.id not in hands, _("您登记、提交的问题,请另一个人写明原因办结。")), (not any(is_one_person(actor, hand, at) for hand in hands), SAME_PERSON),
    )  # fmt: skip


def can_feel(actor, problem):
    """May the actor note what was felt of the remedy: once there was one."""
    return first_refusal(
        *mine(actor, problem.village_id), (problem.state == ProblemState.PUT, _("还没有提交会议,或者已经登记效果。")),
        (is_remedied(problem), _("会上定的还没有落实,制度还没有施行,先办。")),
    )  # fmt: skip


def can_close(actor, problem, at):
    """May the actor look whether what was noted holds, and close: another hand, of the village or of the township."""
    return first_refusal(
        *_by_either(actor, problem), (problem.state == ProblemState.FELT, _("没有等核实的效果。")),
        (problem.effect_by_id != actor.id, _("登记效果的人不能自己核实,请另一个人核实。")), (not is_one_person(actor, problem.effect_by_id, at), SAME_PERSON),
    )  # fmt: skip
