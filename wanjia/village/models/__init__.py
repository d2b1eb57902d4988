"""What village self-governance keeps."""

from .bodies import GoverningBody

__all__ = ["GoverningBody"]
