"""What schools keep."""

from .year import Bell, Gate, School, SchoolDay, Term

__all__ = ["Bell", "Gate", "School", "SchoolDay", "Term"]
