"""Keeping the key ring: its recovery sheet in two halves."""
