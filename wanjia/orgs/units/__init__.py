"""Organisations: keep them, know them by the names that papers bear."""
