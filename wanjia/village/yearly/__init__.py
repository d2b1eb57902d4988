"""A village's year in figures: what the village's own rooms count, on one page and one sheet."""
