"""Lists on pages: sorted, cut into pages, and asking the same number of queries for one row and for fifty."""

from django.core.paginator import Paginator
from django.db.models.expressions import OrderBy

PER_PAGE = 50


def page_of(request, rows, *, sorts=None, default="", per_page=PER_PAGE):
    """Sort and cut `rows` (a query set) as the address asks (?sort=-due&page=2); return the Django page.

    sorts: {word in the address: tuple of order_by fields}; an unknown word falls back to `default`. The page carries
    `sort` (the word in force), so that headings can show it.
    """
    sorts = sorts or {}
    asked = request.GET.get("sort", default)
    if asked.lstrip("-") not in sorts:
        asked = default
    if asked.lstrip("-") in sorts:
        rows = rows.order_by(*_fields(sorts[asked.lstrip("-")], backwards=asked.startswith("-")))
    page = Paginator(rows, per_page).get_page(request.GET.get("page"))
    page.sort = asked
    return page


def _fields(names, *, backwards):
    return [_turned(name) if backwards else name for name in names]


def _turned(name):
    if isinstance(name, OrderBy):  # rows without a value stay where they are, whichever way the others are turned
        return OrderBy(name.expression, descending=not name.descending, nulls_first=name.nulls_first, nulls_last=name.nulls_last)
    return name[1:] if name.startswith("-") else f"-{name}"
