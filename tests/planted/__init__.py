"""Faults planted into the product, in memory: a year that does not find each of them proves nothing.

    python -m tests.planted [NAME …] [--seeds 5] [--days 365] [--needs 560] [--json]

Each fault is one function of the product put out of order for the time of a year (faults.py). The county is smaller than a real one;
its days, its people's ways and what is asked each evening are the same.
"""
