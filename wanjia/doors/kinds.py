"""What apps bring to pages: entries of the menu, notices of what waits, cards beside another app's page, finders of the search."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """One entry of the menu: the name of its address, icon, words, section (work, care, schools, labour, village, register, figures, keeping) and rank in it.

    duties: of which one opens it (none: everybody); acts: patterns of addresses of acts that its queue leads to; content: not for
    those whose posts open no content; by_area: its address takes ?area=; hand: rank in the bottom bar, under the words `short`;
    often: None, or the duties of those who open it daily: in a long menu it is folded for everybody else.
    """

    name: str
    icon: str
    words: str
    section: str
    rank: int
    duties: tuple[Any, ...] = ()
    acts: tuple[Any, ...] = ()
    content: bool = False
    by_area: bool = False
    short: str = ""
    hand: int = 0
    often: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class Notice:
    """How many of something wait for the reader, in one sentence that leads to where they lie.

    count(user, day) → n, nothing is said of 0; words: ngettext_lazy with %(n)s; where: "page" (the head of every page), "desk", "bar";
    query: what is asked of the page, where it has several lists ("list=late").
    """

    count: Callable[..., Any]
    words: object
    name: str
    where: str = "page"
    tone: str = "warn"
    icon: str = "alert"
    rank: int = 0
    query: str = ""


@dataclass(frozen=True)
class Beside:
    """What stands on another app's page, in the gap that the page names: {% beside "home" home %}.

    facts(request, about) → what `template` needs, or None where nothing is shown.
    """

    gap: str
    template: str
    facts: Callable[..., Any]
    rank: int = 0


@dataclass(frozen=True)
class Finder:
    """One kind of thing that the search box finds.

    found(actor, text) → what `template` needs, None for nothing; exact(actor, text) → the address of the one that was meant, or None.
    """

    template: str
    found: Callable[..., Any]
    exact: Callable[..., Any] | None = None
    rank: int = 0


@dataclass(frozen=True)
class Carried:
    """A page that opens without signal. words: how it is called in the list of such pages; act: what is filled in there may wait for the line.

    It is asked for with the header `Satchel: 1` and then leaves out what may not lie on a device, sealed or not.
    """

    path: str
    words: object
    act: bool = False
