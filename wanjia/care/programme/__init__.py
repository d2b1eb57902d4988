"""Everything of a programme of care in one place (党旗护苗): each number from its population, each leading to its rows (A1)."""
