"""Pledges of members (C4): followed like needs until they are kept or not, never ranked."""
