"""The rows behind one number of care: what the figures of helpers, pairs, classes, canteens, wishes and gifts open."""
