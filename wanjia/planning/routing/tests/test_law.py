"""The law of school buses: each rule refuses what it should, by its article, and only that."""

import dataclasses
import datetime as dt

import pytest

from wanjia.planning.routing.law import EQUIPMENT, Driver, RiderLevel, Service, ServiceKind, Vehicle, refusals

ON = dt.date(2026, 9, 1)
FILED = frozenset({(25_200, "东门")})
VEHICLE = Vehicle(
    "云C00001", 19, "小学生专用", dt.date(2026, 5, 1), dt.date(2027, 1, 1), dt.date(2027, 1, 1), None, EQUIPMENT, FILED
)
DRIVER = Driver("甲某", dt.date(1985, 3, 2), dt.date(2010, 3, 2), dt.date(2026, 3, 1))
SERVICE = Service(ServiceKind.SCHOOL_BUS, VEHICLE, DRIVER, 1, frozenset({RiderLevel.PRIMARY}), 17, True, FILED)


def test_a_service_in_order_is_not_refused() -> None:
    assert refusals(SERVICE, ON) == []


@pytest.mark.parametrize(
    ("part", "change", "article"),
    [
        ("vehicle", {"seats": 6}, 2),
        ("vehicle", {"made_for": ""}, 2),
        ("vehicle", {"permit_until": dt.date(2026, 8, 31)}, 14),
        ("vehicle", {"insured_until": None}, 14),
        ("vehicle", {"inspected_on": dt.date(2026, 2, 28)}, 20),
        ("vehicle", {"inspected_on": None}, 20),
        ("vehicle", {"equipment": frozenset({"灭火器"})}, 21),
        ("vehicle", {"filed": frozenset()}, 16),
        ("driver", {"born_on": dt.date(2002, 9, 2)}, 23),
        ("driver", {"born_on": dt.date(1965, 8, 1)}, 23),
        ("driver", {"licensed_on": dt.date(2023, 9, 2)}, 23),
        ("driver", {"full_score_in_three_cycles": True}, 23),
        ("driver", {"fatal_or_serious_fault": True}, 23),
        ("driver", {"drink_driving": True}, 23),
        ("driver", {"criminal_record": True}, 23),
        ("driver", {"healthy": False}, 23),
        ("driver", {"reviewed_on": dt.date(2025, 9, 1)}, 26),
        (None, {"riders": 18}, 34),
        (None, {"attendants": 0}, 38),
        (None, {"letter": False}, 11),
        (None, {"levels": frozenset({RiderLevel.KINDERGARTEN})}, 60),
    ],
)
def test_each_rule_refuses_by_its_article(part: str | None, change: dict, article: int) -> None:
    service = SERVICE
    if part:
        change = {part: dataclasses.replace(getattr(SERVICE, part), **change)}
    said = refusals(dataclasses.replace(service, **change), ON)
    assert article in {refusal.article for refusal in said}
    assert all(refusal.zh and refusal.en for refusal in said)


def test_other_kinds_of_service_have_their_own_papers() -> None:
    coach = dataclasses.replace(VEHICLE, permit_until=None, transport_permit_until=dt.date(2027, 1, 1))
    custom = dataclasses.replace(SERVICE, kind=ServiceKind.CUSTOM_COACH, vehicle=coach)
    assert refusals(custom, ON) == []
    assert {r.article for r in refusals(dataclasses.replace(custom, vehicle=VEHICLE), ON)} == {18, 0}
    assert 45 in {r.article for r in refusals(dataclasses.replace(custom, kind=ServiceKind.OTHER), ON)}
