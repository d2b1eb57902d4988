"""The frame's own acts: the desk, find, language, letter size, the area I stand in. They change cookies and the session, nothing else."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from wanjia.doors.guard import guarded, public
from wanjia.doors.pages import next_of
from wanjia.orgs import scope
from wanjia.orgs.content import of_content
from wanjia.registry.lookups.commands import look_up

from . import search
from .frame import LARGE, STAND, STANDS

YEAR = 365 * 24 * 3600

set_language = public(django_set_language)


@public
@require_POST
def large_text(request):
    """Make letters large, or normal again, on this device."""
    answer = redirect(next_of(request) or "/")
    answer.set_cookie(LARGE, "1" if request.POST.get("large") == "1" else "0", max_age=YEAR, samesite="Lax", httponly=True)
    return answer


@guarded()
def desk(request):
    """What must I do now: notices, numbers and lists that the apps bring."""
    return render(request, "desk.html")


@guarded()
@of_content
def find(request):
    """Go to the one thing that was meant, or show what the words may mean."""
    text = request.GET.get("q", "").strip()[:60]
    look_up(request.user, text)
    exact = search.the_one(request.user, text) if text else None
    if exact:
        return redirect(exact)
    return render(request, "search.html", {"text": text, "found": search.matches(request.user, text) if text else []})


@guarded()
@require_POST
def stand(request):
    """Stand in another area of my reach, for this session: menus and the ledger open there."""
    code = request.POST.get("area", "")
    request.session[STAND] = code if code and scope.covers(request.user, code, duty=STANDS) else ""
    return redirect("desk")
