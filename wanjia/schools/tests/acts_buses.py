"""How the acts of the buses are done rightly, and how each of their refusals is met: operators, vehicles, crews, lines, riders, a morning."""

from datetime import date, time, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Line, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.models import Person
from wanjia.registry.tests.factories import unit, worker

from ..buses import commands as buses
from ..models import (
    Attendant,
    Bus,
    BusDriver,
    BusLine,
    BusSeat,
    BusStop,
    BusTrip,
    Operator,
    Receiver,
    Ride,
    Rider,
    School,
)
from ..riders import commands as riders
from ..riding import commands as riding
from .factories import bell, of_education, school, term

DAY = MONDAY.date()
START = date(2026, 9, 1)
LATER = DAY + timedelta(days=1)
PAST = DAY - timedelta(days=1)
NEAR = "schools_officer"  # a school's own posts reach their own school alone, an attendant her own trips: test_riders, test_riding say so
CALLED, EARLY = "这一天已经开始点名:收车以后再改,或者从以后的日子起。", "还没到这一趟的日子。"
STOPS = "07:05 大岩子 18:10 28.2288,103.6378\n07:15 河边"


def who(world, name="schools"):
    """Somebody afresh, so that posts are read anew."""
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY}


def of_an_operator(world):
    """What is said of an operator."""
    return {"area": world.county, "name": "永善客运公司", "contact": "龙经理", "phone": "08704120001", "from_on": START, "letter_on": date(2026, 8, 20)}


def operator(world):
    """Who runs the buses."""
    return Operator.objects.filter(name="永善客运公司").first() or buses.enter_operator(**of_an_operator(world), **who(world))


def runs(world, **facts):
    """The operator stands."""
    return {"operator_id": operator(world).pk} | facts


def bus(world):
    """A school bus of 19 seats for primary pupils, with all its papers."""
    found = Bus.objects.first()
    if found is None:
        found = Bus.objects.create(
            operator=operator(world), label="3号车", plate="云C12345", kind="school_bus", seats=19, made_for="primary", equipment="extinguisher first_aid hammer recorder",
            inspected_on=date(2026, 9, 1), insured_until=date(2027, 8, 31), permit_until=date(2027, 8, 31), from_on=START,
        )  # fmt: skip
    return found


def driver(world):
    """A driver with all his papers."""
    facts = {"name": "罗师傅", "phone": "13887000031", "born_on": date(1980, 3, 1), "licensed_on": date(2010, 1, 1), "reviewed_on": date(2026, 8, 1), "from_on": START}
    return BusDriver.objects.get_or_create(operator=operator(world), name="罗师傅", defaults=facts)[0]


def attendant(world):
    """The attendant of the small world, her records queried."""
    return Attendant.objects.get_or_create(user=world.attendant, defaults={"operator": operator(world), "checked_on": date(2026, 8, 15), "from_on": START})[0]


def line(world):
    """A line of two stops, filed, with its crew."""
    found = BusLine.objects.first()
    if found is None:
        found = BusLine.objects.create(bus=bus(world), name="大岩子—中心校", school=school(world), driver=driver(world), attendant=attendant(world), filed_on=date(2026, 8, 25), from_on=START)
        BusStop.objects.create(line=found, turn=1, name="大岩子", at=time(7, 5), back_at=time(18, 10))
        BusStop.objects.create(line=found, turn=2, name="河边", at=time(7, 15), back_at=time(18))
    return found


def draft(world):
    """The same, not yet filed."""
    one = line(world)
    BusLine.objects.filter(pk=one.pk).update(filed_on=None)
    return {"bus_line_id": one.pk}


def at_school(world):
    """The Wang child goes to this school."""
    Person.objects.filter(pk=world.register.child.pk).update(school_name=of_education(world).name, grade="四年级")
    return {"school_id": school(world).pk, "name": world.register.child.name, "asked_by": "王建国", "from_on": START}


def rider(world):
    """And rides."""
    at_school(world)
    facts = {"school": school(world), "area": world.datong, "asked_by": "王建国", "recorded_at": MONDAY, "from_on": START}
    return Rider.objects.get_or_create(child=world.register.child, defaults=facts)[0]


def seated(world):
    """From the first stop."""
    return BusSeat.objects.get_or_create(rider=rider(world), to_on=None, defaults={"stop": line(world).stops.get(turn=1), "from_on": START})[0]


def seating(world):
    """The child is to have a seat."""
    return {"rider_id": rider(world).pk, "stop": line(world).stops.get(turn=1)}


def listing(world):
    """An uncle is to be listed."""
    return {"rider_id": rider(world).pk, "name": "王建军", "relation": "叔叔", "phone": "13887000009", "said_by": "王建国 11 月 2 日当面说的"}


def listed(world):
    """He waits for the second person."""
    riders.list_receiver(**listing(world), **who(world))
    return {"receiver_id": Receiver.objects.get().pk}


def receiver(world):
    """He may receive the child."""
    found = Receiver.objects.first()
    if found is None:
        riders.confirm_receiver(**listed(world), said="给王建国打的电话", **who(world, "headmaster"))
    return Receiver.objects.get()


def runs_today(world, way="to_school"):
    """Everything is ready for the morning."""
    term(world)
    if not school(world).bells.exists():
        bell(world)
    seated(world)
    return {"bus_line_id": line(world).pk, "way": way}


def opened(world, way="to_school"):
    """The roll is open."""
    return {"bus_trip_id": riding.open_trip(**runs_today(world, way), **who(world, "attendant")).pk}


def on_roll(world, way="to_school"):
    """The child of the roll."""
    return {"ride_id": Ride.objects.get(trip=opened(world, way)["bus_trip_id"]).pk}


def aboard(world, way="to_school"):
    """The child is aboard."""
    what = on_roll(world, way)
    riding.mark_ride(**what, result="ride_aboard", **who(world, "attendant"))
    return what


def going_home(world):
    """On the way home, to be handed to the uncle."""
    may = receiver(world)
    return aboard(world, "home") | {"receiver": may}


def at_gate(world):
    """The bus stands at school with one child."""
    return {"bus_trip_id": Ride.objects.get(pk=aboard(world)["ride_id"]).trip_id, "counted": 1}


def empty(world):
    """All were let off."""
    riding.unload_trip(**at_gate(world), **who(world, "attendant"))
    return {"bus_trip_id": BusTrip.objects.get().pk, "looked": True}


def on(model, **values):
    """Put facts on rows straight away."""
    return lambda _world, _what: model.objects.update(**values)


def beside(world, times=(time(7, 10), time(18, 5)), **facts):
    """A second line of the same vehicle and crew to the same school, with one stop at the same hour."""
    one = line(world)
    facts = {"bus": one.bus, "name": "第二条", "school": one.school, "driver": one.driver, "attendant": one.attendant, "filed_on": START, "from_on": START} | facts
    found = BusLine.objects.create(**facts)
    BusStop.objects.create(line=found, turn=1, name="桥头", at=times[0], back_at=times[1])
    return found


def on_another_line(world, what):
    """The vehicle and its crew are on another roll of the same hour."""
    riding.open_trip(bus_line_id=beside(world).pk, way=what["way"], **who(world))


def of_a_neighbour(world):
    """A post of another school."""
    return worker("linxiao2", "林邻校", unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION), Role.SCHOOL_WORKER)


def far_officer(_world):
    """The schools officer of another county."""
    from wanjia.registry.tests.factories import area

    return worker("ludian", "鲁甸专员", unit("鲁甸县教育体育局", Tier.COUNTY, area("530621000000", "鲁甸县", "county"), Line.EDUCATION), Role.SCHOOLS_OFFICER)


def struck(_world, _what):
    """The adult is on the list no longer."""
    Receiver.objects.update(to_on=DAY)


def waits(_world, _what):
    """Nobody confirmed the adult."""
    Receiver.objects.update(confirmed_at=None, confirmed_by=None)


def closed(_world, _what):
    """The trip is over."""
    BusTrip.objects.update(state="bus_looked_through", ended_at=MONDAY)


def tomorrow(_world, _what):
    """The roll is that of tomorrow, opened the evening before."""
    BusTrip.objects.update(day=LATER)


def called_elsewhere(world, what):
    """A child whom the draft is to take over stands on an open roll of today."""
    of = BusLine.objects.get(pk=what["bus_line_id"])
    other = BusLine.objects.create(bus=of.bus, name="旧线", school=of.school, filed_on=START, from_on=START)
    trip = BusTrip.objects.create(line=other, day=DAY, bus=of.bus, driver=driver(world), attendant=attendant(world), opened_at=MONDAY)
    stop = BusStop.objects.create(line=other, turn=1, name="旧站", at=time(7, 0))
    Ride.objects.create(trip=trip, rider=rider(world), stop=stop, number=1)
    BusSeat.objects.create(rider=rider(world), stop=of.stops.get(turn=1), drafted=True, from_on=DAY)


def gone(world, what):
    """The child got off at school."""
    riding.mark_ride(ride_id=what["ride_id"], result="ride_aboard", **who(world))
    riding.unload_trip(bus_trip_id=BusTrip.objects.get().pk, counted=1, **who(world))


def another(world):
    """Somebody else who rides."""
    return Rider.objects.create(child=world.register.wife, school=school(world), area=world.datong, asked_by="某", recorded_at=MONDAY, from_on=START)


def one_more(world, what):
    """Another child is awaited."""
    Ride.objects.create(trip_id=what["bus_trip_id"], rider=another(world), stop=line(world).stops.get(turn=1), number=2)


NO_DUTY, ELSEWHERE, ENDED, OUT = "您的岗位没有登记接送车辆的权限。", "这家承运单位不由您管。", "这一条已经停用。", "这个区划不在您的范围。"
NOT_EARLIER, AFTER_TODAY = "停用的日子不能早于今天,也不能早于启用。", "检验、审验、查询的日子不能在今天以后。"
SHUT = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by=far_officer)}
FILED = "已经备案的线路不能改站点:请另画一条,备案以后换过去(条例第十六条)。"
WRITTEN = "第 %(n)s 行写成“07:05 站名 18:10 28.2288,103.6378”这样,后两样没有的不写。"
POINT = "位置写成“28.2288,103.6378”这样;不知道的空着。"
NOT_THEIRS = "这个人不在这家承运单位。"


def stranger_driver(world):
    """A driver of another operator."""
    other = Operator.objects.create(area=world.county, name="另一家", contact="某", from_on=START)
    return {"driver": BusDriver.objects.create(operator=other, name="外人", born_on=START, licensed_on=START, from_on=START)}


def stranger_attendant(world):
    """An attendant of another operator."""
    other = Operator.objects.create(area=world.county, name="另一家", contact="某", from_on=START)
    return {"attendant": Attendant.objects.create(operator=other, user=world.nobody, from_on=START)}


FLEET = {
    "schools.enter_operator": Tried("schools", of_an_operator, {"contact": "另一人"}, may=NEAR, spoil={
        NO_DUTY: Felt(by="caller"), OUT: Felt(by=far_officer), "这个范围已经有同名的承运单位。": Felt(before=lambda w, what: operator(w)),
    }),
    "schools.change_operator": Tried("schools", lambda w: runs(w, contact="陈经理"), {"contact": "周经理"}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Operator, to_on=DAY)), NOT_EARLIER: Felt(what={"to_on": PAST}),
    }),
    "schools.enter_bus": Tried("schools", lambda w: runs(w, label="1号车", plate="云C54321", kind="custom_coach", seats=19, from_on=START), {"plate": "云C54322"}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Operator, to_on=DAY)), "这个车牌已经登记。": Felt(before=lambda w, what: Bus.objects.filter(pk=bus(w).pk).update(plate="云C54321")),
    }),
    "schools.renew_papers": Tried("schools", lambda w: {"bus_id": bus(w).pk, "insured_until": date(2027, 10, 1)}, {"insured_until": date(2027, 10, 2)}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Bus, to_on=DAY)), NOT_EARLIER: Felt(what={"to_on": PAST}), AFTER_TODAY: Felt(what={"inspected_on": LATER}),
    }),
    "schools.enter_driver": Tried("schools", lambda w: runs(w, name="罗师傅", phone="13887000031", born_on=date(1980, 3, 1), licensed_on=date(2010, 1, 1), from_on=START), {"name": "马师傅"}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Operator, to_on=DAY)),
    }),
    "schools.review_driver": Tried("schools", lambda w: {"bus_driver_id": driver(w).pk, "reviewed_on": DAY}, {"against": ["drink"]}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(BusDriver, to_on=DAY)), NOT_EARLIER: Felt(what={"to_on": PAST}), AFTER_TODAY: Felt(what={"reviewed_on": LATER}),
    }),
    "schools.enter_attendant": Tried("schools", lambda w: runs(w, user=w.attendant, from_on=START), {"checked_on": DAY}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Operator, to_on=DAY)), "这个人没有您辖区的照管员岗位,或者已经登记。": Felt(what=lambda w: {"user": w.visitor}),
    }),
    "schools.check_attendant": Tried("schools", lambda w: {"attendant_id": attendant(w).pk, "checked_on": DAY}, {"checked_on": PAST}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Attendant, to_on=DAY)), NOT_EARLIER: Felt(what={"to_on": PAST}), AFTER_TODAY: Felt(what={"checked_on": LATER}),
    }),
    "schools.draw_line": Tried("schools", lambda w: {"bus_id": bus(w).pk, "name": "新线", "school": school(w), "from_on": START}, {"name": "另一条"}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(Bus, to_on=DAY)), "这所学校不在您的范围。": Felt(before=on(School, to_on=DAY)), NOT_THEIRS: Felt(what=stranger_driver),
        "这辆车已经有同名的线路。": Felt(before=lambda w, what: BusLine.objects.filter(pk=line(w).pk).update(name="新线")),
    }),
    "schools.write_stops": Tried("schools", lambda w: draft(w) | {"stops": STOPS}, {"stops": "07:00 桥头"}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(BusLine, to_on=DAY)), FILED: Felt(before=on(BusLine, filed_on=DAY)), "至少写一个站。": Felt(what={"stops": "\n"}), WRITTEN: Felt(what={"stops": "大岩子"}),
        "站名不能重复。": Felt(what={"stops": "07:00 桥头\n07:05 桥头"}), "早上的时间要一站比一站晚。": Felt(what={"stops": "07:10 桥头\n07:05 河边"}), POINT: Felt(what={"stops": "07:10 桥头 91,1"}),
        "有学生在这里上车的站不能去掉:先给他们换站。": Felt(before=lambda w, what: seated(w), what={"stops": "07:15 河边"}),
    }),
    "schools.file_line": Tried("schools", lambda w: draft(w) | {"filed_on": DAY}, {"filed_on": PAST}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(BusLine, to_on=DAY)), FILED: Felt(before=on(BusLine, filed_on=DAY)), AFTER_TODAY: Felt(what={"filed_on": LATER}),
        CALLED: Felt(before=called_elsewhere),
        "还没有写站点,不能备案。": Felt(before=lambda w, what: BusStop.objects.all().delete()),
    }),
    "schools.staff_line": Tried("schools", lambda w: {"bus_line_id": line(w).pk, "driver": driver(w), "attendant": None}, {"driver": None}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(BusLine, to_on=DAY)), NOT_THEIRS: Felt(what=stranger_attendant),
    }),
    "schools.end_line": Tried("schools", lambda w: {"bus_line_id": line(w).pk, "to_on": LATER}, {"to_on": LATER + timedelta(days=1)}, may=NEAR, spoil={
        **SHUT, ENDED: Felt(before=on(BusLine, to_on=DAY)), NOT_EARLIER: Felt(what={"to_on": PAST}),
    }),
}  # fmt: skip

NO_RIDERS, NOT_MINE, GONE, STRUCK = "您的岗位没有登记乘车学生的权限。", "这个学生不由您管。", "这个学生已经不坐车。", "这位接车人已经取消。"
KEPT = {NO_RIDERS: Felt(by="caller"), NOT_MINE: Felt(by=of_a_neighbour), GONE: Felt(before=on(Rider, to_on=DAY))}


def twins(world, _what):
    """Another child of the same name at the same school."""
    Person.objects.filter(pk=world.register.wife.pk).update(name=world.register.child.name, birth_on=date(2016, 6, 2), schooling="primary", school_name=of_education(world).name)


RIDERS = {
    "schools.take_rider": Tried("schools", at_school, {"asked_by": "张桂芳"}, may=NEAR, spoil={
        NO_RIDERS: Felt(by="caller"), "这所学校不由您管。": Felt(by=of_a_neighbour), "这所学校已经停办。": Felt(before=on(School, to_on=DAY)), POINT: Felt(what={"place": "山上"}),
        "底数里没有在这所学校的这个名字。请核对全名和学校;还没有登记的,请村里先登记。": Felt(what={"name": "没有此人"}), "有几个人叫这个名字,请再填身份证后四位。": Felt(before=twins),
        "这个学生已经登记乘车。": Felt(before=lambda w, what: rider(w)),
    }),
    "schools.seat_rider": Tried("schools", seating, {"from_on": LATER}, may=NEAR, spoil={
        **KEPT, "这一站不去这所学校,或者线路已经停用。": Felt(before=on(BusLine, to_on=DAY)), CALLED: Felt(before=lambda w, what: opened(w)),
        "这条线路 %(day)s 起才有,座位从那天起。": Felt(before=lambda w, what: BusLine.objects.update(from_on=LATER) and what["stop"].refresh_from_db(), what={"from_on": DAY}),
        "座位不能从过去的日子起。": Felt(what={"from_on": PAST}),
        "这趟车坐满了:核载减去驾驶人和照管员还有 %(n)s 座,都有人了。": Felt(before=lambda w, what: Bus.objects.update(seats=3) and BusSeat.objects.create(rider=another(w), stop=what["stop"], from_on=START)),
    }),
    "schools.end_rider": Tried("schools", lambda w: {"rider_id": rider(w).pk, "reason": "转学了"}, {"reason": "家里接送"}, may=NEAR, spoil=KEPT),
    "schools.list_receiver": Tried("schools", listing, {"relation": "舅舅"}, may=NEAR, spoil=KEPT),
    "schools.confirm_receiver": Tried("headmaster", lambda w: listed(w) | {"said": "给王建国打的电话"}, {"said": "当面问的王建国"}, may=NEAR, spoil={
        **KEPT, STRUCK: Felt(before=struck), "谁登记的接车人,要另一个人向监护人核实。": Felt(by="schools"),
        "已经核实过。": Felt(before=lambda w, what: riders.confirm_receiver(**what, **who(w, "headmaster"))),
    }),
    "schools.drop_receiver": Tried("schools", lambda w: listed(w) | {"reason": "监护人说不要他接"}, {"reason": "搬走了"}, may=NEAR, spoil={**KEPT, STRUCK: Felt(before=struck)}),
    "schools.issue_bus_slip": Tried("schools", lambda w: {"rider_id": rider(w).pk}, {"rider_id": None}, may=NEAR, spoil=KEPT),
    "schools.count_bus_slip_miss": Tried("nobody", lambda w: {"address": "10.0.0.1"}, {"address": "10.0.0.2"}, anyone="nobody signs in to mistype"),
}  # fmt: skip

NO_ROLL, NOT_THIS, OVER = "您的岗位没有随车点名的权限。", "这趟车不由您管。", "这趟车已经收车。"
HELD = {NO_ROLL: Felt(by="caller"), NOT_THIS: Felt(by=of_a_neighbour)}
RUNS = {**HELD, OVER: Felt(before=closed)}

RIDING = {
    "schools.open_trip": Tried("attendant", runs_today, {"way": "home"}, may=NEAR, spoil={
        **HELD, "这条线路已经停用。": Felt(before=on(BusLine, to_on=DAY)), "只能开今天和明天的点名。": Felt(what={"day": LATER + timedelta(days=1)}),
        "这一天学校没有这个作息,不出车。": Felt(before=lambda w, what: school(w).bells.all().delete()), "不能出车:%(why)s。": Felt(before=on(Bus, permit_until=PAST)),
        "这一趟已经开始点名。": Felt(before=lambda w, what: riding.open_trip(**what, **who(w))),
        "%(who)s同一时间还在“%(line)s”上点名:先收那一趟,或者给这条线路换车换人。": Felt(before=on_another_line),
    }),
    "schools.look_for_lines": Tried("clock", lambda w: rider(w) and {}, {}, may="", spoil={"哪个作息没有车,由系统按时看,不由人代看。": Felt(by="schools")}),
    "schools.read_roll": Tried("attendant", opened, {}, may=NEAR, spoil=HELD),
    "schools.mark_ride": Tried("attendant", lambda w: on_roll(w) | {"result": "ride_aboard"}, {"result": "ride_missing"}, may=NEAR, spoil={
        **RUNS, "孩子已经下车。": Felt(before=gone), "点名只记上车、今天不坐、没来、问清了。": Felt(what={"result": "ride_handed"}),
        "请写明问了谁、孩子现在在哪里。": Felt(what={"result": "ride_found"}), EARLY: Felt(before=tomorrow),
        "孩子上过车,或者没来:改成今天不坐,请写明谁说的。": Felt(what={"result": "ride_excused"}, before=on(Ride, state="ride_missing")),
    }),
    "schools.hand_ride": Tried("attendant", going_home, {"receiver": None}, may=NEAR, spoil={
        **RUNS, EARLY: Felt(before=tomorrow), "早上到学校,按到校下车点数。": Felt(before=on(BusTrip, going_home=False)), "在车上的孩子才能交接。": Felt(before=on(Ride, state="ride_excused", boarded_at=None)),
        "这个人不在孩子的接车名单上。不要把孩子交给他,先给监护人打电话。": Felt(what=lambda w: {"receiver": of_another_child(w)}),
        "这位接车人还没有向监护人核实,今天不能接。": Felt(before=waits), "这位接车人已经取消,不能接。": Felt(before=struck),
    }),
    "schools.unload_trip": Tried("attendant", at_gate, {"words": "文老师"}, may=NEAR, spoil={
        **RUNS, EARLY: Felt(before=tomorrow), "点名在车上的有 %(n)s 个孩子,您数到 %(counted)s 个,对不上:再数一遍,再看一遍座位。": Felt(what={"counted": 0}),
        "放学送回学校的,请写明交给哪位老师。": Felt(before=on(BusTrip, going_home=True)),
    }),
    "schools.delay_trip": Tried("attendant", lambda w: opened(w) | {"minutes": 10, "why": "落石堵路"}, {"minutes": 20}, may=NEAR, spoil=RUNS),
    "schools.close_trip": Tried("attendant", empty, {"looked": None}, may=NEAR, spoil={
        **RUNS, EARLY: Felt(before=tomorrow), "收车前请从头到尾看一遍车厢,再勾选。": Felt(what={"looked": False}),
        "还有 %(n)s 个孩子在车上,或者没有问清,不能收车。": Felt(before=one_more),
    }),
}  # fmt: skip


def of_another_child(world):
    """An adult listed for somebody else."""
    return Receiver.objects.create(rider=another(world), name="外人", relation="邻居", from_on=START, listed_at=MONDAY, confirmed_at=MONDAY)


ACTS = FLEET | RIDERS | RIDING
