"""Who records afterwards, or explains, a meal that nobody opened or a roll that nobody called; and why not."""

from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.policy import wishes as policy
from wanjia.verdict import first_refusal

from ..canteen import rules as canteen
from ..class_states import MEAL, SESSION
from ..classes import rules as classes
from ..duties import Duty

RECORDED = _("这一天已经有记录。")


def _keeps(actor, meal):
    return (
        (actor.has_duty(Duty.KEEP_CANTEEN), canteen.NO_DUTY),
        (scope.covers(actor, meal.canteen.area_id, duty=Duty.KEEP_CANTEEN), canteen.ELSEWHERE),
    )


def _holds(actor, session):
    return (
        (actor.has_duty(*classes.HOLDS), classes.NO_DUTY),
        (classes.visible_classes(actor).filter(pk=session.care_class_id).exists(), classes.ELSEWHERE),
    )


def can_record_meal(actor, meal):
    """May the actor record afterwards what a meal was that nobody opened; also where somebody explained it already."""
    return first_refusal(*_keeps(actor, meal), (MEAL.allows("open", meal.state), RECORDED))


def can_explain_meal(actor, meal):
    """May the actor say why a meal was not opened: once."""
    return first_refusal(*_keeps(actor, meal), (MEAL.allows("explain", meal.state), RECORDED))


def can_record_session(actor, session):
    """May the actor call a roll afterwards that nobody called."""
    return first_refusal(*_holds(actor, session), (SESSION.allows("open", session.state), RECORDED))


def can_explain_session(actor, session):
    """May the actor say why a roll was not called: once."""
    return first_refusal(*_holds(actor, session), (SESSION.allows("explain", session.state), RECORDED))


def names_nobody(reason, names, day):
    """Decide whether a reason may stand in the journal: why a day was left out needs nobody's name or number."""
    told = {"name", "number"} & set(policy.faults(reason, names, (), day))
    return first_refusal((not told, _("原因会留在操作日志里:不写姓名、号码。")))
