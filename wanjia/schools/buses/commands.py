"""The acts of buses: an operator entered, vehicles and crews with their papers renewed, a line drawn, written, filed, staffed, ended."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import widest
from wanjia.orgs.models import Area, User
from wanjia.verdict import Conflict, Refused

from ..bus_states import Against, Equipment, MadeFor, ServiceKind
from ..duties import Duty
from ..models import Attendant, Bus, BusDriver, BusLine, BusSeat, BusStop, Operator, School
from . import queries, rules
from .subjects import ATTENDANTS, BUSES, DRIVERS, LINES, OPERATORS
from .writing import stops_of, written

KEEPS = {"duty": Duty.KEEP_BUSES}
ENDS_ON = _("从哪天起不用")
ENDS_HELP = _("还在用的空着;停用的填第一个不用的日子。")
CALLED = _("这一天已经开始点名:收车以后再改,或者从以后的日子起。")
NOT_EARLIER = _("停用的日子不能早于今天,也不能早于启用。")


def _own(name):
    """What a form begins with: what stands in the row."""
    return lambda row, _actor, _day: getattr(row, name)


def _words(name):
    return lambda row, _actor, _day: getattr(row, name).split()


def _change(row, line, *, by, at, area_code, **values):
    """Change a row by compare-and-set, with the line of the journal that says what stood there before."""
    if values.get("to_on") is not None and values["to_on"] < max(row.from_on, today(at)):
        raise Refused(NOT_EARLIER)
    before = {name: str(getattr(row, name) or "") for name in values if not name.startswith("phone")}
    if not type(row).objects.filter(pk=row.pk, version=row.version).update(**values, version=row.version + 1):
        raise Conflict()
    row.refresh_from_db()
    journal.record(act=line, subject=row, by=by, at=at, area_code=area_code, was=before)
    return row


def _once(make, sentence):
    try:
        with transaction.atomic():
            return make()
    except IntegrityError:
        raise Conflict(sentence) from None


@act(OPERATORS, "operator_new", at="new", words=_("登记承运单位"), done=_("已登记。接着登记车辆、驾驶人和照管员。"), **KEEPS, may=rules.keeps, new=True, lines={"operator.enter": _("登记承运单位")})
def enter_operator(
    *, by, at,
    area: Annotated[Area, Asked(_("范围"), among=queries.areas, within=rules.OUT_OF_REACH, initial=widest(queries.areas))],
    name: Annotated[str, Asked(_("承运单位"), least=2, most=60)],
    contact: Annotated[str, Asked(_("负责人"), least=2, most=40)],
    phone: Annotated[str, Asked(_("电话"), least=5, most=20)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    letter_on: Annotated[date | None, Asked(_("安全责任书备案日"), _("学校和承运单位签的责任书报教体局备案的日子(条例第十一条)。还没有的空着。"))] = None,
):  # fmt: skip
    """Enter who runs buses (登记承运单位)."""
    facts = {"area": area, "name": name.strip(), "contact": contact.strip(), "phone": phone.strip(), "from_on": from_on, "letter_on": letter_on}
    one = _once(lambda: Operator.objects.create(**facts), _("这个范围已经有同名的承运单位。"))
    journal.record(act="operator.enter", subject=one, by=by, at=at, area_code=area.pk)
    return one


@act(OPERATORS, "operator_change", at="change", words=_("改承运单位"), done=_("已改。"), **KEEPS, may=rules.can_keep, aside=True, lines={"operator.change": _("改承运单位")})
def change_operator(
    operator, *, by, at,
    contact: Annotated[str, Asked(_("负责人"), least=2, most=40, initial=_own("contact"))],
    letter_on: Annotated[date | None, Asked(_("安全责任书备案日"), initial=_own("letter_on"))] = None,
    to_on: Annotated[date | None, Asked(ENDS_ON, ENDS_HELP)] = None,
):  # fmt: skip
    """Change who answers for an operator, when its letter was filed, its end."""
    return _change(operator, "operator.change", by=by, at=at, area_code=operator.area_id, contact=contact.strip(), letter_on=letter_on, to_on=to_on)


@act(OPERATORS, "bus_new", at="vehicles/new", words=_("登记车辆"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=10, lines={"bus.enter": _("登记接送车辆")})
def enter_bus(
    operator, *, by, at,
    label: Annotated[str, Asked(_("几号车"), _("例如:3号车。家长和照管员这样叫它。"), least=1, most=20)],
    plate: Annotated[str, Asked(_("车牌"), least=5, most=12)],
    kind: Annotated[ServiceKind, Asked(_("服务类别"), _("没有校车使用许可的车,不能叫校车。"))],
    seats: Annotated[int, Asked(_("核载人数"), _("行驶证上的数,含驾驶人。"), least=3, most=60)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    made_for: Annotated[MadeFor | None, Asked(_("车型"), select=True, none=_("普通客车"))] = None,
):  # fmt: skip
    """Enter a vehicle (登记接送车辆); its papers are renewed on its own page."""
    facts = {"operator": operator, "label": label.strip(), "plate": plate.strip().upper(), "kind": kind, "seats": seats, "made_for": made_for or "", "from_on": from_on}
    one = _once(lambda: Bus.objects.create(**facts), _("这个车牌已经登记。"))
    journal.record(act="bus.enter", subject=one, by=by, at=at, area_code=operator.area_id)
    return operator


@act(BUSES, "bus_papers", at="papers", words=_("更新车辆证照"), done=_("已更新。"), **KEEPS, may=rules.can_change, rank=10, lines={"bus.renew": _("更新车辆证照")})
def renew_papers(
    bus, *, by, at,
    inspected_on: Annotated[date | None, Asked(_("最近一次安全技术检验"), initial=_own("inspected_on"))] = None,
    insured_until: Annotated[date | None, Asked(_("承运人责任险到哪天"), initial=_own("insured_until"))] = None,
    permit_until: Annotated[date | None, Asked(_("校车使用许可到哪天"), initial=_own("permit_until"))] = None,
    transport_until: Annotated[date | None, Asked(_("道路客运经营许可到哪天"), initial=_own("transport_until"))] = None,
    equipment: Annotated[list[Equipment], Asked(_("车上有"), initial=_words("equipment"))] = (),
    to_on: Annotated[date | None, Asked(ENDS_ON, ENDS_HELP)] = None,
):  # fmt: skip
    """Say until when a vehicle's papers count, what it carries, or that it is used no longer (更新车辆证照)."""
    if inspected_on is not None and inspected_on > today(at):
        raise Refused(_("检验、审验、查询的日子不能在今天以后。"))
    values = {"inspected_on": inspected_on, "insured_until": insured_until, "permit_until": permit_until, "transport_until": transport_until, "to_on": to_on}
    return _change(bus, "bus.renew", by=by, at=at, area_code=bus.operator.area_id, equipment=" ".join(sorted(equipment)), **values)


@act(OPERATORS, "driver_new", at="drivers/new", words=_("登记驾驶人"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=20, lines={"bus_driver.enter": _("登记驾驶人")})
def enter_driver(
    operator, *, by, at,
    name: Annotated[str, Asked(_("姓名"), least=2, most=40)],
    phone: Annotated[str, Asked(_("电话"), least=5, most=20)],
    born_on: Annotated[date, Asked(_("出生日期"))],
    licensed_on: Annotated[date, Asked(_("取得准驾车型驾驶证日期"))],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    reviewed_on: Annotated[date | None, Asked(_("最近一次审验"))] = None,
):  # fmt: skip
    """Enter a driver (登记驾驶人)."""
    one = BusDriver.objects.create(operator=operator, name=name.strip(), phone=phone.strip(), born_on=born_on, licensed_on=licensed_on, from_on=from_on, reviewed_on=reviewed_on)
    journal.record(act="bus_driver.enter", subject=one, by=by, at=at, area_code=operator.area_id)
    return operator


@act(DRIVERS, "driver_review", at="review", words=_("更新驾驶人审验"), done=_("已更新。"), **KEEPS, may=rules.can_change, rank=10, lines={"bus_driver.review": _("更新驾驶人审验")})
def review_driver(
    bus_driver, *, by, at,
    reviewed_on: Annotated[date | None, Asked(_("最近一次审验"), initial=_own("reviewed_on"))] = None,
    against: Annotated[list[Against], Asked(_("不能驾驶的情形"), _("查过没有的,一个也不勾。"), initial=_words("against"))] = (),
    to_on: Annotated[date | None, Asked(ENDS_ON, ENDS_HELP)] = None,
):  # fmt: skip
    """Say when a driver was reviewed and what was found, or that he drives no longer."""
    if reviewed_on is not None and reviewed_on > today(at):
        raise Refused(_("检验、审验、查询的日子不能在今天以后。"))
    return _change(bus_driver, "bus_driver.review", by=by, at=at, area_code=bus_driver.operator.area_id, reviewed_on=reviewed_on, against=" ".join(sorted(against)), to_on=to_on)


@act(OPERATORS, "attendant_new", at="attendants/new", words=_("登记照管员"), done=_("已登记。"), **KEEPS, may=rules.can_keep, rank=30, lines={"attendant.enter": _("登记照管员")})
def enter_attendant(
    operator, *, by, at,
    user: Annotated[User, Asked(_("照管员"), _("有“随车照管员”岗位的人;没有的,先请管理员登记岗位。"), among=queries.people, named=queries.people_ever)],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    checked_on: Annotated[date | None, Asked(_("背景审查查询日(无记录)"), _("未成年人保护法第六十二条;查询以后管 12 个月。"))] = None,
):  # fmt: skip
    """Enter who rides with the children (登记照管员)."""
    if not queries.people(operator, by, today(at)).filter(pk=user.pk).exists():
        raise Refused(_("这个人没有您辖区的照管员岗位,或者已经登记。"))
    one = Attendant.objects.create(operator=operator, user=user, from_on=from_on, checked_on=checked_on)
    journal.record(act="attendant.enter", subject=one, by=by, at=at, area_code=operator.area_id)
    return operator


@act(ATTENDANTS, "attendant_check", at="check", words=_("更新照管员审查"), done=_("已更新。"), **KEEPS, may=rules.can_change, rank=10, lines={"attendant.check": _("更新照管员审查")})
def check_attendant(
    attendant, *, by, at,
    checked_on: Annotated[date | None, Asked(_("背景审查查询日(无记录)"), _("查出不能接触未成年人的,填停用的日子。"), initial=_own("checked_on"))] = None,
    to_on: Annotated[date | None, Asked(ENDS_ON, ENDS_HELP)] = None,
):  # fmt: skip
    """Say when an attendant's records were queried with a clear answer, or that she rides no longer."""
    if checked_on is not None and checked_on > today(at):
        raise Refused(_("检验、审验、查询的日子不能在今天以后。"))
    return _change(attendant, "attendant.check", by=by, at=at, area_code=attendant.operator.area_id, checked_on=checked_on, to_on=to_on)


Driver = Annotated[BusDriver | None, Asked(_("驾驶人"), among=queries.drivers, within=_("这个人不在这家承运单位。"), none=_("还没有定"))]
Rides = Annotated[Attendant | None, Asked(_("照管员"), among=queries.attendants, within=_("这个人不在这家承运单位。"), none=_("还没有定"), shown=lambda one: one.user.name)]


@act(BUSES, "line_new", at="lines/new", words=_("画线路"), done=_("已记下。接着写站点,再报备案。"), **KEEPS, may=rules.can_change, rank=20, then=lambda _request, _row, line: queries.to_line(line), lines={"bus_line.draw": _("画接送线路")})
def draw_line(
    bus, *, by, at,
    name: Annotated[str, Asked(_("线路"), _("例如:大岩子—中心校。"), least=2, most=40)],
    school: Annotated[School, Asked(_("学校"), among=queries.schools, within=_("这所学校不在您的范围。"))],
    from_on: Annotated[date, Asked(_("从哪天起"))],
    driver: Driver = None, attendant: Rides = None,
):  # fmt: skip
    """Draw a line of a bus to one school (画接送线路): a draft, until it is filed."""
    facts = {"bus": bus, "name": name.strip(), "school": school, "from_on": from_on, "driver": driver, "attendant": attendant}
    line = _once(lambda: BusLine.objects.create(**facts), _("这辆车已经有同名的线路。"))
    journal.record(act="bus_line.draw", subject=line, by=by, at=at, area_code=bus.operator.area_id)
    return line


@act(LINES, "line_stops", at="stops", words=_("写站点"), done=_("已记下。"), **KEEPS, may=rules.can_draft, rank=10, lines={"bus_line.stops": _("写线路站点")})
def write_stops(
    bus_line, *, by, at,
    stops: Annotated[str, Asked(_("站点"), _("一行一站:早上几点 站名 放学几点 位置。例如“07:05 大岩子 18:10 28.2288,103.6378”,后两样没有的不写。"), rows=10, most=4000, initial=lambda row, _actor, _day: written(row.stops.all()))],
):  # fmt: skip
    """Write the stops of a draft (写站点), all of them anew; who has a seat there keeps it by the name of the stop."""
    rows = stops_of(stops)
    seated = {seat.pk: seat.stop.name for seat in BusSeat.objects.filter(stop__line=bus_line).select_related("stop")}
    if not set(seated.values()) <= {row[1] for row in rows}:
        raise Refused(_("有学生在这里上车的站不能去掉:先给他们换站。"))
    by_name, turns = {one.name: one for one in bus_line.stops.all()}, len(by_turn := rows)
    BusStop.objects.filter(line=bus_line).exclude(name__in=[row[1] for row in rows]).delete()
    for one in by_name.values():
        BusStop.objects.filter(pk=one.pk).update(turn=one.turn + turns + len(by_name))  # out of the way of the new order
    for turn, (at_time, name, back_at, lat, lon) in enumerate(by_turn, 1):
        values = {"turn": turn, "at": at_time, "back_at": back_at, "lat": lat, "lon": lon}
        if name in by_name:
            BusStop.objects.filter(pk=by_name.pop(name).pk).update(**values)
        else:
            BusStop.objects.create(line=bus_line, name=name, **values)
    journal.record(act="bus_line.stops", subject=bus_line, by=by, at=at, area_code=bus_line.bus.operator.area_id, n=len(rows))
    return bus_line


@act(LINES, "line_file", at="file", words=_("登记备案"), done=_("已备案。这条线路可以出车了。"), **KEEPS, may=rules.can_draft, rank=20, lines={"bus_line.file": _("登记线路备案"), "bus_line.end": _("停用线路")})
def file_line(bus_line, *, by, at, filed_on: Annotated[date, Asked(_("备案日"), _("线路、时间、站点写上标牌的日子。"))]):
    """Note that a line was filed and stands on the plate (条例第十六条). The children whom a plan proposed for it have their seats from now on."""
    day = today(at)
    if filed_on > day:
        raise Refused(_("检验、审验、查询的日子不能在今天以后。"))
    if not bus_line.stops.exists():
        raise Refused(_("还没有写站点,不能备案。"))
    line = _change(bus_line, "bus_line.file", by=by, at=at, area_code=bus_line.bus.operator.area_id, filed_on=filed_on)
    _take_seats(line, day)
    return line


def _take_seats(line, day):
    """Turn the seats that a plan drafted on this line into seats, from the line's first day; who sat elsewhere sits there until then."""
    day = max(day, line.from_on)
    drafted = BusSeat.objects.filter(stop__line=line, drafted=True, rider__to_on=None)
    if queries.called(day, line, drafted.values("rider__child")):
        raise Refused(CALLED)
    end_seats(BusSeat.objects.filter(rider__in=drafted.values("rider"), drafted=False), day)
    drafted.update(drafted=False, from_on=day)


@act(LINES, "line_staff", at="staff", words=_("换驾驶人、照管员"), done=_("已换。"), **KEEPS, may=rules.can_change_line, aside=True, lines={"bus_line.staff": _("换驾驶人、照管员")})
def staff_line(bus_line, *, by, at, driver: Driver = None, attendant: Rides = None):
    """Say who drives a line and who rides along, from now on; a trip that is on the road keeps its own."""
    return _change(bus_line, "bus_line.staff", by=by, at=at, area_code=bus_line.bus.operator.area_id, driver=driver, attendant=attendant)


@act(LINES, "line_end", at="end", words=_("停用线路"), done=_("已停用。"), **KEEPS, may=rules.can_change_line, aside=True, tone="danger", lines={})
def end_line(bus_line, *, by, at, to_on: Annotated[date, Asked(_("从哪天起不用"), _("填第一个不用的日子。"))]):
    """End a line (停用线路); its children are without a seat from that day on, and stand on the list of those who need one."""
    line = _change(bus_line, "bus_line.end", by=by, at=at, area_code=bus_line.bus.operator.area_id, to_on=to_on)
    end_seats(BusSeat.objects.filter(stop__line=line), to_on)
    return line


def end_seats(seats, day):
    """End these seats on a day: those too that were to last some days longer."""
    for seat in seats.not_ended(day):
        BusSeat.objects.filter(pk=seat.pk).update(to_on=max(day, seat.from_on))
