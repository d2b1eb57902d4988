"""Recompute everything that is kept twice, and name each difference. Writes nothing; reads chunk by chunk, in bounded memory."""

import hashlib
from dataclasses import asdict, dataclass

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from wanjia.indicators.definitions import everything, parts
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.kernel.models import Entry
from wanjia.reporting.figures.queries import stem
from wanjia.reporting.figures.tally import Tally
from wanjia.reporting.models import PublishedNotice

from ..figures.population import NEEDS
from ..models import Need, NumberSeries, Step
from ..papers.monthly import digest, said
from ..retiming.queries import all_moved
from . import days, erasures, posts, standing
from .folding import faults_of, needs_with_their_lines, vanished
from .reading import one_view


@dataclass(frozen=True)
class Difference:
    """One thing that is kept otherwise than it should be. what: the need's number, the figure, the notice, the series."""

    kind: str
    what: str
    column: str
    is_: str
    should: str

    def plain(self):
        """Return it as JSON keeps it."""
        return {name.rstrip("_"): value for name, value in asdict(self).items()}


def differences(at=None):
    """Yield every Difference, as of one moment of the database: read it to its end before any act of the same thread.

    at: the moment taken for now; by default the clock's, or the last line's when the clock runs behind.
    """
    with one_view():
        yield from _differences(at)


def _differences(at):
    day = today(at or max(timezone.now(), Step.objects.aggregate(last=Max("recorded_at"))["last"] or timezone.now()))
    every = {
        "need": _needs(), "post": posts.faults(), "day": days.faults(), "unit": standing.units(), "cell": standing.cells(),
        "figure": _figures(day), "notice": _notices(), "series": _series(),
        "retime": _retimes(day), "erasure": erasures.faults(),
    }  # fmt: skip
    for kind, found in every.items():
        for what, column, is_, should in found:
            yield Difference(kind, what, column, *(_shown(column, value) for value in (is_, should)))


def _shown(column, value):
    """Who runs the check reads no content: of a household's name and words a digest tells that they differ."""
    words = column in Need.erasure.word and value
    return "sha256:" + hashlib.sha256(str(value).encode()).hexdigest()[:12] if words else str(value)


def faults():
    """List the differences that something must have broken: dates which still wait to be counted anew are work, no fault."""
    return [one for one in differences() if one.kind != "retime"]


def checked():
    """Return how much there is to check."""
    return {"needs": Need.objects.count(), "notices": PublishedNotice.objects.count(), "figures": len(everything(NEEDS.name))}


def _needs():
    """Each need against the fold of its lines, its holdings, the household's words, the journal."""
    for need in needs_with_their_lines():
        for column, is_, should in faults_of(need):
            yield need.row["number"], column, is_, should
    for number in vanished():
        yield number, "need", "gone", "what the journal saw recorded"


def _figures(day):
    """Each figure live and as of today, for each county and township; the parts against their whole."""
    for digits in (6, 9):
        live, past = (Tally(Need.objects.all(), on, day, stem=stem(NEEDS, digits)).by("stem", everything(NEEDS.name)) for on in (None, day))
        for code in sorted(live.keys() | past.keys()):
            now, then = live.get(code, {}), past.get(code, {})
            for id_ in everything(NEEDS.name):
                if now.get(id_, 0) != then.get(id_, 0):
                    yield f"{id_} {code}", "live", now.get(id_, 0), then.get(id_, 0)
            yield from _sums(code, now)


def _sums(code, counted):
    for whole, prefix in (("needs.received", "path."), ("needs.open", "age.")):
        total = sum(counted.get(id_, 0) for id_ in parts(NEEDS.name) if id_.startswith(prefix))
        if total != counted.get(whole, 0):
            yield f"{prefix}* {code}", "sum", total, counted.get(whole, 0)


def _notices():
    """Each published notice from the lines that it counts; what it says and whose it is, from the journal's line of its first printing."""
    for published in PublishedNotice.objects.select_related("paper__area", "corrects__area"):
        number, again = published.paper.number, digest(published)
        if again != published.digest:
            yield number, "digest", published.digest, again
        told = _printed(published)
        if told is None:
            yield number, "journal", "none", "a line for its printing"
            continue
        if told.get("digest", published.digest) != published.digest:
            yield number, "journal", published.digest, told["digest"]
        if told.get("content", said(published)) != said(published):
            yield number, "content", said(published), told["content"]
        yield from ((number, name, is_, told.get(name)) for name, is_ in _head(published).items() if is_ != told.get(name))
    yield from _gone()


def _head(published):
    """Return what stands above a notice: its number, its month, whose it is, which one it corrects."""
    paper, corrects = published.paper, published.corrects
    return {"number": paper.number, "month": paper.period, "area": paper.area_id, "corrects": corrects and corrects.number}


def _printed(published):
    """Return what the journal first said of a notice's rows, words and head; a later printing repeats what stands then. None: nothing."""
    lines = Entry.objects.filter(subject="reporting.paper", subject_id=str(published.paper_id), act="paper.print").order_by("-seq")
    told = None
    for detail, area in lines.values_list("detail", "area_code"):
        told = (told or {}) | detail | {"area": area}
    return told


def _gone():
    """Each notice that the journal saw published and that is no longer there: nothing takes one back."""
    here = set(map(str, PublishedNotice.objects.values_list("paper_id", flat=True)))
    lines = Entry.objects.filter(subject="reporting.paper", act="paper.print", detail__has_key="digest")
    told = {pk: number for pk, number in lines.values_list("subject_id", "detail__number") if pk not in here}
    yield from ((number, "notice", "gone", "what the journal saw published") for number in sorted(told.values()))


def _series():
    """Each series of numbers against the greatest number given."""
    given = Need.objects.order_by().annotate(prefix=Substr("number", 1, 13), seq=Cast(Substr("number", 15), IntegerField()))
    given = dict(given.values_list("prefix").annotate(Max("seq")))
    for series in NumberSeries.objects.filter(prefix__in=given):
        if series.last < given[series.prefix]:
            yield series.prefix, "last", series.last, given[series.prefix]


def _retimes(day):
    """Each date that today's calendar would move and has not."""
    for need, would in all_moved(WorkingCalendar.load(), day):
        if would.due_on:
            yield need.number, "due_on", need.due_on, would.due_on
        if would.step_due_on:
            yield need.number, "step_due_on", need.step_due_on, would.step_due_on
