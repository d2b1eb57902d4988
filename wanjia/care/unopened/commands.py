"""The clock notes a meal that nobody opened and a roll that nobody called; somebody records afterwards what was, or says why."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command

from ..canteen import pages as table
from ..canteen import queries as canteens
from ..canteen.commands import open_noted as open_meal
from ..canteen.rules import due_at, is_clock
from ..canteen.subjects import MEALS
from ..class_states import MEAL, SESSION, Eaten, MealState, SessionState
from ..classes import pages as roll
from ..classes import queries as classes
from ..classes.commands import open_noted as open_session
from ..classes.rules import HOLDS, overdue_from
from ..classes.subjects import SESSIONS
from ..duties import Duty
from ..locking import hold
from ..looking import looked_to
from ..models import Canteen, CareClass, Meal, Presence, Serving, Session
from . import rules

ROUND = 200  # canteens and classes a round: others wait for the database meanwhile
TABLE = {"duty": Duty.KEEP_CANTEEN}
REASON = Asked(_("原因"), _("例如:停电,已经一户一户送了饭。不写姓名、号码。"), least=4, most=60)


@act(MEALS, "meal_record", at="record", words=_("补记这一餐"), done=_("名单是那一天的。谁吃了、送到了,一位一位补记;没来的打电话。"), **TABLE, may=rules.can_record_meal, rank=10, then=table.to_meal,
     lines={"meal.open": _("食堂开饭")})  # fmt: skip
def record_meal(meal, *, by, at):
    """Record afterwards a meal that nobody opened (补记): its diners of that day stand as missed until somebody says what they did."""
    return open_meal(meal, by=by, at=at)


@act(MEALS, "meal_explain", at="explain", words=_("说明为什么没有开饭"), done=_("已记下。应就餐、没来吃的人次照样统计。"), **TABLE, may=rules.can_explain_meal, rank=20, lines={"meal.explain": _("说明食堂为什么没有开饭")})
def explain_meal(meal, *, by, at, reason: Annotated[str, REASON]):
    """Say why nobody opened a meal: no alarm from now on; in every figure its diners stay missed and not called."""
    rules.names_nobody(reason, set(meal.servings.values_list("diner__person__name", flat=True)), today(at)).or_raise()
    journal.move(meal, MEAL, "explain", by=by, at=at, area_code=meal.canteen.area_id, reason=reason.strip())
    return meal


@act(SESSIONS, "session_record", at="record", words=_("补点名"), done=_("名单是那一天的。一个一个补记;没到的问清在哪里。"), duty=HOLDS, may=rules.can_record_session, rank=10, then=roll.to_roll,
     lines={"session.open": _("开始点名")})  # fmt: skip
def record_session(session, *, by, at):
    """Call a roll afterwards that nobody called (补点名). Whoever opens it is about to read names: a line a child."""
    return open_session(session, by=by, at=at)


@act(SESSIONS, "session_explain", at="explain", words=_("说明为什么没有点名"), done=_("已记下。应开的课、应到的人次照样统计。"), duty=HOLDS, may=rules.can_explain_session, rank=20, then=roll.to_classes,
     lines={"session.explain": _("说明课堂为什么没有点名")})  # fmt: skip
def explain_session(session, *, by, at, reason: Annotated[str, REASON]):
    """Say why nobody called a roll: no alarm from now on; in every figure it stays a class that was due and not held."""
    rules.names_nobody(reason, set(session.roll.values_list("child__name", flat=True)), today(at)).or_raise()
    journal.move(session, SESSION, "explain", by=by, at=at, area_code=session.care_class.area_id, reason=reason.strip())
    return session


@command("care.note_unopened")
def note_unopened(*, by, at):
    """The clock's look: each meal whose hour went by unopened and each roll that nobody called is a row of its day. Returns (meals, sessions, whether more wait)."""
    is_clock(by).or_raise()
    here, there = (list(one.to_look_at(at).order_by("pk").values_list("pk", flat=True)[: ROUND + 1]) for one in (canteens, classes))
    meals = sum(_note_meals(pk, by=by, at=at) for pk in here[:ROUND])
    sessions = sum(_note_sessions(pk, by=by, at=at) for pk in there[:ROUND])
    return meals, sessions, max(len(here), len(there)) > ROUND


def _note_meals(pk, *, by, at):
    hold(Canteen, pk=pk)  # whoever opens the meal holds it too
    one = Canteen.objects.get(pk=pk)
    days = [day for _canteen, day in canteens.silent([one], at)]
    for day in days:
        meal = Meal.objects.create(canteen=one, day=day, state=MealState.SILENT, price=one.price, share=one.share)
        diners = list(canteens.was_to_eat(one, day).values_list("pk", flat=True))
        Serving.objects.bulk_create([Serving(meal=meal, diner_id=diner, state=Eaten.MISSED, missed_at=due_at(one, day)) for diner in diners])
        journal.record(act="meal.silent", subject=meal, by=by, at=at, area_code=one.area_id, n=len(diners))
    Canteen.objects.filter(pk=pk).update(looked_on=looked_to(at, due_at(one, today(at))))
    return len(days)


def _note_sessions(pk, *, by, at):
    hold(CareClass, pk=pk)
    one = CareClass.objects.get(pk=pk)
    days = [day for _class, day in classes.silent([one], at)]
    for day in days:
        session = Session.objects.create(care_class=one, day=day, state=SessionState.UNCALLED)
        children = list(classes.was_to_come(one, day).values_list("child", flat=True))
        Presence.objects.bulk_create([Presence(session=session, child_id=child) for child in children])
        journal.record(act="session.silent", subject=session, by=by, at=at, area_code=one.area_id, n=len(children))
    CareClass.objects.filter(pk=pk).update(looked_on=looked_to(at, overdue_from(one.starts, today(at))))
    return len(days)
