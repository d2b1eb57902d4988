"""The rows behind one number of care: what the figures of helpers, pairs, classes and canteens open."""
