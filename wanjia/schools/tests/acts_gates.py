"""How the acts of the day at the gates are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..models import GateDuty, Guard
from .acts_roster import replaced
from .acts_year import of_another_school, stands
from .gate_factories import DAY, duty

NO_DUTY, ELSEWHERE = "您的岗位没有登记护学到岗的权限。", "这所学校的护学岗不由您登记。"
SOON = MONDAY + timedelta(hours=8, minutes=30)  # half past five in the afternoon: pupils leave


def marking(world, **facts):
    """A teacher's duty of this afternoon."""
    return {"gate_duty_id": duty(world, day=DAY, going=True).pk, "came": True} | facts


def his_own(world, what):
    """The account is the guard's own."""
    Guard.objects.filter(pk=GateDuty.objects.get(pk=what["gate_duty_id"]).guard_id).update(user=world.headmaster)


SEEN = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by=of_another_school)}

ACTS = {
    "schools.mark_duty": Tried("headmaster", marking, {"came": False}, at=SOON, may="gate_officer", spoil={
        **SEEN, "这一版排班已经不用了。": Felt(before=replaced), "这一岗没有排到人。": Felt(before=lambda w, what: GateDuty.objects.filter(pk=what["gate_duty_id"]).update(guard=None)),
        "自己的到岗由带班的人登记。": Felt(before=his_own), "还没到这一岗的时间。": Felt(at=MONDAY), "到岗当天或者第二天登记。": Felt(at=SOON + timedelta(days=3)),
    }),
    "schools.report_trouble": Tried("headmaster", lambda w: stands(w, kind="traffic", hour="07:40", words="门前堵车", done="疏导二十分钟"), {"words": "货车占道"}, may="gate_officer", spoil={
        **SEEN, "几点要写成 07:30 这样。": Felt(what={"hour": "早上"}),
    }),
    "schools.record_talk": Tried("headmaster", lambda w: stands(w, topic="戴头盔、系安全带", heard=60), {"heard": 61}, may="gate_officer", spoil=SEEN),
}  # fmt: skip
