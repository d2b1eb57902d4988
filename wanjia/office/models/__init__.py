"""What an installation says of itself, and which records it disposed of by whose word."""

from .installation import Installation, Kind
from .retention import Disposal, DisposalItem, DisposalOutcome, RetentionHold

__all__ = ["Disposal", "DisposalItem", "DisposalOutcome", "Installation", "Kind", "RetentionHold"]
