"""What care counts: one file of definitions a population."""
