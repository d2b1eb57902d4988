"""What village self-governance keeps."""

from .bodies import BodySeat, GoverningBody
from .deciding import Filing, Objection, PublicNotice
from .meetings import AgendaItem, Meeting, MeetingSeat
from .polls import Poll, PollClass, PollHeap, PollHome, SealedBallot

__all__ = [
    "AgendaItem", "BodySeat", "Filing", "GoverningBody", "Meeting", "MeetingSeat", "Objection", "Poll", "PollClass", "PollHeap", "PollHome", "PublicNotice", "SealedBallot",
]  # fmt: skip
