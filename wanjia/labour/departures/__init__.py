"""Who leaves for work and how they are carried (点对点、一站式, B16–B19, B39): a list, coaches by the routing engine, the roll, the hand-over, the calls after.

plans     rows → season → trips; the only file that speaks to the engine
families  whoever travels together sits together, by swaps that break nothing
timing    what a change by hand breaks: another trip, another hour
listing, trips, day: acts on the list, on a coach before it leaves, on the day and after
rules, queries, views: who may, what is shown
"""
