"""Figures (A54 截至目前): any figure, for any area, on any day, from rows."""
