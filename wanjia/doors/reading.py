"""A page that is read, declared at the function that gathers what stands on it: its address, whom it opens to, its row, its template.

    @page("tasks/<uuid:task_id>/", of=TASKS, door=of_content, moves=True)
    def task(request, one):
        ...
        return {"need": one.need, "sees_need": …}

It is found by its file, as acts are (`views.py` in any room of an app), and stands under the name of its function: an app writes no `urls.py`. The
template is called as the function is, in the folder of its room. Every page has one moment: `request.at`, and its day `request.day`.
"""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache, wraps
from importlib import import_module
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wanjia.kernel import acts

from .guard import PUBLIC, View, guarded, public
from .moment import stamped
from .pages import legal_and_not, row_or_404, urls_of

Door = Callable[[View], View]
PAGES: dict[str, list[URLPattern]] = {}  # by the name of the app under which they stand
OPENS: dict[str, tuple[tuple[Any, ...], Door | None]] = {}  # the full name of a page → its duties, and what else stands before it


def page(
    address: str, *duties: Any, name: str = "", template: str = "", of: acts.Subject | None = None, moves: bool = False, door: Door | None = None,
    fresh: bool = False, sends: bool = False, under: str | None = None, given: dict[str, Any] | None = None,
) -> Callable[[View], View]:  # fmt: skip
    """Declare the decorated function as a page: view(request[, row], **ids) → what its template shows, or the whole answer; of a page with
    several faces (the name of its template, what that shows).

    duties: of which one opens it; none: whoever is signed in; PUBLIC: everybody. door: what else stands before it
    of: whose row its address names; the duty that opens the page is the one by which its row is seen
    moves: it shows what may be done to the row now (`legal`, and `aside` of these those that stand behind), and why not the rest (`not_now`)
    fresh: no browser keeps it; sends: it only takes what a button sends; under: the app whose name it bears, where that is another's ("": none)
    given: what the view is told by the address itself. A page with two addresses is declared twice.
    """

    def declare(view: View) -> View:
        label = _label(view) if under is None else under
        opened = _opened(view, template, of, moves)
        for wanted, inner in ((sends, require_POST), (fresh, never_cache)):
            opened = inner(opened) if wanted else opened
        opened = _of_its_row(opened, of, duties) if of else opened
        opened = door(opened) if door else opened
        guard = public if duties == (PUBLIC,) else guarded(*duties)
        OPENS[f"{label}:{name or view.__name__}".lstrip(":")] = duties, door
        put(address, guard(opened), name=name or view.__name__, label=label, given=given)
        return view

    return declare


def put(address: str, view: View, *, name: str, label: str, given: dict[str, Any] | None = None) -> None:
    """Let a guarded view stand under an address of an app."""
    PAGES.setdefault(label, []).append(path(address, view, given, name=name))


def _label(view: View) -> str:
    config: Any = apps.get_containing_app_config(view.__module__)
    return str(config.label)


def _template(view: View, face: str) -> str:
    """registry/aid/cut.html of "cut" in wanjia.registry.aid.views; one that names its folder stands as it is."""
    app, *rooms, _views = view.__module__.removeprefix("wanjia.").split(".")
    return face if "/" in face else "/".join([app, *rooms, f"{face}.html"])


def _opened(view: View, template: str, of: acts.Subject | None, moves: bool) -> View:
    @wraps(view)
    def opened(request: Any, *row: Any, **ids: Any) -> HttpResponseBase:
        stamped(request)
        shown = view(request, *row, **ids)
        if isinstance(shown, HttpResponseBase):
            return shown
        face, shown = shown if isinstance(shown, tuple) else (template or view.__name__, shown)
        facts: dict[str, Any] = {of.word or of.key: row[0]} if of else {}
        return render(request, _template(view, face), facts | (moves_of(request, of, *row) if of and moves else {}) | shown)

    return opened


def moves_of(request: Any, of: acts.Subject, row: Any) -> dict[str, Any]:
    """Return what may be done to a row now (`legal`, `aside`), and why not the rest (`not_now`), for a page that finds its row by itself."""
    legal, not_now = legal_and_not(of, request.user, row, request.at)
    return {"legal": [one for one in legal if not one.aside], "aside": [one for one in legal if one.aside], "not_now": not_now}


def _of_its_row(view: View, of: acts.Subject, duties: Any) -> View:
    @wraps(view)
    def with_row(request: Any, **ids: Any) -> HttpResponse:
        answer: HttpResponse = view(request, row_or_404(of, request.user, ids.pop(of.keyword), duty=duties), **ids)
        return answer

    return with_row


def opens(name: str) -> tuple[tuple[Any, ...], Door]:
    """Return the duties of which one opens a page, and what else stands before it: a call that tells what the page shows asks the same."""
    discover()
    duties, door = OPENS[name]
    return duties, door or (lambda view: view)


@cache
def discover() -> None:
    """Import every views.py of the installed apps: what is declared there has its address."""
    for config in apps.get_app_configs():
        for room in _rooms(config):
            import_module(room)


def _rooms(config: AppConfig) -> Iterator[str]:
    if config.name in settings.WANJIA_APPS:
        yield from (room.name for room in pkgutil.walk_packages([config.path], f"{config.name}.") if room.name.endswith(".views"))


def urls_of_app(label: str) -> list[URLPattern]:
    """Return the address patterns of all acts that an app declares, subject by subject, and of the pages that stand under its name; an address that
    takes a word comes after those that spell one."""
    discover()
    subjects = {id(one.subject): one.subject for one in acts.ACTS.values() if one.app == label}
    ours = sorted(PAGES.get(label, []), key=lambda one: any(f"<{kind}:" in str(one.pattern) for kind in ("str", "slug")))
    return [*(way for subject in subjects.values() for way in urls_of(subject)), *ours]
