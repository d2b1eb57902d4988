"""What the law asks before a vehicle may carry pupils, by kind of service (校车安全管理条例, State Council Decree 617).

A vehicle without a school-bus plate may not be run as one (arts. 18, 45), so the kind of service is stated and each kind has
its own papers. Each answer names the article; dates are given by the caller.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

MOTORWAY_KMH, ROAD_KMH, HARD_ROAD_KMH = 80.0, 60.0, 20.0
LEAST_SEATS, INSPECTION_MONTHS = 7, 6
LEAST_AGE, MOST_AGE, LEAST_LICENCE_YEARS = 25, 60, 3


class ServiceKind(StrEnum):
    """Kind of service (服务类别)."""

    SCHOOL_BUS = "校车"
    CUSTOM_COACH = "定制班线"
    VILLAGE_COACH = "农村客运"
    OTHER = "其他"


class RiderLevel(StrEnum):
    """Who rides (乘车学段)."""

    KINDERGARTEN = "幼儿"
    PRIMARY = "小学"
    MIDDLE = "初中"


@dataclass(frozen=True)
class Vehicle:
    """A vehicle and its papers. made_for: 小学生专用, 幼儿专用, 中小学生专用 or empty; filed: (time, stop) pairs on the plate."""

    plate: str
    seats: int
    made_for: str = ""
    inspected_on: dt.date | None = None
    insured_until: dt.date | None = None
    permit_until: dt.date | None = None
    transport_permit_until: dt.date | None = None
    equipment: frozenset[str] = frozenset()
    filed: frozenset[tuple[int, str]] = frozenset()


@dataclass(frozen=True)
class Driver:
    """A driver's record."""

    name: str
    born_on: dt.date
    licensed_on: dt.date
    reviewed_on: dt.date | None = None
    full_score_in_three_cycles: bool = False
    fatal_or_serious_fault: bool = False
    drink_driving: bool = False
    criminal_record: bool = False
    healthy: bool = True


@dataclass(frozen=True)
class Service:
    """A service as it is to run on a day. timetable: (seconds after midnight, stop); letter: responsibility letter filed."""

    kind: ServiceKind
    vehicle: Vehicle
    driver: Driver
    attendants: int
    levels: frozenset[RiderLevel]
    riders: int
    letter: bool = True
    timetable: frozenset[tuple[int, str]] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Refusal:
    """One thing that forbids the service. article: of the Regulations, 0 where another rule applies."""

    article: int
    zh: str
    en: str


EQUIPMENT = frozenset({"逃生锤", "灭火器", "急救箱", "行驶记录仪"})


def refusals(service: Service, on: dt.date) -> list[Refusal]:
    """List what forbids this service on a day. Empty means that nothing in the papers forbids it."""
    said = _riders(service) + _driver(service.driver, on)
    if service.kind == ServiceKind.SCHOOL_BUS:
        return said + _school_bus(service, on)
    return said + _other_service(service, on)


def _when(*rules: tuple[bool, int, str, str]) -> list[Refusal]:
    return [Refusal(article, zh, en) for broken, article, zh, en in rules if broken]


def _riders(service: Service) -> list[Refusal]:
    room = service.vehicle.seats - 1 - service.attendants
    return _when(
        (service.riders > room, 34, "超员:核载人数须减去司机和照管人员。", "overload: seats less the driver and attendants"),
        (service.attendants < 1, 38, "没有随车照管人员。", "no attendant on board"),
    )


def _driver(driver: Driver, on: dt.date) -> list[Refusal]:
    age, held = _years(driver.born_on, on), _years(driver.licensed_on, on)
    reviewed = driver.reviewed_on is not None and _years(driver.reviewed_on, on) < 1
    return _when(
        (not LEAST_AGE <= age <= MOST_AGE, 23, "驾驶人年龄应在 25 至 60 周岁。", "a driver is 25 to 60 years old"),
        (held < LEAST_LICENCE_YEARS, 23, "准驾满 3 年方可驾驶。", "a driver has held the licence for 3 years"),
        (driver.full_score_in_three_cycles, 23, "连续 3 个记分周期内有记满分记录。", "full penalty points within 3 cycles"),
        (driver.fatal_or_serious_fault, 23, "有致人死亡或重伤的责任事故。", "at fault in a fatal or serious accident"),
        (driver.drink_driving, 23, "有酒后驾驶记录。", "a record of drink driving"),
        (driver.criminal_record, 23, "有犯罪记录。", "a criminal record"),
        (not driver.healthy, 23, "身体条件不合格。", "not fit to drive"),
        (not reviewed, 26, "驾驶资格未在一年内审验。", "the driver was not reviewed within the year"),
    )


def _school_bus(service: Service, on: dt.date) -> list[Refusal]:
    vehicle = service.vehicle
    papers = _when(
        (vehicle.seats < LEAST_SEATS, 2, "校车应为 7 座以上。", "a school bus has 7 seats or more"),
        (_wrong_build(service), 2, "小学生应乘小学生专用校车。", "primary pupils ride in buses built for them"),
        (_lapsed(vehicle.permit_until, on), 14, "没有有效的校车使用许可。", "no valid school-bus permit"),
        (_lapsed(vehicle.insured_until, on), 14, "没有有效的承运人责任险。", "no valid carrier's liability insurance"),
        (
            not vehicle.equipment >= EQUIPMENT,
            21,
            "缺少逃生锤、灭火器、急救箱或行驶记录仪。",
            "hammer, extinguisher, first aid or recorder missing",
        ),
        (not service.letter, 11, "责任书未报教育部门备案。", "the responsibility letter is not filed"),
    )
    months = _months(vehicle.inspected_on, on) if vehicle.inspected_on else INSPECTION_MONTHS + 1
    strays = sorted(stop for _, stop in service.timetable - vehicle.filed)
    kindergarten = RiderLevel.KINDERGARTEN in service.levels and "幼儿" not in vehicle.made_for
    return papers + _when(
        (months > INSPECTION_MONTHS, 20, "半年内没有安全技术检验。", "no safety inspection within six months"),
        (
            bool(strays),
            16,
            f"与标牌载明的时间、站点不符:{'、'.join(strays[:3])},须换牌。",
            "times or stops differ from the plate: renew it",
        ),
        (
            kindergarten,
            60,
            "幼儿应由监护人接送,确需乘车的用幼儿专用校车。",
            "kindergarten children ride only in buses built for them",
        ),
    )


def _wrong_build(service: Service) -> bool:
    return RiderLevel.PRIMARY in service.levels and "小学生" not in service.vehicle.made_for


def _other_service(service: Service, on: dt.date) -> list[Refusal]:
    vehicle = service.vehicle
    plate = bool(vehicle.permit_until)
    return _when(
        (
            service.kind == ServiceKind.OTHER,
            45,
            "未写明服务类别,不得以校车名义接送。",
            "name the kind of service; it is no school bus",
        ),
        (plate, 18, "有校车标牌的车辆应按校车管理。", "a vehicle with a school-bus plate is run as one"),
        (_lapsed(vehicle.transport_permit_until, on), 0, "没有有效的道路客运经营许可。", "no valid passenger transport permit"),
        (_lapsed(vehicle.insured_until, on), 0, "没有有效的承运人责任险。", "no valid carrier's liability insurance"),
    )


def _lapsed(until: dt.date | None, on: dt.date) -> bool:
    return until is None or until < on


def _years(since: dt.date, on: dt.date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def _months(since: dt.date, on: dt.date) -> float:
    """Return whole months gone by, and a half when days are over."""
    gone = (on.year - since.year) * 12 + on.month - since.month
    return gone + (0.5 if on.day > since.day else 0.0 if on.day == since.day else -0.5)
