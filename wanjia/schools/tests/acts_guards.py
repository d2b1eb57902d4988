"""How the acts of guards are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import Felt, Tried

from ..guarding import commands as guarding
from ..models import Busy, Consent, Guard
from .acts_year import DAY, of_another_school, who
from .factories import of_education, school
from .gate_factories import guard

NO_DUTY, ELSEWHERE, GONE, ENDED = "您的岗位没有登记护学人员的权限。", "这个人不由您登记。", "这个人已经退出护学。", "这一条已经停用。"
NEAR = "schools_officer gate_officer"  # a school's own posts reach their own school alone
BACKWARDS = "结束要在开始以后。"


def entering(world):
    """What is said of a guard who comes anew."""
    return {"name": "岳老师", "party": "teacher", "unit": of_education(world), "school": school(world), "from_on": DAY, "weekdays": [1, 2, 3, 4, 5]}


def knows(world, party="teacher", **facts):
    """The guard is there."""
    return {"guard_id": guard(world, "魏老师" if party == "teacher" else "苗家长", party).pk} | facts


def busy(world):
    """His lessons are told."""
    guarding.set_busy(**knows(world, weekdays=[3], starts="07:20", ends="08:00", from_on=DAY), **who(world, "headmaster"))
    return {"busy_id": Busy.objects.get().pk}


def left(_world, _what):
    """He is gone."""
    Guard.objects.update(to_on=DAY, end_reason="调走")


SEEN = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by=of_another_school)}
STANDS = {**SEEN, GONE: Felt(before=left)}

ACTS = {
    "schools.enter_guard": Tried("headmaster", entering, {"name": "岑老师"}, may=NEAR, spoil={
        NO_DUTY: Felt(by="handler"), ELSEWHERE: Felt(what=lambda w: {"unit": w.civil}), "至少选一个星期几。": Felt(what={"weekdays": []}),
        "保安、教师、家长要填所在学校。": Felt(what={"school": None}),
    }),
    "schools.change_guard": Tried("headmaster", lambda w: knows(w, weekdays=[1, 2, 3], phone="13887000021"), {"weekdays": [1, 2]}, may=NEAR, spoil={**STANDS, "至少选一个星期几。": Felt(what={"weekdays": []})}),
    "schools.leave_guard": Tried("headmaster", lambda w: knows(w, reason="调走了"), {"reason": "退休了"}, may=NEAR, spoil=STANDS),
    "schools.qualify_guard": Tried("headmaster", lambda w: knows(w, kind="trained", from_on=DAY, until_on=date(2027, 9, 1)), {"kind": "first_aid"}, may=NEAR, spoil={
        **STANDS, BACKWARDS: Felt(what={"until_on": DAY}),
    }),
    "schools.consent_guard": Tried("headmaster", lambda w: knows(w, "parent", way="paper", from_on=DAY, to_on=date(2027, 1, 16)), {"way": "phone"}, may=NEAR, spoil={
        **STANDS, BACKWARDS: Felt(what={"to_on": DAY}), "只有家长志愿者要登记本人同意。": Felt(what=lambda w: knows(w)),
    }),
    "schools.withdraw_consent": Tried("headmaster", lambda w: {"consent_id": guard(w, "苗家长", "parent").consents.get().pk}, wrong={}, other={"consent_id": "00000000-0000-0000-0000-000000000000"}, may=NEAR, spoil={
        **SEEN, ENDED: Felt(before=lambda w, what: Consent.objects.update(to_on=DAY)),
    }),
    "schools.set_busy": Tried("headmaster", lambda w: knows(w, weekdays=[3], starts="07:20", ends="08:00", from_on=DAY), {"ends": "08:10"}, may=NEAR, spoil={
        **STANDS, BACKWARDS: Felt(what={"ends": "07:00"}), "至少选一个星期几。": Felt(what={"weekdays": []}), "几点要写成 07:30 这样。": Felt(what={"starts": "早上"}),
    }),
    "schools.end_busy": Tried("headmaster", busy, {"busy_id": "00000000-0000-0000-0000-000000000000"}, may=NEAR, spoil={
        **SEEN, ENDED: Felt(before=lambda w, what: Busy.objects.update(to_on=DAY + timedelta(days=1))),
    }),
}  # fmt: skip
