"""What apps bring to have their units told outside the house (MESSAGES)."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class About:
    """What a message is about. words: as the message says it; place: the name of the page that lists such, where it is one of many.

    at_once: out of working hours too, for what is over before they begin: a gate without anybody in an hour.
    """

    key: str
    words: Any
    place: str
    at_once: bool = False
