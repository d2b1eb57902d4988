"""Wanjia (万家): every difficulty a household voices becomes one owned, dated promise.

Read `docs/tour.md` first: it follows one need from the visit to the published figure.
"""

__version__ = "0.2.0"  # the one place that says it; CHANGELOG.md begins with the same
