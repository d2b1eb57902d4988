"""Bodies (C1, C15): their names, seats and terms; the rolls of adults and homes as of a day."""
