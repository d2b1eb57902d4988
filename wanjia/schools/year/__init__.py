"""Schools, terms, days that are not as others, bells, gates: the school year as data (A46, A47)."""
