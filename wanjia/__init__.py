"""Wanjia (万家): every difficulty a household voices becomes one owned, dated promise.

Read `docs/tour.md` first: it follows one need from the visit to the published figure.
"""
