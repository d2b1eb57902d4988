"""Charter departures (点对点包车): who leaves when, on which coach or train, and when each arrives.

Read problem, plain (the deadline rule we compare with), pools, drive, solve, check, explain; `wire` is the JSON.
"""
