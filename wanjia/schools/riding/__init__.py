"""A morning and an afternoon: the roll on the attendant's telephone, with a line or without one; nobody is left in a bus."""
