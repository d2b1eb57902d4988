"""Routing (线路规划): school escort buses, charter departures and plain vehicle routing. Pure: no Django, no clock, no network.

Read `matrix` (distances and where they come from), `law` (what the law asks of a school vehicle), then `buses`, `charters`, `vrp`:
in each problem, solve, check, explain. The network is touched only by the two road-server clients of `matrix`.
"""
