"""Pure planning engines: who gets what, who stands where, which bus goes round.

No Django, no network, no database. Each engine reads `problem.py` → `solve.py` → `check.py` → `explain.py`;
what all three share (bad input, stopping, progress, whole-file writing) is in `contract.py`.
"""
