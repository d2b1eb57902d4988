"""Closing (A33 销号): nine rules of an honest closing; recheck by the next tier; reopening keeps number and first clock."""
