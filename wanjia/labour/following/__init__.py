"""What follows when the register changes: moves, deaths, merges, statuses of homes."""
