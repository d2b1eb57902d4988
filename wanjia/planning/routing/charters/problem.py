"""A season of departures: what is given, what a plan is. Workers are columns, since a season has 162,700 of them."""

from dataclasses import dataclass, field

from wanjia.planning.arrays import Array

HOUR = 3600


@dataclass(frozen=True)
class DriveRules:
    """What the law and prudence ask of a coach on a long road (seconds; hours of the day in seconds after midnight).

    At most 4 h at a stretch (2 h at night), then 20 min rest; no driving from 02:00 to 05:00; two drivers of 8 h each in any
    24 h; mountain roads by day only.
    """

    stretch_s: int = 4 * HOUR
    night_stretch_s: int = 2 * HOUR
    rest_s: int = 20 * 60
    night_from_s: int = 22 * HOUR
    night_to_s: int = 6 * HOUR
    closed_from_s: int = 2 * HOUR
    closed_to_s: int = 5 * HOUR
    day_from_s: int = 6 * HOUR
    day_to_s: int = 19 * HOUR
    drivers: int = 2
    driver_day_s: int = 8 * HOUR
    drop_s: int = 15 * 60


@dataclass(frozen=True, eq=False)
class Problem:
    """Carry every worker on one day of his window to his city, with few coaches.

    hubs, cities, townships: names; hub_of: int32 (T,) hub of each township. Workers, all int32 (N,): township, city, first and
    last day they may leave (both included). seconds, metres: int32 over hubs then cities; feeder_s: int32 (T,), township
    to its hub; mountain_s: int32 (hubs,), the part of every drive out of a hub that is mountain road; ids: names of workers.
    A coach calls at ≤ most_hubs hubs no more than hub_gap_m apart and at ≤ most_drops cities, the way through them being at
    most `detour` times the straight way from the first hub to the last city. A train takes train_min to train_seats people
    from all hubs to one city on one day (train_seats 0: none).
    """

    ids: tuple[str, ...]
    township: Array
    city: Array
    first: Array
    last: Array
    hubs: tuple[str, ...]
    cities: tuple[str, ...]
    townships: tuple[str, ...]
    hub_of: Array
    seconds: Array
    metres: Array
    feeder_s: Array
    mountain_s: Array
    days: int
    provenance: str
    seats: int = 50
    most_hubs: int = 2
    hub_gap_m: int = 120_000
    most_drops: int = 3
    detour: float = 1.15
    leave_s: int = 8 * HOUR
    train_min: int = 600
    train_seats: int = 0
    rules: DriveRules = field(default_factory=DriveRules)

    def hub(self) -> Array:
        """Return each worker's hub, int32 (N,)."""
        return self.hub_of[self.township]


@dataclass(frozen=True)
class Segment:
    """What a coach does from start_s to end_s (seconds after midnight of the day of leaving): drive, mountain, rest or drop.

    leg: which leg of the route, counted from 0."""

    start_s: int
    end_s: int
    what: str
    leg: int


@dataclass(frozen=True)
class Departure:
    """One coach (or train) on one day. hubs and cities in the order of calling; arrive_s: per city, counted from midnight of
    the day of leaving; workers: rows; log: empty for a train."""

    day: int
    hubs: tuple[int, ...]
    cities: tuple[int, ...]
    leave_s: int
    arrive_s: tuple[int, ...]
    workers: tuple[int, ...]
    log: tuple[Segment, ...] = ()
    train: bool = False


@dataclass(frozen=True)
class Plan:
    """bound: no plan uses fewer coaches (trains aside); plain: coaches that the plain deadline rule would use."""

    departures: tuple[Departure, ...]
    not_carried: tuple[int, ...]
    bound: int
    plain: int
    provenance: str

    def coaches(self) -> int:
        """Return how many coaches leave in the season."""
        return sum(not d.train for d in self.departures)
