"""Members reviewed once a year (民主评议党员): paper ballots counted by two, a grade that is sealed and proposed by a meeting, told to each alone; no list by grade, no figure."""
