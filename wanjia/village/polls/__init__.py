"""One household, one vote (C26): paper and telephone in one secret count, own home left out, recounted by anybody.

secret     keys, blind signatures, codes, sealed ballots: numbers and texts alone
boarding   ballots → the published board; `village/verifier.py` recounts it without this house
"""
