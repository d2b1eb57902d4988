"""Who gets what: the allocation engine (分配引擎).

Read problem.py (what is asked), solve.py (the answer and its gap), check.py (the referee, no code shared with the solver),
explain.py (why this one), then levels.py, kernels.py, sweeps.py, proof.py (how), rules.py (floors, families, promises),
replan.py, and texts.py, columns.py, market.py, candidates.py for claimants and lots as columns.
"""
