"""The one way in which the collective's money moves."""
