"""The demo county's ledger: the paper ledger of 2023, and the months since, lived day by day by its own people (living.py)."""
