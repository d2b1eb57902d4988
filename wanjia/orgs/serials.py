"""Numbers that rows bear one after another: receipts, versions, files."""

from django.db.models import Max


def next_serial(rows, field="serial"):
    """Return the next number of some rows, from 1 on. Whoever numbers another of them meanwhile is kept waiting (`locks.hold`, or a row above that is locked), or refused by the table."""
    return (rows.aggregate(n=Max(field))["n"] or 0) + 1
