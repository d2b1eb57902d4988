"""School escort buses (护学专车): who rides which bus, when, and why. Read problem, stops, solve, check, explain, fares.

The compiled search behind `solve`, in the order to read it: `kernel`, `insertion`, `state`, `ruin`, `anneal`; `choose` comes last.
`wire` reads and writes the JSON files.
"""
