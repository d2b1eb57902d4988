"""The morning of the school buses: what is given, what a plan is, and what may be asked of both."""

from dataclasses import dataclass, field

from wanjia.planning.arrays import Array

NOT_SERVED = -1


@dataclass(frozen=True)
class School:
    """A school and the window in which its pupils may arrive (seconds after midnight)."""

    name: str
    place: int
    opens_s: int
    bell_s: int


@dataclass(frozen=True)
class Household:
    """A household whose children ride together (乘车户). place: where it boards; home: where it lives.

    filed_bus: the bus of the filed plan, −1 without one; boarding_s: seconds the bus stands while they board.
    """

    name: str
    place: int
    school: int
    children: int
    boarding_s: int
    home: int
    filed_bus: int = NOT_SERVED


@dataclass(frozen=True)
class Bus:
    """One vehicle. seats: as written in the permit or file; riders: pupils it may carry, attendant (and driver) taken off."""

    name: str
    seats: int
    riders: int


@dataclass(frozen=True, eq=False)
class Problem:
    """Bring every household's children to their school (morning trips; an afternoon is its mirror image).

    seconds, metres: int32 (P, P) between places, speed caps already applied; places: names; yard: index of the start.
    Rules: ride ≤ max_ride_s, measured from the arrival at the door (boarding included) to the arrival at the school;
    arrival within the school's window; no bus leaves before earliest_s; riders never above a bus's `riders`.
    move_metres: what carrying a household on another bus than the filed one costs, in metres.
    mixed: trips may carry pupils of several schools.
    """

    places: tuple[str, ...]
    seconds: Array
    metres: Array
    provenance: str
    schools: tuple[School, ...]
    households: tuple[Household, ...]
    buses: tuple[Bus, ...]
    yard: int
    earliest_s: int
    max_ride_s: int
    alighting_s: int = 0
    move_metres: int = 5_000
    mixed: bool = True


@dataclass(frozen=True)
class Stop:
    """A visit. boards: households that get on here; school: index when this is a school, else −1."""

    place: int
    arrive_s: int
    boards: tuple[int, ...] = ()
    school: int = NOT_SERVED


@dataclass(frozen=True)
class Trip:
    """From an empty bus to an empty bus. leave_s: leaving the yard or the school where the trip before ended."""

    leave_s: int
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Plan:
    """trips: one tuple of trips per bus, in time order; not_served: household indices; bound: the most that any plan serves."""

    trips: tuple[tuple[Trip, ...], ...]
    not_served: tuple[int, ...]
    provenance: str
    most_servable: int = 0
    moved: tuple[int, ...] = ()
    metres: int = 0
    notes: tuple[str, ...] = field(default=())
