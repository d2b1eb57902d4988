"""Recruitment (C5): the 25 steps of somebody who applied, by the rules of dates; opened by few, and each time written down."""
