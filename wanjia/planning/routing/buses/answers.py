"""Explanations as JSON: why households are not served, and what one slow leg does to a bus's morning."""

import dataclasses
from typing import Any

from wanjia.planning.contract import BadInput

from . import check, explain, wire
from .bound import most_servable
from .problem import Plan, Problem


def why_not_served(problem: Problem, plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """Return, for each household that is not served, the smallest loosenings that would serve it."""
    return {
        problem.households[h].name: [
            {"kind": o.kind, "amount": o.amount, "bus": o.bus, "trip": o.trip, "zh": o.zh, "en": o.en}
            for o in explain.why_not_served(problem, plan, h)
        ]
        for h in plan.not_served
    }


def why_late(problem: Problem, plan: Plan, leg: tuple[int, int, int, int]) -> dict[str, Any]:
    """Return what a slow leg does. leg: bus, trip and stop, each counted from 1, and the seconds lost on the way to that stop."""
    bus, trip, stop, seconds = leg
    try:
        told = explain.why_late(problem, plan, bus - 1, {(trip - 1, stop - 1): seconds})
    except BadInput as error:  # which counts from 0, people do not
        raise BadInput(f"--late {bus},{trip},{stop}", error.zh, error.en) from error
    return {
        "late_s": [list(stops) for stops in told.late_s],
        "slack_s": [list(stops) for stops in told.slack_s],
        "inherits": [number + 1 for number in told.inherits],
        "breaches": [{"kind": b.kind, "trip": b.trip + 1, "amount": b.amount} for b in told.breaches],
        "zh": told.zh,
        "en": told.en,
    }


def lawful_plan(problem: Problem, document: Any) -> Plan:
    """Read an earlier plan of this morning; raises BadInput naming the first rule that it breaks."""
    plan = wire.read_plan(problem, document)
    if len(plan.trips) != len(problem.buses):
        raise BadInput("buses", f"方案应有 {len(problem.buses)} 辆车。", f"expected a plan of {len(problem.buses)} buses")
    for broken in check.breaches(problem, plan):
        place = f"buses[{broken.bus}].trips[{broken.trip}]" if broken.bus >= 0 else "plan"
        raise BadInput(place, f"{broken.zh},超出 {broken.amount}。", f"{broken.en}, by {broken.amount}")
    return dataclasses.replace(plan, most_servable=most_servable(problem))
