"""Lead and helpers (A32, B6): the lead asks other units for sub-tasks of their own day, consults with them, and answers the household alone."""
