"""转移就业月报: one month of an area as the bureau's table has it, each change since the month before explained by the people behind it."""
