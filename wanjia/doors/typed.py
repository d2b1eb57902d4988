"""What somebody typed into a form that could not be taken is given back on the page that says so: nothing has to be typed again."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

SECRET = ("password", "code")  # parts of the names of fields that no page repeats
FRAME = ("csrfmiddlewaretoken", "key", "next")


def from_own_page(request: HttpRequest) -> bool:
    """Tell whether a form was sent by a page of ours. What another site sends is shown to nobody as if they had typed it."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(origin) and urlsplit(origin).netloc == request.get_host()


def typed_in(request: HttpRequest) -> dict[str, Any]:
    """Return {pairs: [(name, value)] to be sent again, words: the texts among them}; both empty for what is not ours."""
    if request.method != "POST" or not from_own_page(request):
        return {"pairs": [], "words": []}
    pairs = [
        (name, value) for name, values in request.POST.lists() for value in values
        if name != FRAME[0] and not any(part in name for part in SECRET)
    ]  # fmt: skip
    return {"pairs": pairs, "words": [value for name, value in pairs if name not in FRAME and (" " in value or not value.isascii())]}


@never_cache
def expired(request: HttpRequest) -> HttpResponse:
    """The page for whoever sends a form after the sign-in has run out: what was typed stands on it, and is sent from it."""
    return render(request, "expired.html", {"typed": typed_in(request), "where": request.get_full_path()}, status=401)
