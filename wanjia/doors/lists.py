"""A list and its rows that need no design of their own: pages, addresses and calls from one declaration; the addresses of an app that writes none.

An app brings it (`LISTS` in its brings.py); what its rows are, where it stands and how it is called says the Subject (`root`, `seen`, `over`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from ninja import Router

from wanjia.kernel import acts
from wanjia.kernel.brings import gather

from .calls import CALLED, answer_of, list_of, router_of, row_of
from .guard import guarded
from .listing import page_of
from .pages import legal_and_not, of_row
from .reading import urls_of_app


@dataclass(frozen=True, eq=False)
class List:
    """The rows of a subject, for whoever has the duty.

    columns: {field of the row: its heading}, the first one leads on; facts: the same of the row's own page, where the subject names one (`page`),
    which says too what may be done to it now, and why not the rest; narrowed: (rows, id or None) → {"figures": [{"id", "name", "shown"}],
    "rows": those that one figure counts}, where figures stand above them and open them.
    """

    subject: acts.Subject
    duty: Any
    columns: Mapping[str, Any]
    facts: Mapping[str, Any] | None = None
    narrowed: Callable[..., dict[str, Any]] | None = None

    @property
    def words(self) -> Any:
        """What it is called."""
        return self.subject.over[1]

    def page(self, request: Any) -> HttpResponse:
        """Show it: what makes a new row, figures that open their rows, the rows with what may be done to each."""
        found = self.subject.seen(request.user, duty=self.duty)
        more = self.narrowed(found, request.GET.get("figure")) if self.narrowed else {"rows": found}
        sorts = {name: (name, "pk") for name in self.columns}
        joined = [name for name in self.columns if self.subject.model._meta.get_field(name).is_relation]
        page = page_of(request, more["rows"].select_related(*joined), sorts=sorts, default=next(iter(self.columns)))
        mine = [one for one in acts.acts_on(self.subject) if one.page and request.user.has_duty(*one.duty)]
        shown = {"list": self, "page": page, "figures": more.get("figures", ()), "figure": request.GET.get("figure")}
        shown |= {"new": [(one.words, _address(one)) for one in mine if one.new], "rows": [self._row(row, mine) for row in page]}
        return render(request, "list.html", shown)

    def _row(self, row: Any, mine: list[acts.Act]) -> dict[str, Any]:
        """One row: its cells, and its page; without one, its acts, each of which judges on its own page whether it may be done now."""
        leads = reverse(self.subject.page, args=[row.pk]) if self.subject.page else ""
        doable = [] if leads else [(one.words, _address(one, row.pk)) for one in mine if one.button and not one.new]
        return {"cells": [_cell(row, name) for name in self.columns], "page": leads, "acts": doable}

    def row_page(self, request: Any, row: Any) -> HttpResponse:
        """Show one row: its facts, what the reader may do to it now, and why not the rest of what their duties let them."""
        legal, not_now = legal_and_not(self.subject, request.user, row, request.at)
        shown = {"list": self, "row": row, "about": self.subject.about(row), "facts": [(words, _cell(row, name)) for name, words in (self.facts or {}).items()]}
        shown["acts"] = [(one, _address(one, row.pk)) for one in legal if one.page and request.user.has_duty(*one.duty)]
        shown["not_now"] = [(one, why) for one, why in not_now if one.page and request.user.has_duty(*one.duty)]
        return render(request, "row.html", shown)

    def addresses(self) -> list[URLPattern]:
        """Return the patterns of the list, and of a row's page."""
        subject, name = self.subject, self.subject.over[0].partition(":")[2]
        ways = [path(f"{subject.root}/", guarded(self.duty)(self.page), name=name)]
        if self.facts:
            one = of_row(subject, self.duty)(self.row_page)
            ways.append(path(f"{subject.root}/<{subject.id}:{subject.keyword}>/", one, name=subject.page.partition(":")[2]))
        return ways


def _address(one: acts.Act, *key: Any) -> str:
    return reverse(f"{one.app}:{one.name}", args=key)


def _cell(row: Any, name: str) -> Any:
    said = getattr(row, f"get_{name}_display", None)
    value = said() if said else getattr(row, name)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def addresses() -> Iterator[tuple[list[URLPattern], str]]:
    """Yield (patterns, label) of every app that has no urls.py: all that it has is declared."""
    for config in apps.get_app_configs():
        if config.name in settings.WANJIA_APPS and not find_spec(f"{config.name}.urls"):
            lists = [one for one in gather("LISTS") if one.subject.over[0].partition(":")[0] == config.label]
            yield [*(way for one in lists for way in one.addresses()), *urls_of_app(config.label)], config.label


def routers() -> Iterator[Router]:
    """Yield a router for every subject of which an act stands on none yet: its rows are answered by what their model calls open."""
    alone = [one.subject for one in acts.ACTS.values() if one.call is not None and one not in CALLED]
    for subject in {one.key: one for one in alone}.values():
        router = router_of(subject, root=subject.root)
        for one in gather("LISTS"):
            if one.subject is subject:
                list_of(router, subject.root, answer_of(subject), page=subject.over[0], words=one.words, duty=one.duty)(_rows_of(one))
                row_of(router, subject, words=one.words, duty=one.duty)
        yield router


def _rows_of(one: List) -> Callable[..., Any]:
    def rows(request: Any, _asked: Any) -> Any:
        return one.subject.seen(request.user, duty=one.duty).order_by(next(iter(one.columns)), "pk")

    rows.__name__, rows.__doc__ = one.subject.root, f"The rows of {one.subject.root} that I see."
    return rows
