"""What the law asks before a vehicle carries pupils (校车安全管理条例): which rule forbids a morning, until when each paper counts. Pure. Data: school_bus.toml."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import Path

from .editions import begun_by
from .statuses import months_after

FILE = Path(__file__).with_suffix(".toml")
SCHOOL_BUS = "school_bus"
EQUIPMENT = frozenset({"hammer", "extinguisher", "first_aid", "recorder"})
INFANTS, PRIMARY = frozenset({0}), frozenset(range(1, 7))  # grades, as the school year counts them


@dataclass(frozen=True)
class Edition:
    """The numbers that hold from a day on; their meaning stands beside them in the data."""

    starts: date
    least_seats: int
    inspection_months: int
    review_months: int
    licence_years: int
    least_age: int
    most_age: int
    max_ride_minutes: int
    warn_days: int
    late_minutes: int
    tell_bells: time
    drill_days: int
    drill_warn_days: int
    close_minutes: int
    move_metres: int
    earliest: str
    opens_minutes: int
    stop_seconds: int
    child_seconds: int
    school_seconds: int
    fits_minutes: int
    leaves_minutes: int
    road_factor: float
    road_kmh: float
    most_kmh: float
    source: str


@dataclass(frozen=True)
class Rule:
    """One thing that forbids a morning. article: of the Regulations, 0 where another law says it (`law`); kinds: of service, none: every kind."""

    id: str
    article: int
    law: str
    kinds: tuple[str, ...]
    zh: str
    en: str

    @property
    def basis(self) -> str:
        """Where it is written."""
        return self.law if self.law else f"校车安全管理条例第{self.article}条"


@dataclass(frozen=True)
class Vehicle:
    """A vehicle's papers. seats: as licensed, the driver's among them; made_for: "", primary, pupils or infants; *_until: the last valid day."""

    kind: str
    seats: int
    made_for: str = ""
    inspected_on: date | None = None
    insured_until: date | None = None
    permit_until: date | None = None
    transport_until: date | None = None
    equipment: frozenset[str] = frozenset()
    letter_on: date | None = None


@dataclass(frozen=True)
class Driver:
    """A driver's. against: whatever of art. 23 stands on the record."""

    born_on: date
    licensed_on: date
    reviewed_on: date | None = None
    against: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Morning:
    """A trip as it is to be driven. attendant_until: the last day on which the attendant's query counts, None without an attendant; grades: who rides."""

    vehicle: Vehicle
    driver: Driver | None
    attendant_until: date | None
    grades: frozenset[int] = field(default_factory=frozenset)
    riders: int = 0
    filed: bool = False


@cache
def editions() -> tuple[Edition, ...]:
    """Return every edition, the oldest first."""
    rows = sorted(tomllib.loads(FILE.read_text(encoding="utf-8"))["edition"], key=lambda row: row["from"])
    return tuple(Edition(row["from"], **{name: row[name] for name in Edition.__dataclass_fields__ if name != "starts"}) for row in rows)


def in_force(day: date) -> Edition:
    """Return the edition in force on `day`; before the first, the first."""
    return begun_by(editions(), day)


@cache
def rules() -> dict[str, Rule]:
    """Return {id: Rule}, in the order of the data."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["rule"]
    return {row["id"]: Rule(row["id"], row["article"], row.get("law", ""), tuple(row["kinds"]), row["zh"], row["en"]) for row in rows}


def seats_for_children(seats: int) -> int:
    """Return how many children a vehicle may carry: its seats less the driver's and the attendant's (arts. 34, 38)."""
    return max(0, seats - 2)


def vehicle_papers(vehicle: Vehicle) -> dict[str, date | None]:
    """Return {rule: the last day on which its paper counts, None without one} of what is asked of this kind of service."""
    numbers = editions()[-1]
    inspected = months_after(vehicle.inspected_on, numbers.inspection_months) if vehicle.inspected_on else None
    found = {"insured": vehicle.insured_until, "permit": vehicle.permit_until, "transport": vehicle.transport_until, "inspected": inspected}
    return {name: until for name, until in found.items() if _belongs(name, vehicle.kind)}


def driver_papers(driver: Driver) -> dict[str, date | None]:
    """Return {rule: last day} of a driver: the yearly review, and the sixtieth birthday."""
    numbers = editions()[-1]
    reviewed = months_after(driver.reviewed_on, numbers.review_months) if driver.reviewed_on else None
    return {"reviewed": reviewed, "age": months_after(driver.born_on, 12 * numbers.most_age)}


def refusals(morning: Morning, day: date) -> list[Rule]:
    """List the rules that forbid this trip on `day`, in the order of the data; empty: nothing in the papers forbids it."""
    broken = set(_vehicle(morning, day)) | set(_crew(morning, day))
    return [one for one in rules().values() if one.id in broken and _belongs(one.id, morning.vehicle.kind)]


def _belongs(name: str, kind: str) -> bool:
    kinds = rules()[name].kinds
    return not kinds or kind in kinds


def _lapsed(until: date | None, day: date) -> bool:
    return until is None or until < day


def _vehicle(morning: Morning, day: date) -> Iterator[str]:
    vehicle, numbers = morning.vehicle, in_force(day)
    checks = {
        "letter": vehicle.letter_on is None or vehicle.letter_on > day, "seats": vehicle.seats < numbers.least_seats,
        "made_for": bool(morning.grades & PRIMARY) and vehicle.made_for not in ("primary", "pupils"), "infants": bool(morning.grades & INFANTS) and vehicle.made_for != "infants",
        "posing": vehicle.permit_until is not None, "unnamed": True, "equipped": not vehicle.equipment >= EQUIPMENT, "filed": not morning.filed,
        "overload": morning.riders > seats_for_children(vehicle.seats),
        **{name: _lapsed(until, day) for name, until in vehicle_papers(vehicle).items()},
    }  # fmt: skip
    yield from (name for name, broken in checks.items() if broken)


def _crew(morning: Morning, day: date) -> Iterator[str]:
    numbers, driver = in_force(day), morning.driver
    if _lapsed(morning.attendant_until, day):
        yield "attendant"
    if driver is None:
        yield "licence"
        return
    papers = driver_papers(driver)
    if not months_after(driver.born_on, 12 * numbers.least_age) <= day <= (papers["age"] or day):
        yield "age"
    if months_after(driver.licensed_on, 12 * numbers.licence_years) > day:
        yield "licence"
    if driver.against:
        yield "record"
    if _lapsed(papers["reviewed"], day):
        yield "reviewed"
