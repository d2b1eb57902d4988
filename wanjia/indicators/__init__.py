"""Figures as definitions: name, unit, population, numerator, denominator, rounding, source."""
