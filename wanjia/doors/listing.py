"""Lists on pages: sorted, cut into pages, and asking the same number of queries for one row and for fifty."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models.expressions import OrderBy
from django.http import HttpRequest

PER_PAGE = 50
Sorted = str | OrderBy  # as order_by takes it


class Asked:
    """Rows of which the first are asked for by a question that is made already (`orgs.asked_by`): a query set is made for later pages alone."""

    def __init__(self, first: Callable[..., Sequence[Any]], rows: Callable[[], models.QuerySet[Any]], n: Callable[[], int] | None = None) -> None:
        """first: asks for the first page of them, better for one more, or for all; where the list is sorted, by the fields that it is called with; rows:
        makes the query set; n: counts them, where there may be more.
        """
        self._first, self._rows, self._n = first, rows, n

    def order_by(self, *names: Sorted) -> "Asked":
        """Sort them."""
        return Asked(lambda: self._first(*names), lambda: self._rows().order_by(*names), self._n)

    @cached_property
    def first(self) -> Sequence[Any]:
        """The first rows."""
        return self._first()

    @cached_property
    def rows(self) -> models.QuerySet[Any]:
        """The query set."""
        return self._rows()

    def __getitem__(self, which: slice) -> Any:
        return self.first[which] if not which.start and which.stop <= len(self.first) else self.rows[which]

    def upto(self, most: int) -> Sequence[Any]:
        """Return the first rows, `most` at most: these are all where they are fewer."""
        return self.first[:most]

    def count(self) -> int:
        """Count them."""
        return self._n() if self._n else self.rows.count()


def page_of(
    request: HttpRequest,
    rows: models.QuerySet[Any] | Asked,
    *,
    sorts: Mapping[str, Sequence[Sorted]] | None = None,
    default: str = "",
    per_page: int = PER_PAGE,
    count: int | None = None,
    most: int | None = None,
    word: str = "page",
) -> Page[Any]:
    """Sort and cut `rows` (a query set) as the address asks (?sort=-due&page=2); return the Django page.

    sorts: {word in the address: tuple of order_by fields}; an unknown word falls back to `default`. The page carries
    `sort` (the word in force), so that headings can show it. count: how many `rows` are, from whoever has counted them already.
    most: rows beyond which they are counted no further than to the page after this one: the page then says `beyond`, and goes on by “next”.
    word: what the address calls the number of the page, where a page shows several lists; the list's own id on the page, too.
    """
    sorts = sorts or {}
    asked = request.GET.get("sort", default)
    if asked.lstrip("-") not in sorts:
        asked = default
    if asked.lstrip("-") in sorts:
        rows = rows.order_by(*_fields(sorts[asked.lstrip("-")], backwards=asked.startswith("-")))
    cut: Any = rows  # a paginator asks of it no more than a number and a slice
    paginator, beyond = Paginator(cut, per_page), False
    if count is not None:
        paginator.count = count  # a cached property, known beforehand
    elif most is not None:
        paginator.count, beyond = _counted(rows, most, request.GET.get(word), per_page)
    page = paginator.get_page(request.GET.get(word))
    page.beyond = most if beyond else None  # type: ignore[attr-defined]  # its note to the line under the list
    page.sort = asked  # type: ignore[attr-defined]  # the page goes to a template, and this is its note to the headings
    page.word = word  # type: ignore[attr-defined]  # and its note to the line under the list
    return page


def _counted(rows: Any, most: int, asked: str | None, per_page: int) -> tuple[int, bool]:
    """Return (how many rows there are, counted no further than the page after the one asked for; whether they are more than `most`)."""
    end = max(most, int(asked) * per_page) if asked and asked.isdecimal() and len(asked) < 7 else most
    n = rows.order_by().values("pk")[: end + 1].count()
    return n, n > most


def block_of(request: HttpRequest, rows: models.QuerySet[Any] | Asked, most: int, *, word: str) -> Page[Any]:
    """Cut the rows of a block that stands among others, `most` at a time: it says how many there are, and leads to the rest.

    A short block is asked for once and never counted.
    """
    first = None if word in request.GET else rows.upto(most + 1) if isinstance(rows, Asked) else list(rows[: most + 1])
    return page_of(request, rows if first is None or len(first) > most else first, per_page=most, word=word)  # type: ignore[arg-type]  # a list is cut alike


def _fields(names: Sequence[Sorted], *, backwards: bool) -> list[Sorted]:
    return [_turned(name) if backwards else name for name in names]


def _turned(name: Sorted) -> Sorted:
    if isinstance(name, OrderBy):  # rows without a value stay where they are, whichever way the others are turned
        return OrderBy(name.expression, descending=not name.descending, nulls_first=name.nulls_first, nulls_last=name.nulls_last)
    return name[1:] if name.startswith("-") else f"-{name}"
