"""Who leaves for work and how they are carried (点对点、一站式, B16–B19, B39): a list, coaches by the routing engine, the roll, the hand-over, the calls after.

plans     rows → season → trips; the only file that speaks to the engine
timing    what a change by hand breaks: another trip, another hour
rules, queries, commands, views: the list and the versions; beside them stand the rooms riding (the day and after) and trips (a coach before it leaves)
"""
