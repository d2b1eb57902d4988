"""What schools keep."""

from .plans import PlanContact, PlanMark, PlanRisk, PlanSignature, PlanVersion, Post
from .year import Bell, Gate, School, SchoolDay, Term

__all__ = ["Bell", "Gate", "PlanContact", "PlanMark", "PlanRisk", "PlanSignature", "PlanVersion", "Post", "School", "SchoolDay", "Term"]
