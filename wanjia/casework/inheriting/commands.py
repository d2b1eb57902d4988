"""Hand needs, parts and sessions over, within the act that ends a post or a unit. State and dates stay as they are: a stop that was granted to one holder ends."""

from django.utils.translation import gettext as _

from wanjia.casework.duties import Duty
from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.orgs.handing.queries import able

from ..clocks import leave
from ..commands import end_help, hand_on_holding, helping, note_step, take_all
from ..models import Seat, Session, SubTask, Support
from ..states import OPEN, STILL, SessionState
from . import rules


def take_needs(takers, leaving, *, why, by, at):
    """Hand open needs over: to a colleague (relieve), or to another unit with the person who answers for it there (take_over)."""
    for need, moment in take_all(takers, at):
        if need.state not in OPEN or need.holder_id != leaving.unit.pk:
            continue  # over, or elsewhere, since it was counted
        taker = takers[need.pk]
        if taker.unit.pk == need.holder_id:
            _relieve(need, taker, leaving, why=why, by=by, at=moment)
        else:
            _take_over(need, taker, leaving, why=why, by=by, at=moment)


def _relieve(need, taker, leaving, *, why, by, at):
    person = able(taker, leaving.day, Duty.HANDLE_NEEDS)
    rules.can_answer(need, person).or_raise()
    leave(need, "relieve", today(at))
    need.handler = person
    note_step(need, "relieve", by=by, at=at, words=_("%(why)s,由%(name)s接手,期限不变") % {"why": why, "name": person.name}, handler=person.pk)


def _take_over(need, taker, leaving, *, why, by, at):
    unit, day = taker.unit, today(at)
    rules.can_own(need, unit, leaving.day).or_raise()
    leave(need, "take_over", day)
    if need.handler_id:
        need.handler = able(taker, leaving.day, Duty.HANDLE_NEEDS)
    need.tier, need.leader = need.tier and unit.tier, ""
    hand_on_holding(need, unit, at=at)
    act = "take_desk" if need.state in rules.DESK else "take_over"  # a desk that has yet to hand it out has no result to defend
    note_step(need, act, by=by, at=at, words=_("%(why)s,由%(unit)s接着办,期限不变") % {"why": why, "unit": unit.name}, holder=unit.pk)
    end_help(need, _("改由它主办"), unit=unit, by=by, at=at)


def take_tasks(takers, leaving, *, why, by, at):
    """Hand parts of needs over to another unit, by the same day, in the same state; where that one leads the need, the part is called off."""
    wanted = dict(SubTask.objects.filter(pk__in=takers).values_list("pk", "need"))
    needs = {need.pk: (need, moment) for need, moment in take_all(set(wanted.values()), at)}
    for task in SubTask.objects.select_for_update(of=("self",)).select_related("unit").filter(pk__in=takers).order_by("pk"):
        if task.state not in STILL or task.unit_id != leaving.unit.pk:
            continue
        task.need, moment = needs[task.need_id]
        unit = takers[task.pk].unit
        rules.can_help(task, unit, leaving.day).or_raise()
        if unit.pk == task.need.holder_id:
            end_help(task.need, _("改由它主办"), unit=task.unit, by=by, at=moment)
            continue
        Support.objects.get_or_create(need=task.need, organisation=unit, defaults={"asked_at": moment})
        task.unit, task.version, task.agreed_at = unit, task.version + 1, None  # the yes was another unit's: the taker says its own
        task.agree_from_on = today(moment) if task.agreed_id else None  # and has its own days to say it
        SubTask.objects.filter(pk=task.pk).update(unit=unit, version=task.version, agreed_at=None, agree_from_on=task.agree_from_on)
        said = _("%(why)s,协办由%(unit)s接着办,日期不变") % {"why": why, "unit": unit.name}
        note_step(task.need, "help_take_over", by=by, at=moment, words=said, beside=helping(task))


def take_sessions(takers, leaving, *, why, by, at):
    """Hand unsigned sessions over: the desk and who called them; the unit's seat goes to the unit that takes it."""
    for session in Session.objects.select_for_update(of=("self",)).select_related("called_by", "called_org").filter(pk__in=takers).order_by("pk"):
        taker, told = takers[session.pk], {}
        if session.called_org_id == leaving.unit.pk:
            rules.can_hold(session, taker, leaving.day).or_raise()
            person = able(taker, leaving.day, Duty.HOLD_SESSIONS)
            if session.chair == session.called_by.name:
                session.chair = person.name
            session.called_by, session.called_org = person, taker.unit
            session.save(update_fields=["called_by", "called_org", "chair"])
            told |= {"called_by": person.pk, "desk": taker.unit.pk, "said": session.said}
        if leaving.person is None and session.state == SessionState.CALLED:
            seat = Seat.objects.filter(session=session, organisation=leaving.unit, noted_at=None)
            taken = Seat.objects.filter(session=session, organisation=taker.unit).exists()
            told["seat"] = bool(seat) and not taken and bool(seat.update(organisation=taker.unit))
        journal.record(act="session.take_over", subject=session, by=by, at=at, area_code=session.area_id, reason=why, **told)
