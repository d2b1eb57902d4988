"""The list of vacancies for officers, one vacancy, and the board that everybody may read and a village may print."""

from django.http import Http404

from wanjia.doors.guard import PUBLIC
from wanjia.doors.listing import block_of, page_of
from wanjia.doors.reading import page
from wanjia.orgs import scope
from wanjia.orgs.models import Area, Level
from wanjia.policy import vacancy_words
from wanjia.policy.work_places import place_class

from ..demand_states import Boarding, Month
from ..duties import Duty
from ..employers import asking as employers
from ..employers.rules import READS
from ..states import Place
from ..workers.asking import trade_choices
from . import asking, pages, queries
from .subjects import VACANCIES

SORTS = {"until": ("until_on", "pk"), "pay": ("-pay_to", "pk"), "left": ("-left", "pk"), "place": ("place", "pk")}
WHERE = [(one.value, one.label) for one in (Place.COUNTY, Place.CITY, Place.PROVINCE, Place.OUTSIDE)]
FOLDED = ("sector", "boarding", "month", "pay", "home_by")  # filters that stand folded away until one is used
BOARD = 40  # vacancies on one sheet of paper


def home_of(actor):
    """Return the area code from which the actor sees work: the widest of his own."""
    found = scope.areas(actor, duty=READS)
    return found[0].pk if found else whole_area()


def whole_area():
    """Return the code of the widest area that this house is for; "" where no area stands yet."""
    return Area.objects.filter(parent=None).order_by("code").values_list("code", flat=True).first() or ""


@page("vacancies/", *READS)
def vacancies(request):
    """Vacancies by how they stand, narrowed as the address asks; how many places the shown ones have."""
    actor, day = request.user, request.day
    tabs = queries.tabs(actor, day)
    tab = request.GET.get("tab") if request.GET.get("tab") in tabs else "live"
    home = home_of(actor)
    rows = queries.narrowed(tabs[tab], request.GET, home)
    found = page_of(request, rows, sorts=SORTS, default="until")
    for one in found:
        one.seen_from_here = one.place_from(home)
    return {
        "page": found, "tab": tab, "counts": {name: some.order_by().count() for name, some in tabs.items()}, "places": queries.places_in(rows), "day": day, "where": WHERE,
        "trades": trade_choices(), "sectors": employers.sectors(None, actor, day), "boardings": Boarding.choices, "months": Month.choices, "hours": asking.home_by(None, actor, day),
        "narrowed": any(request.GET.get(name) for name in ("q", "trade", "where", *FOLDED)), "more": any(request.GET.get(name) for name in FOLDED),
    }  # fmt: skip


@page("vacancies/<uuid:vacancy_id>/", *READS, of=VACANCIES, moves=True)
def vacancy(request, one):
    """One vacancy: what is offered, whether it is true and until when that holds, what the law warns of, who started."""
    day, home = request.day, home_of(request.user)
    return {
        "day": day, "live": queries.is_open(one, day), "stale": one.stale_on is not None and one.stale_on <= day, "over": one.until_on <= day, "seen_from_here": one.place_from(home),
        "found": pages.told(vacancy_words.judge(one.offer, day)), "starts": block_of(request, queries.starts_of(one, request.user), 20, word="starts"),
        "keeps": request.user.has_duty(Duty.KEEP_EMPLOYERS),
    }  # fmt: skip


@page("jobs/", PUBLIC)
def jobs(request):
    """Every vacancy that stands open, for anybody: no account, nothing noted about who reads. Townships lead to the sheet of each village."""
    rows = queries.narrowed(queries.live(request.day), request.GET, whole_area())
    counties = Area.objects.on(request.day).filter(level=Level.COUNTY).order_by("code")
    return {
        "page": page_of(request, rows, sorts=SORTS, default="until"), "places": queries.places_in(rows), "counties": counties, "trades": trade_choices(),
        "hours": asking.home_by(None, None, request.day), "day": request.day, "narrowed": any(request.GET.get(name) for name in ("q", "trade", "home_by")),
    }  # fmt: skip


@page("jobs/<str:code>/", PUBLIC)
def job_board(request, code):
    """The sheet of one place, to be read or printed and put up: the nearest work first, with the office to ask."""
    if not (code.isascii() and code.isdigit()):
        raise Http404
    place = Area.objects.on(request.day).filter(pk=code[:12]).select_related("parent__parent").first()
    if place is None:
        raise Http404
    every = queries.nearest_first(queries.live(request.day), place.pk)
    for one in every:
        one.where = Place(place_class(place.pk, one.place) or Place.NONE)
    below = Area.objects.on(request.day).filter(parent=place).exclude(level=Level.GROUP).order_by("code")
    return {
        "place": place, "rows": every[:BOARD], "n": len(every), "most": BOARD, "places": sum(one.left for one in every), "below": below, "ask": queries.office_of(place, request.day), "day": request.day,
    }  # fmt: skip
