"""How the acts of operations on the road and of patrols are done rightly, and how each of their refusals is met."""

from datetime import time, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..models import NoticeReceipt, Patrol, PatrolForce, PatrolPlan, RoadOperation, SafetyNotice
from ..road_states import PatrolState, RoadState
from . import notice_factories as notices
from . import road_factories as made
from .acts_inspections import NO_AREA, abroad_unit, elsewhere
from .inspection_factories import fire, fireman, lead, officer, police
from .road_factories import DAY, operation, patrol, plan, receipt, traffic

NO_COUNTS, OUT, NOT_OURS = "您的岗位没有登记道路行动的权限。", "这个地方不在您的范围。", "这次行动由组织单位填数。"
NOT_PLANNED, NUMBERS, CLOCK = "这次行动已经填数,或者不办。", "这里只记数:不写车牌、电话、身份证号。", "几点要写成 07:30 这样。"
NO_PLANNING, NO_WALKING, NOT_LEAD, NOT_WALKING, TOLD = "您的岗位没有安排巡查的权限。", "您的岗位没有巡查的权限。", "这次巡查由组织单位安排。", "这次巡查没有您的单位参加。", "这次巡查已经登记过了。"
NOT_SET_OUT = "还没到这次巡查出发的时间。"
EARLY, LATE, NAMELESS = "巡查那天还没到。", "巡查过了 %(n)s 天才来登记,只能写明没巡查的原因。", "写事不写人:不写车牌、电话、身份证号。"
SAME = "这个范围这条路线、这一天这个时间已经有巡查:在那一次里加参加单位。"
NONE = dict.fromkeys(("operation", "carriage", "fatigue", "bare", "other", "passed_on"), 0)
PLATE, ID = "在云C12345车上", "电话13887001234"
BOTH = "bureau_worker bureau_head"


def entering(world, **facts):
    """An operation of today is entered."""
    return {"area": world.datong, "place": "大同街口", "unit": world.office, "sort": "night_check", "day": DAY, "starts": "22:00", "ends": "01:00", "traffic": 4, "special": 2} | facts


def waits(world, **facts):
    """It waits for its counts."""
    return {"road_operation_id": operation(world).pk} | facts


def told(world):
    """Its counts were told: another count of all kinds."""
    return {"road_operation_id": operation(world, RoadState.HELD).pk, "stopped": 42, "overload": 2, "drink": 1, "educated": 5, "punished": 2, "reason": "漏记两辆"} | NONE


def off(world, what):
    """It was called off."""
    RoadOperation.objects.filter(pk=what["road_operation_id"]).update(state=RoadState.CALLED_OFF, closing="暴雨取消")


def tomorrow(model):
    """Its day is tomorrow."""
    return lambda world, what: model.objects.update(day=DAY + timedelta(days=1))


def this_evening(world, what):
    """It sets out at half past seven."""
    Patrol.objects.update(from_at=time(19, 30), to_at=time(21))


def planning(world, **facts):
    """Evenings of a week after the notice over KTVs."""
    return {
        "area": world.county, "unit": lead(world), "name": "期末晚间巡查", "route": "江边广场一圈", "from_on": DAY, "until_on": DAY + timedelta(days=3), "weekdays": [1, 2, 3], "starts": "08:00", "ends": "09:30",
        "people": 2, "notice": notices.notice(world), "other": police(world), "other_people": 2,
    } | facts  # fmt: skip


def one_more(world, **facts):
    """One evening."""
    what = planning(world, day=DAY)
    return {name: value for name, value in what.items() if name not in ("name", "from_on", "until_on", "weekdays")} | facts


def of_plan(world, **facts):
    """A plan with a patrol."""
    patrol(world)
    return {"patrol_plan_id": plan(world).pk} | facts


def of_patrol(world, **facts):
    """Tonight's patrol."""
    return {"patrol_id": patrol(world).pk} | facts


def finding(world, **facts):
    """A KTV is loud where the notice was served."""
    return of_patrol(world, receipt=receipt(world, served=True), step="advise", words="还在放音响", licensed=2) | facts


def was_told(world, _what):
    """It was walked meanwhile."""
    made.walked(world)


def was_missed(world, _what):
    """It is written why it was not walked."""
    Patrol.objects.update(state=PatrolState.MISSED, told_at=MONDAY, reason="暴雨取消")


def stands_already(world, what):
    """Another unit planned the same."""
    patrol(world, route=what["route"], area=what["area"])


def found(world, what):
    """Something was found on it."""
    from ..models import PatrolFinding

    PatrolFinding.objects.create(patrol_id=what["patrol_id"], step=notices.step(world))


def joined(world, what):
    """It joined already."""
    PatrolForce.objects.create(patrol_id=what["patrol_id"], unit=what["other"], people=1)


COUNTS = {NO_COUNTS: Felt(by="caller"), NOT_OURS: Felt(by=traffic)}
SHARED = {
    NO_PLANNING: Felt(by="caller"), NO_AREA: Felt(what=elsewhere), "只能以您所在的单位安排。": Felt(what=lambda w: {"unit": fire(w)}), NAMELESS: Felt(what={"route": PLATE}), CLOCK: Felt(what={"starts": "晚上"}),
    "几点结束不能和几点出发一样。": Felt(what={"ends": "08:00"}), "这份通告、倡议没有签发,或者已经解除。": Felt(what=lambda w: {"notice": _lifted(w)}),
    "巡查的范围要在通告、倡议的范围里。": Felt(what=lambda w: {"notice": _of(w, area=w.xisha)}),
    "通告、倡议从 %(first)s 到 %(last)s 有效,巡查要在这些天里。": Felt(what=lambda w: {"notice": _of(w, from_on=DAY + timedelta(days=1))}),
    "这份通告、倡议不在您的范围。": Felt(what=lambda w: {"notice": _of(w, area=elsewhere(w)["area"], issuer=abroad_unit(w)["unit"], serial=9)}),
    "一起巡查的单位和组织单位是同一个。": Felt(what=lambda w: {"other": lead(w)}), "写明一起巡查的单位派几人。": Felt(what={"other_people": 0}),
    "一起巡查的单位要在本县。": Felt(what=lambda w: {"other": abroad_unit(w)["unit"]}), SAME: Felt(before=stands_already),
}  # fmt: skip


def _of(world, **facts):
    """Another notice, issued."""
    first = notices.notice(world)
    kept = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields if not field.primary_key}
    one = SafetyNotice.objects.create(**kept | {"serial": None, "state": "notice_draft", "year": None, "issued_at": None})
    SafetyNotice.objects.filter(pk=one.pk).update(**{"state": "notice_issued", "year": DAY.year, "serial": 8, "issued_at": MONDAY} | facts)
    return SafetyNotice.objects.select_related("area").get(pk=one.pk)


def _lifted(world):
    """One that was lifted, as whoever chose it saw it a moment before."""
    one = _of(world)
    one.state = "notice_lifted"
    return one


WALKS = {NO_WALKING: Felt(by="caller"), NOT_WALKING: Felt(by=fireman), TOLD: Felt(before=was_told)}
LATER = Felt(at=MONDAY + timedelta(days=4))

ACTS = {
    "schools.plan_operation": Tried("gates", entering, {"place": "客运站路口"}, may="gate_officer", spoil={
        NO_COUNTS: Felt(by="caller"), OUT: Felt(what=elsewhere), "只能以您所在的单位登记。": Felt(what=lambda w: {"unit": fire(w)}), NUMBERS: Felt(what={"place": PLATE}), CLOCK: Felt(what={"ends": "半夜"}),
        "日期在一个月以内补登,或者在以后 60 天以内。": Felt(what={"day": DAY + timedelta(days=61)}), "几点结束不能和几点开始一样。": Felt(what={"ends": "22:00"}), "至少有一方力量参加。": Felt(what={"traffic": 0, "special": 0}),
        "这一天这个时间在这个路段已经登记了行动:一起办的算一次,力量写在那一次里。": Felt(before=lambda w, what: operation(w, place=what["place"], from_at="22:00", to_at="23:00")),
    }),
    "schools.report_counts": Tried("gates", lambda w: waits(w, stopped=30, overload=1, drink=0, educated=0, punished=1, **NONE), {"stopped": 31}, may="gate_officer", spoil={
        **COUNTS, NOT_PLANNED: Felt(before=off), "行动那天还没到,到了再填。": Felt(before=tomorrow(RoadOperation)), "没有检查车辆,就不会有违法、教育和处罚。": Felt(what={"stopped": 0}),
        "处罚、立案移交的起数(%(n)s)不会多于查到的违法(%(all)s)。": Felt(what={"punished": 2}),
    }),
    "schools.correct_counts": Tried("gates", told, {"stopped": 43}, may="gate_officer", spoil={
        **COUNTS, "还没有填数,没有要更正的。": Felt(what=lambda w: {"road_operation_id": operation(w, place="客运站路口").pk}), NUMBERS: Felt(what={"reason": ID}), "更正以后的数和原来一样。": Felt(what={"stopped": 40}),
        "没有检查车辆,就不会有违法、教育和处罚。": Felt(what={"stopped": 0}), "处罚、立案移交的起数(%(n)s)不会多于查到的违法(%(all)s)。": Felt(what={"punished": 9}),
    }),
    "schools.call_off_operation": Tried("gates", lambda w: waits(w, reason="暴雨,路面积水"), {"reason": "并入全县行动"}, may="gate_officer", spoil={**COUNTS, NOT_PLANNED: Felt(before=off), NUMBERS: Felt(what={"reason": ID})}),
    "schools.plan_patrols": Tried("handler", planning, {"name": "中考晚间巡查"}, may=BOTH, spoil={
        **SHARED, "从今天或者以后起,到哪天止不能早于从哪天起。": Felt(what={"from_on": DAY - timedelta(days=1)}), "一次最多安排 %(n)s 天。": Felt(what={"until_on": DAY + timedelta(days=90), "notice": None}),
        "至少选一个星期几。": Felt(what={"weekdays": []}), "这些天里没有选中的星期几。": Felt(what={"weekdays": [7]}),
    }),
    "schools.end_patrol_plan": Tried("handler", lambda w: of_plan(w, day=DAY, reason="考试提前结束"), {"reason": "改由乡镇巡查"}, may=BOTH, spoil={
        NO_PLANNING: Felt(by="caller"), NOT_LEAD: Felt(by=officer), "这个安排已经停了。": Felt(before=lambda w, what: PatrolPlan.objects.update(ended_on=DAY, end_reason="考完了")),
        "只能从今天或者以后停。": Felt(what={"day": DAY - timedelta(days=1)}), NAMELESS: Felt(what={"reason": ID}),
    }),
    "schools.plan_patrol": Tried("handler", one_more, {"route": "网吧一条街"}, may=BOTH, spoil={**SHARED, "日期从今天起,最多 %(n)s 天以后。": Felt(what={"day": DAY - timedelta(days=1)})}),
    "schools.join_patrol": Tried("handler", lambda w: of_patrol(w, other=fire(w), other_people=2), {"other_people": 3}, may=BOTH, spoil={
        NO_PLANNING: Felt(by="caller"), NOT_LEAD: Felt(by=officer), TOLD: Felt(before=was_told), "一起巡查的单位要在本县。": Felt(what=lambda w: {"other": abroad_unit(w)["unit"]}), "这个单位已经参加。": Felt(before=joined),
    }),
    "schools.walk_patrol": Tried("handler", lambda w: of_patrol(w, people=4, places=3), {"places": 4}, may=BOTH, spoil={**WALKS, EARLY: Felt(before=tomorrow(Patrol)), NOT_SET_OUT: Felt(before=this_evening), LATE: LATER, NAMELESS: Felt(what={"seen": ID})}),
    "schools.miss_patrol": Tried("handler", lambda w: of_patrol(w, reason="暴雨,道路中断"), {"reason": "警力抽调到别处"}, may=BOTH, spoil={
        **WALKS, NAMELESS: Felt(what={"reason": ID}), "这次巡查登记过处置,就是走过了,请登记已巡查。": Felt(before=found),
    }),
    "schools.find_on_patrol": Tried("handler", finding, {"words": "关了又开"}, may=BOTH, spoil={
        NO_WALKING: Felt(by="caller"), NOT_WALKING: Felt(by=fireman), TOLD: Felt(before=was_missed), "这次巡查没有对应的通告、倡议,不登记处置。": Felt(before=lambda w, what: Patrol.objects.update(notice=None)),
        EARLY: Felt(before=tomorrow(Patrol)), NOT_SET_OUT: Felt(before=this_evening), LATE: LATER, NAMELESS: Felt(what={"words": PLATE}),
        "这一处不在这次巡查的名单上,或者还没有送达。": Felt(before=lambda w, what: NoticeReceipt.objects.update(served_on=None, way="", signed="", told_at=None)),
    }),
}  # fmt: skip
