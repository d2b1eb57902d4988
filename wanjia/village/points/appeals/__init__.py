"""Appeals against a line of points, or against there being none: within five working days, owned by one person, answered by another than approved it (rules.md §f.6)."""
