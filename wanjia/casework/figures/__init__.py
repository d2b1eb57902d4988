"""The needs as a population that figures count (figures.toml beside this folder)."""
