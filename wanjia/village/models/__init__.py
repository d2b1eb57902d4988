"""What village self-governance keeps."""

from .bodies import BodySeat, GoverningBody
from .deciding import Filing, Objection, PublicNotice
from .meetings import AgendaItem, Meeting, MeetingSeat

__all__ = ["AgendaItem", "BodySeat", "Filing", "GoverningBody", "Meeting", "MeetingSeat", "Objection", "PublicNotice"]
