"""Rounds of asking (集中摸排): an area, a last day, how far it is."""
