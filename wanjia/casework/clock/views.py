"""The planned list: what was put off to a plan stays in sight until its day."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.content import of_content

from . import queries


@page("planned/", door=of_content)
def planned(request):
    """Every planned need that I see: where, since when, what, the next step, when it is to stand."""
    return {"page": page_of(request, queries.planned(request.user)), "day": request.day}
