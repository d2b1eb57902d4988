"""Hand a need over, take it back before it is signed for, sign for it, send it back, name the person."""

from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation, User
from wanjia.verdict import Refused

from ..clocks import end_stop
from ..commands import advance, ask_help, end_help, hand_over, note_step, start_step, stop_step
from ..models.together import LONGEST_TASK
from ..queries import children_of, last_day_to_help, triage_desk, without_children
from ..states import NEED, STILL
from ..subjects import NEEDS
from . import forms, pages, queries, rules


@act(
    NEEDS, "assign", words=_("交办"), done=_("已交办,等待签收(1 个工作日内)。"), duty=Duty.ASSIGN_NEEDS,
    may=rules.can_assign, quicker=rules.handed_out, form=forms.AssignForm, template="casework/assignment/assign.html", more=pages.beside_one, rank=30,
    several=True, lines={"need.assign": _("交办诉求"), "need.help_named": _("交办时请协办")},
)  # fmt: skip
def assign_need(
    need, *, by, at,
    holder: Annotated[Organisation, Asked(_("主办单位"), among=queries.offered, named=queries.living, shown=queries.name_of)],
    due_on: Annotated[date | None, Asked(
        _("办结期限"), _("可以比研判定的期限早,不能晚。"), initial=lambda need, _actor, _day: need.due_on,
        when=lambda need, _actor, day: need.due_on is None or need.due_on >= day,  # a promised day that has passed stays
    )] = None,
    helpers: Annotated[list[Organisation], Asked(_("协办单位"), among=queries.offered, named=queries.living, shown=queries.name_of)] = (),
    leader: Annotated[str, Asked(_("包案领导"), most=40)] = "",
    words: Annotated[str, Asked(_("交办意见"), rows=2, most=300)] = "",
):  # fmt: skip
    """Hand one triaged need to the unit that will settle it (分级交办), with the date its grade gives, or an earlier one.

    Raises Refused when the actor may not, the unit is of another tier or place, or the date is past or too late; Conflict when
    somebody handed it out already.
    """
    day = today(at)
    shown = need.due_on
    end_stop(need, day)
    rules.may_hold(need, holder, day).or_raise()
    rules.can_help(need, helpers).or_raise()
    rules.leaves_others(need, holder, helpers, day).or_raise()
    rules.leaves_a_signer(holder, day).or_raise()
    if due_on in (None, shown) or need.due_on < day:
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
    helpers = [helper for helper in dict.fromkeys(helpers) if helper != holder]
    hand_over(need, holder, by=by, at=at)
    said = _("交给%(unit)s") % {"unit": holder.name} + (f":{words.strip()}" if words.strip() else "")
    advance(need, "assign", by=by, at=at, words=said, helpers=helpers, holder=holder.pk, due_on=due_on)
    _bring_helpers(need, helpers, words, by=by, at=at)
    return need


def _bring_helpers(need, helpers, words, *, by, at):
    """Give each named unit its sub-task by the need's own day, unless it has one that goes along; a unit that leads now helps no more."""
    end_help(need, _("改由它主办"), unit=need.holder, by=by, at=at)
    if not helpers:  # as mostly: nothing more is asked
        return
    busy = set(need.tasks.filter(state__in=STILL).values_list("unit", flat=True))
    latest, said = last_day_to_help(need, today(at)), without_children(words.strip(), children_of(need, today(at)))
    for helper in helpers:
        if helper.pk not in busy:
            what = said[:LONGEST_TASK] or _("配合%(unit)s办理") % {"unit": need.holder.name}
            ask_help(need, helper, words=what, due_on=latest, act="help_named", by=by, at=at)


@act(
    NEEDS, "recall", words=_("收回交办"), done=_("已收回,请重新交办。"), duty=Duty.ASSIGN_NEEDS, may=rules.can_recall, aside=True, tone="danger", rank=35,
    then=pages.anew, lines={"need.recall": _("收回交办")},
)  # fmt: skip
def recall_need(need, *, by, at, reason: Annotated[str, Asked(_("收回原因"), _("可以不写。接办单位在办理过程里看得到。"), rows=2, most=200)] = ""):
    """Take a hand-over back before anybody signed for it (收回交办); the need lies with the unit that gave it, under the same clock.

    The unit that had it keeps its part in it, as one that sent it back does.
    """
    need.handler, need.leader = None, ""
    start_step(need, "reassign", at)
    hand_over(need, assigner_of(need, at), by=by, at=at)
    advance(need, "recall", by=by, at=at, words=reason.strip())
    return need


@act(
    NEEDS, "accept", words=_("签收"), done=_("已签收,请按期办理。"), duty=Duty.ACCEPT_NEEDS, may=rules.can_accept,
    template="casework/assignment/accept.html", rank=40, several=True, lines={"need.accept": _("签收诉求")},
)  # fmt: skip
def accept_need(
    need, *, by, at,
    handler: Annotated[User | None, Asked(
        _("责任人"), among=queries.others, named=queries.named_colleagues, none=_("我本人"), shown=queries.name_of,
    )] = None,
):  # fmt: skip
    """Sign for a need (签收) and name who answers for it: the signer, or another person of the same unit."""
    person = handler or by
    rules.may_answer_for(person, need, today(at)).or_raise()
    need.handler, need.accepted_at = person, at
    stop_step(need)
    advance(need, "accept", by=by, at=at,
            words=_("责任人:%(name)s") % {"name": person.name}, handler=person.pk)  # fmt: skip
    return need


@act(
    NEEDS, "hand_to", words=_("换责任人"), done=_("责任人已更换。"), duty=Duty.ACCEPT_NEEDS, may=rules.can_hand_to, aside=True,
    lines={"need.hand_to": _("派给责任人")},
)  # fmt: skip
def hand_to_person(
    need, *, by, at,
    handler: Annotated[User, Asked(_("新的责任人"), among=queries.others, named=queries.named_colleagues, shown=queries.name_of)],
):  # fmt: skip
    """Name another person of the unit who answers for the need (派给责任人)."""
    rules.may_answer_for(handler, need, today(at)).or_raise()
    need.handler = handler
    name = "hand_to" if NEED.allows("hand_to", need.state) else "hand_on"
    advance(need, name, by=by, at=at, words=_("责任人:%(name)s") % {"name": handler.name}, handler=handler.pk)
    return need


@act(
    NEEDS, "return", words=_("退回"), done=_("已退回交办单位,由其重新交办。"), duty=Duty.ACCEPT_NEEDS,
    may=rules.can_return, aside=True, tone="quiet", lines={"need.return": _("退回诉求")},
)  # fmt: skip
def return_need(
    need, *, by, at,
    reason: Annotated[str, Asked(_("退回理由"), _("应由哪个单位办、为什么。退回后由交办单位重新交办,不会悬空;退回两次的由会商定。"), rows=3, most=300)],
    rule: Annotated[str, Asked(_("依据哪条规定"), _("三定方案、权责清单、文件的名称和条款。"), least=4, most=120)],
):  # fmt: skip
    """Send a need back to whoever assigned it (退回), within a working day, with the rule that says whose duty it is.

    It never falls between two units: the owner changes in the same transaction. After the second return a session decides.
    Sent back to itself by a desk that kept it, it is no return: else one unit alone uses up what others have.
    """
    if len(reason.strip()) < 5:
        raise Refused(_("请写明退回理由:按哪条规定、应由哪个单位办(至少 5 个字)。"))
    giver = assigner_of(need, at)
    need.returns += giver.pk != need.holder_id
    need.handler = None
    start_step(need, "reassign", at)
    hand_over(need, giver, by=by, at=at)
    advance(need, "return", by=by, at=at, words=_("%(reason)s(依据:%(rule)s)") % {"reason": reason.strip(), "rule": rule.strip()})
    return need


@act(
    NEEDS, "contest", words=_("提请会商裁定"), done=_("已提请会商裁定。会商议定以前,仍由本单位主办,期限照算。"), duty=Duty.ACCEPT_NEEDS,
    may=rules.can_contest, aside=True, rank=52, lines={"need.contest": _("提请会商裁定")},
)  # fmt: skip
def contest_need(
    need, *, by, at,
    reason: Annotated[str, Asked(_("为什么不归本单位"), _("应由哪个单位办、为什么。会商议定以前诉求仍在本单位,期限照算;开始办理的,就算不再提请。"), rows=3, least=5, most=300)],
    rule: Annotated[str, Asked(_("依据哪条规定"), _("三定方案、权责清单、文件的名称和条款。"), least=4, most=120)],
):  # fmt: skip
    """Ask a joint session whose need this is (提请会商裁定), once the working day for sending it back has passed, with the rule that says so.

    A late return hands nothing over and moves no date: the unit stays the owner until the session decides.
    """
    need.contested_at = at
    note_step(need, "contest", by=by, at=at, words=_("%(reason)s(依据:%(rule)s)") % {"reason": reason.strip(), "rule": rule.strip()})
    return need


def assigner_of(need, at):
    """Return the unit that gave the need to its present owner; the township's desk when that unit is gone."""
    holding = need.holdings.filter(to_at=None).select_related("assigned_by").first()
    giver = holding.assigned_by if holding else None
    if giver and Organisation.objects.on(today(at)).filter(pk=giver.pk).exists():
        return giver
    return triage_desk(need.village, today(at))
