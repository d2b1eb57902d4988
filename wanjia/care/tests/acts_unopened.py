"""How a meal that nobody opened and a roll that nobody called are recorded or explained, and how each refusal is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.workdays.hours import CLOCK

from ..models import Meal, Session
from ..unopened import commands
from . import acts_classes as acts

EVENING, MORNING = MONDAY + timedelta(hours=10), MONDAY + timedelta(hours=24)


def silent_meal(world):
    """He was to eat, and nobody opened the meal."""
    acts.dines(world)
    commands.note_unopened(by=CLOCK, at=EVENING)
    return {"meal_id": Meal.objects.get().pk}


def silent_roll(world):
    """The child was to come, and nobody called the roll."""
    acts.on_roll(world)
    commands.note_unopened(by=CLOCK, at=EVENING)
    return {"session_id": Session.objects.get().pk}


def explained(act, key):
    """Somebody said why already."""
    return lambda w, what: act(**{key: what[key]}, reason="停电,饭已经送到家", **acts.who(w) | {"at": EVENING})


WHY, OTHER = "停电,饭已经送到家", "厨师住院,请了邻村的"
AWAY = {acts.NO_TABLE: Felt(by="caller"), acts.NOT_HERE: Felt(by="stranger")}
NAMED = "原因会留在操作日志里:不写姓名、号码。"
RECORDED = "这一天已经有记录。"
OPENED = {RECORDED: Felt(before=lambda w, what: commands.record_meal(meal_id=what["meal_id"], **acts.who(w) | {"at": EVENING}))}
CALLED = {RECORDED: Felt(before=lambda w, what: commands.record_session(session_id=what["session_id"], **acts.who(w) | {"at": EVENING}))}
ACTS = {
    "care.record_meal": Tried("clerk", silent_meal, {}, may=acts.KEEPS_TABLE, at=MORNING, spoil=AWAY | OPENED),
    "care.explain_meal": Tried("clerk", lambda w: silent_meal(w) | {"reason": WHY}, {"reason": OTHER}, may=acts.KEEPS_TABLE, at=MORNING, spoil={
        **AWAY, **OPENED, NAMED: Felt(what={"reason": "王老五家没有开火"}), "“%(what)s”至少写 %(n)s 个字。": Felt(what={"reason": "忙"}),
    }),
    "care.record_session": Tried("clerk", silent_roll, {}, may=acts.NEAR, at=MORNING, spoil=acts.SHUT | CALLED),
    "care.explain_session": Tried("clerk", lambda w: silent_roll(w) | {"reason": WHY}, {"reason": OTHER}, may=acts.NEAR, at=MORNING, spoil={
        **acts.SHUT, **CALLED, NAMED: Felt(what=lambda w: {"reason": f"{w.register.child.name}家有事"}), "“%(what)s”至少写 %(n)s 个字。": Felt(what={"reason": "忙"}),
    }),
    "care.note_unopened": Tried("clock", lambda w: acts.dines(w) and {}, {}, may="", at=EVENING, spoil={"到点没来由系统按钟点记,不由人代走。": Felt(by="clerk")}),
}  # fmt: skip
