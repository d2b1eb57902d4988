"""Pages of the roll: a list to narrow, one labourer's timeline with what may be done."""

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs.scope import covers
from wanjia.registry.lookups.commands import look_up
from wanjia.registry.models import Absence

from ..duties import Duty
from ..keeping.queries import due
from ..states import OUTSIDE_COUNTY, Place
from . import asking, queries
from .subjects import WORKERS

MANY = 500  # labourers beyond which a list says "more than"
SORTS = {"place": ("village_id", "verified_on", "pk"), "verified": ("verified_on", "pk")}


@page("labour/workers/", Duty.SEE_LABOUR, template="list")
def workers(request):
    """The roll in one's reach, narrowed; found by name, initials, last four, number or telephone. A child by its initials."""
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "who", "place", "trade", "fresh", "wish", "area")}
    look_up(request.user, asked["q"])
    area = queries.area_asked(request.user, asked["area"])
    rows = queries.on_list(request.user, {**asked, "area": area}, due(request.day))
    page = page_of(request, rows, sorts=SORTS, default="place", most=MANY)
    areas = queries.areas_below(request.user, area)
    return {
        "page": page, "asked": asked, "area": area, "areas": [(one.code, one.short_name) for one in areas], "day": request.day,
        "places": Place.choices, "trades": asking.trade_choices(),
    }  # fmt: skip


@page("labour/workers/<uuid:worker_id>/", Duty.SEE_LABOUR, of=WORKERS, moves=True)
def worker(request, one):
    """One labourer: what holds today, one timeline, what may be done now. What the register says otherwise is said, not hidden."""
    absence = Absence.objects.filter(person_id=one.pk, to_on=None, for_work=True).first()
    lines = page_of(request, queries.timeline(one), per_page=30)
    return {
        "page": lines, "day": request.day, "corrects": covers(request.user, one.village_id, duty=Duty.KEEP_LABOUR),
        "phone": queries.numbers(request.user, [one]).get(one.pk, ""), "says_away": absence if absence and one.place not in OUTSIDE_COUNTY else None,
    }  # fmt: skip
