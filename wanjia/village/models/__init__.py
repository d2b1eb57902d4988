"""What village self-governance keeps."""

from .bodies import GoverningBody
from .polls import Poll, PollClass, PollHeap, PollHome, SealedBallot

__all__ = ["GoverningBody", "Poll", "PollClass", "PollHeap", "PollHome", "SealedBallot"]
