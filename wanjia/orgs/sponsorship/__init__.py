"""Sponsorship (A3 挂联): today's sponsor of a village; gaps and overlaps."""
