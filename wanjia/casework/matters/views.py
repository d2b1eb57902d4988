"""What may be one matter, township by township; what stands together; one matter."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect

from wanjia.doors.guard import next_of, press, say
from wanjia.doors.listing import page_of
from wanjia.doors.pages import legal_and_not, row_or_404
from wanjia.doors.reading import page
from wanjia.orgs.content import of_content

from ..rules import SEES
from ..states import MatterKind
from . import queries
from .commands import add_to_matter, group_needs, keep_apart
from .rules import DECIDES, can_change
from .subjects import MATTERS

SHOWN = 10  # proposals on a page


@page("matters/", DECIDES)
def matters(request):
    """The proposals of one township, the largest first; or what stands together there."""
    places, day = list(queries.townships(request.user)), request.day
    by_place = queries.by_township(request.user, places, day)
    most = max(places, key=lambda one: len(by_place[one.code]), default=None)  # opened where something waits
    area = next((one for one in places if one.code == request.GET.get("area")), most)
    found = by_place[area.code] if area else []
    standing = queries.of_area(request.user, area) if area else []
    tab = "standing" if request.GET.get("tab") == "standing" else "likely"
    page = page_of(request, found if tab == "likely" else standing, per_page=SHOWN)
    groups = [one for one in (queries.group(request.user, matter) for matter in page) if one] if tab == "standing" else []
    counts = {"likely": len(found), "standing": standing.count() if area else 0}
    waiting = [(one, len(by_place[one.code])) for one in places]
    return {"page": page, "groups": groups, "tab": tab, "counts": counts, "places": waiting, "area": area}


@page("matters/decide/", DECIDES, name="decide_matter", sends=True)
def decide(request):
    """Do what a proposal's button says with the needs that are ticked; then the next proposal."""
    numbers, what = " ".join(request.POST.getlist("numbers")), request.POST.get("what")
    if what == "apart":
        press(request, keep_apart, numbers=numbers)
        say(request, keep_apart.act.done)
    elif what in MatterKind.values and request.POST.get("matter"):
        one = row_or_404(MATTERS, request.user, _key(request.POST["matter"]), duty=(DECIDES,))
        press(request, add_to_matter, matter_id=one.pk, numbers=numbers)
        say(request, add_to_matter.act.done)
    elif what in MatterKind.values:
        press(request, group_needs, numbers=numbers, kind=what)
        say(request, group_needs.act.done)
    else:
        raise Http404
    return redirect(next_of(request) or "casework:matters")


def _key(said):
    """Return the key of a matter that a form names; Http404 where it is none."""
    try:
        return UUID(said)
    except ValueError:
        raise Http404 from None


@page("matters/<uuid:matter_id>/", door=of_content)
def matter(request, matter_id):
    """One matter: its needs as far as I see them, its day, what may be done with all of them."""
    one = row_or_404(MATTERS, request.user, matter_id, duty=SEES)
    legal, not_now = legal_and_not(MATTERS, request.user, one, request.at)
    return {
        "matter": one, "group": queries.group(request.user, one), "day": request.day, "not_now": not_now,
        "legal": legal, "can_leave": bool(can_change(request.user, one)),
    }  # fmt: skip
