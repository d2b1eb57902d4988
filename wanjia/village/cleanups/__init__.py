"""Clean-up days (C25): sections given to homes or volunteers, who turned out, what is clean."""
