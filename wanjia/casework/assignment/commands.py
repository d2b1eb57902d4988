"""Hand a need over, sign for it, send it back, name the person."""

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.models import Organisation
from wanjia.verdict import Refused

from ..commands import advance, hand_over, start_step, stop_step, take
from ..models import Support
from ..queries import triage_desk
from ..states import NEED
from . import rules


@command("casework.assign_need")
def assign_need(*, need_id, holder, by, at, due_on=None, helpers=(), leader="", words=""):
    """Hand one triaged need to the unit that will settle it (分级交办), with the date its grade gives, or an earlier one.

    Raises Refused when the actor may not, the unit is of another tier or place, or the date is past or too late; Conflict when
    somebody handed it out already.
    """
    need, at = take(need_id, at)
    day = today(at)
    if quicker := rules.handed_out(by, need, day):
        raise quicker
    rules.can_assign(by, need, holder, day).or_raise()
    rules.can_help(need, helpers).or_raise()
    rules.leaves_others(need, holder, helpers, day).or_raise()
    rules.leaves_a_signer(holder, day).or_raise()
    if due_on is None or need.due_on < day:
        due_on = need.due_on  # a promised day that has passed stays the promise: handing over moves no clock
    elif due_on < day:
        raise Refused(_("办结期限不能早于今天。"))
    elif due_on > need.due_on:
        raise Refused(_("办结期限最迟是 %(due)s(按研判等级),要延长请办结前另行申请延期。") % {"due": need.due_on})
    if due_on != need.due_on:
        need.due_on, need.due_days = due_on, None  # a day chosen by hand: no calendar moves it
    need.leader, need.handler = leader.strip(), None
    need.tier, need.assigned_at, need.accepted_at = holder.tier, at, None
    start_step(need, "accept", at)
    helpers = set(helpers) - {holder}
    for helper in helpers:
        Support.objects.get_or_create(need=need, organisation=helper, defaults={"asked_at": at})
    hand_over(need, holder, by=by, at=at)
    said = _("交给%(unit)s") % {"unit": holder.name} + (f":{words.strip()}" if words.strip() else "")
    advance(need, "assign", by=by, at=at, words=said, helpers=helpers, holder=holder.pk, due_on=due_on)
    return need


@command("casework.accept_need")
def accept_need(*, need_id, by, at, handler=None):
    """Sign for a need (签收) and name who answers for it: the signer, or another person of the same unit."""
    need, at = take(need_id, at)
    rules.can_accept(by, need).or_raise()
    person = handler or by
    rules.may_answer_for(person, need).or_raise()
    need.handler, need.accepted_at = person, at
    stop_step(need)
    advance(need, "accept", by=by, at=at,
            words=_("责任人:%(name)s") % {"name": person.name}, handler=person.pk)  # fmt: skip
    return need


@command("casework.hand_to_person")
def hand_to_person(*, need_id, handler, by, at, words=""):
    """Name another person of the unit who answers for the need (派给责任人)."""
    need, at = take(need_id, at)
    rules.can_hand_to(by, need, handler).or_raise()
    need.handler = handler
    name = "hand_to" if NEED.allows("hand_to", need.state) else "hand_on"
    advance(need, name, by=by, at=at, words=_("责任人:%(name)s") % {"name": handler.name}, handler=handler.pk)
    return need


@command("casework.return_need")
def return_need(*, need_id, reason, by, at):
    """Send a need back to whoever assigned it (退回), with the rule that says whose duty it is.

    It never falls between two units: the owner changes in the same transaction.
    """
    need, at = take(need_id, at)
    rules.can_return(by, need).or_raise()
    if len(reason.strip()) < 5:
        raise Refused(_("请写明退回理由:按哪条规定、应由哪个单位办(至少 5 个字)。"))
    need.returns += 1
    need.handler = None
    start_step(need, "reassign", at)
    hand_over(need, assigner_of(need, at), by=by, at=at)
    advance(need, "return", by=by, at=at, words=reason)
    return need


def assigner_of(need, at):
    """Return the unit that gave the need to its present owner; the township's desk when that unit is gone."""
    holding = need.holdings.filter(to_at=None).select_related("assigned_by").first()
    giver = holding.assigned_by if holding else None
    if giver and Organisation.objects.on(today(at)).filter(pk=giver.pk).exists():
        return giver
    return triage_desk(need.village, today(at))
