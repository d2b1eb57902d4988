"""Why a worker leaves as he does, and why not another way: every other departure with the first rule that shuts him out.

Built from the referee alone.
"""

import dataclasses
from dataclasses import dataclass

from wanjia.planning.contract import BadInput

from .check import rider_faults, sharing_faults
from .problem import Departure, Plan, Problem


@dataclass(frozen=True)
class Alternative:
    """Another departure. refused: the first rule that excludes the worker, empty when he could change to it today."""

    departure: int
    refused: str
    zh: str
    en: str


def departure_of(plan: Plan, worker: int) -> int:
    """Return the index of the worker's departure, or −1."""
    return next((n for n, departure in enumerate(plan.departures) if worker in departure.workers), -1)


def why_here(problem: Problem, plan: Plan, worker: int) -> list[Alternative]:
    """Return, for every other departure to his city or from his hub, what shuts the worker out; those open to him first."""
    if not 0 <= worker < len(problem.ids):
        raise BadInput(f"worker {worker}", "没有这个人。", "no such worker")
    own = departure_of(plan, worker)
    city, hub = int(problem.city[worker]), int(problem.hub_of[problem.township[worker]])
    near = [n for n, d in enumerate(plan.departures) if n != own and (city in d.cities or hub in d.hubs)]
    found = [_judge(problem, plan.departures[n], n, worker) for n in near]
    return sorted(found, key=lambda a: (a.refused != "", a.departure))


def joined(departure: Departure, worker: int) -> Departure:
    """Return the departure with the worker on it."""
    return dataclasses.replace(departure, workers=tuple(sorted((*departure.workers, worker))))


def _judge(problem: Problem, departure: Departure, number: int, worker: int) -> Alternative:
    order = ("window", "hub", "city", "seats")
    faults = sorted(rider_faults(problem, joined(departure, worker)), key=lambda fault: order.index(fault[0]))
    faults = [fault for fault in faults if fault[0] == "seats" or problem.ids[worker] in fault[1]]
    if departure.train or not faults:
        faults = faults or []
    if not faults:
        return Alternative(number, "", "可以改乘", "he could change to it")
    kind, zh, en = faults[0]
    if kind in ("hub", "city"):
        zh, en = _detour_words(problem, departure, worker, zh, en)
    return Alternative(number, kind, zh, en)


def _detour_words(problem: Problem, departure: Departure, worker: int, zh: str, en: str) -> tuple[str, str]:
    """Add whether the coach could make one more call."""
    if departure.train:
        return zh, en
    hubs = tuple(dict.fromkeys([*departure.hubs, int(problem.hub_of[problem.township[worker]])]))
    cities = tuple(dict.fromkeys([*departure.cities, int(problem.city[worker])]))
    faults = sharing_faults(problem, hubs, cities)
    if faults:
        return f"{zh},加停则{faults[0][1]}", f"{en}, and one more call means {faults[0][2]}"
    return f"{zh},但可以加停", f"{en}, but one more call is possible"
