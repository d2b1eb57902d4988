"""On the spot (A40, A44): one look that serves all units, what was found with owner, basis and day, the printed order, the recheck; overdue climbs by the ledger's own ladder."""
