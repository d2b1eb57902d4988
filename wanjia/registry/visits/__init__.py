"""Home visits: planned, recorded in six parts, due; findings that the ledger turns into needs."""
