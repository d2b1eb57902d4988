"""The labourers that one number counts."""

from django.http import Http404
from django.utils.translation import gettext as _

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.indicators.definitions import definition
from wanjia.orgs import scope
from wanjia.verdict import Refused

from ..duties import Duty
from ..monthly.changes import PARTS
from ..monthly.queries import EXPLAINED, name_of, ready
from ..states import Place
from . import queries, ways
from .asking import asked, opens_rows
from .population import LOOKS, WORKERS


@page("labour/rows/", *LOOKS)
def figure_rows(request):
    """Who is counted by one number of an area on a day, or is one part of its change; names in full for whoever keeps or sees the register."""
    _form, area, day = asked(request)
    if not opens_rows(request.user, area):
        raise Refused(_("您的岗位只看统计数,不看具体是谁。需要核对时请联系就业服务员。"))
    what = _what(request, day)
    if (what["part"] or what["way"] is not None) and not ready(area, day):
        raise Refused(_("这一天的数还在汇总,请过几分钟再看。"))
    n, rows = queries.rows(area, day, request.day, **what)
    shown = page_of(request, rows.order_by("village_id", "verified_on", "pk"), count=n)
    shown.object_list = queries.shown(list(shown.object_list), names=scope.covers(request.user, area.code, duty=Duty.SEE_LABOUR))
    return {
        "page": shown, "n": n, "item": definition(what["figure"]), "name": name_of(what["figure"]), "area": area, "day": day or request.day, "past": day is not None,
        "part": PARTS[what["part"]][0] if what["part"] else "", "places": dict(Place.choices) | {"": _("不在册")},
        "way": ways.called(what["way"]) or _("地点不详") if what["way"] is not None else "",
    }  # fmt: skip


def _what(request, day):
    """Return what the address asks: a figure of labourers, of which part, of which way. Raises Http404 for what is none."""
    figure, part, way = (request.GET.get(word) for word in ("figure", "part", "way"))
    try:
        item = definition(figure)
    except KeyError:
        raise Http404 from None
    if item.population != WORKERS.name or not WORKERS.askable({figure: item}, day):
        raise Http404
    if part and (part not in PARTS or figure not in EXPLAINED or day is None):
        raise Http404
    if way is not None and (day is None or figure != "place.outside"):
        raise Http404
    return {"figure": figure, "part": part or "", "way": way, "rest": bool(request.GET.get("rest"))}
