"""What climbs, rung by rung; the morning's digest."""

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from wanjia.casework.duties import Duty
from wanjia.doors.listing import page_of
from wanjia.doors.reading import page
from wanjia.orgs import scope
from wanjia.orgs.content import of_content
from wanjia.policy.ladder import in_force

from ..states import Level
from . import digest, queries
from .words import whose

COORDINATES = (Duty.ASSIGN_NEEDS,)
OURS = "ours"  # the tab of what the desk's notice counts


@page("climbing/", door=of_content)
def climbing(request):
    """Every need I see of which a limit was passed and somebody told: by rung, the highest first."""
    rows = queries.climbing(request.user)
    counts, asked = queries.levels(rows), request.GET.get("rung", "")
    level = int(asked) if asked in {str(one.value) for one in Level} else None
    ours = queries.told_to_us(request.user, rows)
    page = page_of(request, ours if asked == OURS else rows.filter(rung_level=level) if level else rows)
    for need in page:
        need.rung_words, need.rung_whose = Level(need.rung_level).label, whose(need.rung_clock, need.rung_step)
    rungs = [(str(one.value), one.label, counts.get(one.value, 0)) for one in Level]
    tabs = [("", None, sum(counts.values())), (OURS, _("与本单位有关的"), ours.order_by().count()), *rungs]
    return {"page": page, "tabs": tabs, "asked": asked if level or asked == OURS else "", "edition": in_force(request.day)}


@page("digests/", *COORDINATES, door=of_content)
def digests(request):
    """One day's digest of my desk in full, the newest unless another is asked for (?day=), and the list of all days."""
    every = digest.of_units(scope.units(request.user, duty=Duty.ASSIGN_NEEDS))
    day = _day(request.GET.get("day", "")) or every.values_list("day", flat=True).first()
    shown = [{"digest": one, "below": digest.below(one), "rungs": _rungs(one)} for one in every.filter(day=day)]
    return {"page": page_of(request, every, per_page=20), "shown": shown}


def _day(text):
    try:
        return parse_date(text)
    except ValueError:
        return None


def _rungs(one):
    return [(Level(int(level)).label, n) for level, n in sorted(one.content["rungs"].items())]
