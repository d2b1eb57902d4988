"""Read an earlier routing plan (this command's JSON, or a CVRPLIB `.sol` file) to continue from."""

import json
import re
from pathlib import Path

from wanjia.planning.contract import BadInput

from .check import cost_of
from .problem import Plan, Problem


def read_plan(problem: Problem, path: str | Path) -> Plan:
    """Raises BadInput naming the route that is at fault."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(str(path), "读不了这个方案文件。", f"cannot read this plan: {error}") from error
    try:
        routes = json.loads(text)["routes"] if text.lstrip().startswith("{") else _sol(text)
        found = tuple(tuple(int(client) for client in route) for route in routes)
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(f"{path}: routes", "方案里没有可用的路线。", "the plan has no usable routes") from error
    for number, route in enumerate(found):
        if not all(1 <= client < len(problem.xy) for client in route):
            raise BadInput(f"routes[{number}]", "有不认识的客户编号。", "it names an unknown client")
    if len({client for route in found for client in route}) != sum(map(len, found)):
        raise BadInput("routes", "有客户被访问两次。", "a client is visited twice")
    return Plan(found, cost_of(problem, found))


def _sol(text: str) -> list[list[str]]:
    return [match.split() for match in re.findall(r"^Route\s*#?\d+\s*:(.*)$", text, re.MULTILINE | re.IGNORECASE)]
