"""Ventures of homes by consent, on the public board (C30)."""
