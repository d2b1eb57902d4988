"""What all of care counts: one file of definitions a population."""
