"""Recompute everything that is kept twice, and name each difference. Writes nothing; reads chunk by chunk, in bounded memory."""

import hashlib
from dataclasses import asdict, dataclass

from django.db.models import Max
from django.utils import timezone

from wanjia.kernel.brings import ranked
from wanjia.kernel.calendar import today
from wanjia.kernel.models import Entry

from .reading import one_view


@dataclass(frozen=True)
class Difference:
    """One thing that is kept otherwise than it should be. kind: of the check; what: a need's number, a figure, a notice, a series.

    waits: it is no fault, but work that goes on: dates which are counted anew little by little.
    """

    kind: str
    what: str
    column: str
    is_: str
    should: str
    waits: bool = False

    def plain(self):
        """Return it as JSON keeps it."""
        return {name.rstrip("_"): value for name, value in asdict(self).items() if name != "waits"}


def differences(at=None):
    """Yield every Difference, as of one moment of the database: read it to its end before any act of the same thread.

    at: the moment taken for now; by default the clock's, or the last line's when the clock runs behind.
    """
    with one_view():
        yield from _differences(at)


def _differences(at):
    now = timezone.now()
    day = today(at or max(now, Entry.objects.aggregate(last=Max("at"))["last"] or now))
    for check in ranked("CHECKS"):
        for what, column, is_, should in check.faults(day):
            yield Difference(check.kind, what, column, *(_shown(check, column, value) for value in (is_, should)), waits=check.waits)


def _shown(check, column, value):
    """Who runs the check reads no content: of a household's name and words a digest tells that they differ."""
    words = column in check.sealed and value
    return "sha256:" + hashlib.sha256(str(value).encode()).hexdigest()[:12] if words else str(value)


def faults():
    """List the differences that something must have broken."""
    return [one for one in differences() if not one.waits]


def checked():
    """Return [(name, words, how many)] of what there is to check."""
    return [(name, words, count()) for check in ranked("CHECKS") if check.counted for name, words, count in [check.counted]]
