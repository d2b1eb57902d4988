"""A seat that nobody will sit in: freed alike by a no, by whoever is taken off a list, and by whoever leaves the roll."""
