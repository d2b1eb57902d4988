"""One household, one vote (C26): paper and telephone in one secret count, own home left out, recounted by anybody (ADR 146).

secret     keys, blind signatures, codes, sealed ballots: numbers and texts alone
reading    what is typed by several lines
boarding   ballots → the published board; `village/verifier.py` recounts it without this house
issuing    ticks, links, tokens signed blind
casting    a home's own pages: take a token, cast a ballot; the board and its verifiers
counting   heaps of paper, agreed by another; the count
"""
