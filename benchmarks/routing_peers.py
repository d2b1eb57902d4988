"""The peers of the routing bench, each with its own time limit in CPU seconds and one thread.

VROOM has a clock limit only: it gets the CPU limit times the crowding of the machine, measured just before, and a tenth more.
"""

import time
from datetime import timedelta

import numpy as np

from wanjia.planning.routing.buses.problem import Problem as Buses
from wanjia.planning.routing.vrp.problem import Problem as Vrp

SCALE = 10_000  # real lengths become whole numbers, for every peer alike


def crowding() -> float:
    """Return clock seconds for each CPU second, now."""
    cpu, clock = time.process_time(), time.monotonic()
    while time.process_time() < cpu + 0.8:
        pass
    return (time.monotonic() - clock) / (time.process_time() - cpu)


def _whole(problem: Vrp) -> tuple[np.ndarray, int]:
    scale = 1 if problem.rounding != "none" else SCALE
    return np.rint(problem.distances() * scale).astype(np.int64), scale


def vrp_pyvrp(problem: Vrp, seconds: float, seed: int) -> list[list[int]]:
    """PyVRP with its own defaults."""
    from pyvrp.solve import solve

    from wanjia.planning.routing.vrp.solve import _pyvrp_data

    end = time.process_time() + seconds
    found = solve(_pyvrp_data(problem), lambda best: time.process_time() > end, seed=seed, collect_stats=False)
    return [[v.idx + 1 for v in route if v.is_client()] for route in found.best.routes()]


def vrp_vroom(problem: Vrp, seconds: float, seed: int) -> list[list[int]]:
    """VROOM at its deepest exploration."""
    import vroom

    matrix, scale = _whole(problem)
    if scale == SCALE:
        matrix, scale = np.rint(problem.distances() * 100).astype(np.int64), 100
    given = vroom.Input()
    given.set_durations_matrix("car", matrix.astype(np.uint32))
    day = (0, int(problem.due[0] * scale)) if problem.timed else None
    for number in range(min(problem.vehicles, len(matrix) - 1, 120)):
        window = vroom.TimeWindow(*day) if day else None
        given.add_vehicle(vroom.Vehicle(number, start=0, end=0, capacity=[int(problem.capacity)], time_window=window))
    for node in range(1, len(matrix)):
        window = [vroom.TimeWindow(int(problem.ready[node] * scale), int(problem.due[node] * scale))] if day else []
        service = int(problem.service[node] * scale)
        job = vroom.Job(node, node, default_service=service, delivery=[int(problem.demand[node])], time_windows=window)
        given.add_job(job)
    found = given.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=1.1 * seconds * crowding()))
    table = found.routes
    jobs = table[table["type"] == "job"]
    return [[int(n) for n in group["id"]] for _, group in jobs.groupby("vehicle_id", sort=True)]


def vrp_ortools(problem: Vrp, seconds: float, seed: int) -> list[list[int]]:
    """OR-Tools routing with guided local search."""
    from ortools.constraint_solver import pywrapcp

    matrix, scale = _whole(problem)
    vehicles = min(problem.vehicles, len(matrix) - 1, 120)
    manager = pywrapcp.RoutingIndexManager(len(matrix), vehicles, 0)
    routing = pywrapcp.RoutingModel(manager)
    rows = matrix.tolist()
    cost = routing.RegisterTransitMatrix(rows)
    routing.SetArcCostEvaluatorOfAllVehicles(cost)
    load = routing.RegisterUnaryTransitVector([int(d) for d in problem.demand])
    routing.AddDimension(load, 0, int(problem.capacity), True, "load")
    if problem.timed:
        _windows(problem, routing, manager, matrix, scale)
    return _ortools_routes(routing, manager, vehicles, seconds)


def _windows(problem: Vrp, routing, manager, matrix: np.ndarray, scale: int) -> None:
    stay = (problem.service * scale).astype(np.int64)
    late = int(problem.due[0] * scale)
    drive = routing.RegisterTransitMatrix((matrix + stay[:, None]).tolist())
    routing.AddDimension(drive, late, late, False, "time")
    hours = routing.GetDimensionOrDie("time")
    for node in range(1, len(matrix)):
        hours.CumulVar(manager.NodeToIndex(node)).SetRange(int(problem.ready[node] * scale), int(problem.due[node] * scale))


def _ortools_routes(routing, manager, vehicles: int, seconds: float) -> list[list[int]]:
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    how = pywrapcp.DefaultRoutingSearchParameters()
    how.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    how.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    how.time_limit.FromSeconds(int(40 * seconds))
    end = time.process_time() + seconds
    routing.AddSearchMonitor(routing.solver().CustomLimit(lambda: time.process_time() > end))
    found = routing.SolveWithParameters(how)
    routes = []
    for vehicle in range(vehicles if found else 0):
        route, at = [], found.Value(routing.NextVar(routing.Start(vehicle)))
        while not routing.IsEnd(at):
            route.append(manager.IndexToNode(at))
            at = found.Value(routing.NextVar(at))
        routes.append(route)
    return [route for route in routes if route]


# School buses. Every peer says in which order each bus calls; node h is home h's pick-up, node H + h its school.


def bus_vroom(problem: Buses, seconds: float, seed: int, tight: bool) -> list[list[int]]:
    """VROOM shipments. It knows no ride limit: `tight` forbids pick-ups that could break it, loose ones are judged after."""
    import vroom

    given = vroom.Input()
    given.set_durations_matrix("car", problem.seconds.astype(np.uint32))
    given.set_costs_matrix("car", problem.metres.astype(np.uint32))
    given.set_distances_matrix("car", problem.metres.astype(np.uint32))
    last = max(s.bell_s for s in problem.schools)
    for number, bus in enumerate(problem.buses):
        window = vroom.TimeWindow(problem.earliest_s, last)
        given.add_vehicle(vroom.Vehicle(number, start=problem.yard, capacity=[bus.riders], time_window=window))
    for number, home in enumerate(problem.households):
        school = problem.schools[home.school]
        soonest = school.bell_s - problem.max_ride_s if tight else problem.earliest_s
        door = vroom.ShipmentStep(number, home.place, 0, home.boarding_s, [vroom.TimeWindow(soonest, school.bell_s)])
        gate = vroom.ShipmentStep(number, school.place, 0, 0, [vroom.TimeWindow(school.opens_s, school.bell_s)])
        given.add_shipment(door, gate, amount=vroom.Amount([home.children]))
    table = given.solve(exploration_level=5, nb_threads=1, timeout=timedelta(seconds=1.1 * seconds * crowding())).routes
    days: list[list[int]] = [[] for _ in problem.buses]
    for kind, bus, number in zip(table["type"], table["vehicle_id"], table["id"], strict=True):
        if kind in ("pickup", "delivery"):
            days[int(bus)].append(int(number) + (len(problem.households) if kind == "delivery" else 0))
    return days


def bus_pyvrp(problem: Buses, seconds: float, seed: int, tight: bool) -> list[list[int]]:
    """PyVRP shipments, optional with a prize; no ride limit, as above."""
    from pyvrp import Depot, Location, ProblemData, Shipment, VehicleType
    from pyvrp.solve import solve

    homes, schools = problem.households, problem.schools
    size = len(problem.places)
    last = max(s.bell_s for s in schools)
    metres, hours = (np.zeros((size + 1, size + 1), np.int64) for _ in range(2))
    metres[:size, :size], hours[:size, :size] = problem.metres, problem.seconds
    shipments = [
        Shipment(
            h.place,
            schools[h.school].place,
            schools[h.school].bell_s - problem.max_ride_s if tight else problem.earliest_s,
            schools[h.school].bell_s,
            h.boarding_s,
            schools[h.school].opens_s,
            schools[h.school].bell_s,
            0,
            [h.children],
            prize=100_000,
            required=False,
        )
        for h in homes
    ]
    kinds = sorted({bus.riders for bus in problem.buses})
    fleet = [
        VehicleType(sum(b.riders == k for b in problem.buses), [k], 0, 1, tw_early=problem.earliest_s, tw_late=last)
        for k in kinds
    ]
    depots = [Depot(problem.yard), Depot(size)]  # the second stands for "wherever the bus ends", at no cost
    data = ProblemData([Location(0, 0)] * (size + 1), [], depots, fleet, [metres], [hours], [], shipments)
    end = time.process_time() + seconds
    best = solve(data, lambda cost: time.process_time() > end, seed=seed, collect_stats=False).best
    free = {k: [n for n, b in enumerate(problem.buses) if b.riders == k] for k in kinds}
    days: list[list[int]] = [[] for _ in problem.buses]
    for route in best.routes() if best.is_feasible() else []:
        bus = free[kinds[route.vehicle_type()]].pop(0)
        days[bus] = [v.idx + (len(homes) if v.is_delivery() else 0) for v in route if v.is_shipment()]
    return days


def bus_ortools(problem: Buses, seconds: float, seed: int, tight: bool) -> list[list[int]]:
    """OR-Tools pick-up and delivery with the ride limit; without any lower end of the pick-up windows it places nobody at all."""
    from ortools.constraint_solver import pywrapcp

    homes, schools = problem.households, problem.schools
    count = len(homes)
    place = [h.place for h in homes] + [schools[h.school].place for h in homes] + [problem.yard, problem.yard]
    start, end, buses = 2 * count, 2 * count + 1, len(problem.buses)
    manager = pywrapcp.RoutingIndexManager(len(place), buses, [start] * buses, [end] * buses)
    routing = pywrapcp.RoutingModel(manager)
    stay = np.array([h.boarding_s for h in homes] + [0] * (count + 2))
    metres, hours = (table[np.ix_(place, place)].astype(np.int64) for table in (problem.metres, problem.seconds))
    metres[:, end] = hours[:, end] = 0  # a bus may end anywhere
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(metres.tolist()))
    last = max(s.bell_s for s in schools)
    clock = routing.RegisterTransitMatrix((hours + stay[:, None]).tolist())
    routing.AddDimension(clock, last, last, False, "time")
    time_of = routing.GetDimensionOrDie("time")
    change = [h.children for h in homes] + [-h.children for h in homes] + [0, 0]
    load = routing.RegisterUnaryTransitVector(change)
    routing.AddDimensionWithVehicleCapacity(load, 0, [b.riders for b in problem.buses], True, "load")
    for bus in range(buses):
        time_of.CumulVar(routing.Start(bus)).SetMin(problem.earliest_s)
    for number, home in enumerate(homes):
        door, gate = manager.NodeToIndex(number), manager.NodeToIndex(count + number)
        routing.AddPickupAndDelivery(door, gate)
        routing.solver().Add(routing.VehicleVar(door) == routing.VehicleVar(gate))
        routing.solver().Add(time_of.CumulVar(door) <= time_of.CumulVar(gate))
        routing.solver().Add(time_of.CumulVar(gate) - time_of.CumulVar(door) <= problem.max_ride_s)
        school = schools[home.school]
        time_of.CumulVar(gate).SetRange(school.opens_s, school.bell_s)
        soonest = school.bell_s if tight else school.opens_s
        time_of.CumulVar(door).SetRange(max(problem.earliest_s, soonest - problem.max_ride_s), school.bell_s)
        routing.AddDisjunction([door], 1_000_000)
        routing.AddDisjunction([gate], 1_000_000)
    return _ortools_routes(routing, manager, buses, seconds)
