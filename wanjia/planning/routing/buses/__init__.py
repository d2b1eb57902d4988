"""School escort buses (护学专车): who rides which bus, when, and why. Read problem, stops, solve, check, explain, fares.

`kernel` and `anneal` are the compiled search behind `solve`; `wire` reads and writes the JSON files.
"""
