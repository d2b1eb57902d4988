"""Calls by freshness (动态监测): who is asked next, three answers, the risk of a return."""
