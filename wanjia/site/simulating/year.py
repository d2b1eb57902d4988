"""One simulated year: its days, its evenings, what was found."""

import contextlib
import time
import traceback
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as hour

from wanjia.kernel import journal
from wanjia.kernel.brings import gather
from wanjia.kernel.calendar import CHINA
from wanjia.office.pruning.commands import sweep
from wanjia.orgs.checking.queries import differences

from .apart import Clock, by_dice
from .beside import Beside, InTurn, two_at_once
from .found import DAY_BROKE, Found, Heard

FIRST = date(2026, 1, 1)
OFF = 3  # days on end on which the machine is off
WHOLE = 7  # days between two evenings on which all is held together; on the others what was touched, and the figures
SMALL = 2_000  # needs of a small county
STANDS = "handover"  # of the check: work that goes on, which those who live hold against a book of their own
CHECKS = 52, 12  # times a year `wanjia check` is asked: of a small county, of a large one


@dataclass
class Year:
    """A year in hand, as those who live in it know it."""

    seed: int
    code: str
    needs: int
    first: date
    last: date
    clock: Clock
    hash: str
    stories: list = field(default_factory=list)
    limit: int = 20
    alone: bool = False  # one app lives: what it opens in another's ledger, no second book but its own knows
    beside: bool = False  # evenings are judged, and the whole checked, beside the next days
    going: dict = field(default_factory=dict)  # what goes on beside
    dice: object = None  # by which keys and codes fall

    def violated(self, story):
        """Keep a violation; each is told with the need's life."""
        self.stories.append(story)

    @property
    def is_spoilt(self):
        """Whether so much is wrong that going on tells nothing new."""
        return len(self.stories) >= self.limit


def opening():
    """Return the moment at which the county is built: before its year."""
    return datetime.combine(FIRST - timedelta(days=40), hour(8), tzinfo=CHINA)


def run(town, *, seed, days, needs, first_only=False, say=lambda _sentence: None, every=None, beside=None, app=""):
    """Live `days` days from FIRST on; return what was found as a dict. every: days between two whole evenings; app: the one that lives, all of them for "".

    first_only: stop at the first violation. beside: whether evenings are judged beside the next day, and heard the evening after; None: where
    the machine can do two things at once. Without a violation it is the same year either way.
    """
    begun, spent = (time.monotonic(), time.process_time()), {"lived": 0.0, "judged": 0.0, "checked": 0.0}
    clock = Clock(datetime.combine(FIRST, hour(7), tzinfo=CHINA), pace=max(1, min(60, 36_000 * days // max(needs * 24, 1))))
    year = Year(seed, town.code, needs, FIRST, FIRST + timedelta(days=days - 1), clock, town.hash, limit=1 if first_only else 20, alone=app != "",
                beside=two_at_once() if beside is None else beside)  # fmt: skip
    every, off, lived = every or WHOLE, _off(seed, days), 0
    with by_dice(seed, clock) as dice:
        year.dice = dice
        living = [begin(year) for begin in gather("SIMULATED") if begin.__module__.startswith(app)]
        while lived < days and not year.is_spoilt:
            _day(year, living, lived, spent, every=every, off=lived in off)
            lived += 1
            if lived % 30 == 0:
                say(f"{year.first + timedelta(days=lived - 1)} {sum(one.counts().get('needs', 0) for one in living)} 件")
        for word in list(year.going):
            _hear(year, living, word, spent)
    return _answer(year, living, begun, spent, lived)


def _day(year, living, n, spent, *, every, off):
    """Live the n-th day and hold its evening against whatever must be true."""
    day, last = year.first + timedelta(days=n), year.first + timedelta(days=n) == year.last
    year.clock.morning(day, CHINA)
    whole = last or n % every == 0
    checked = last or (whole and n % max(every, 365 // CHECKS[year.needs > SMALL]) < every)
    with _told(year):
        begun = time.process_time()
        _live(living, day, year.clock, off)
        spent["lived"] += time.process_time() - begun
    _begin(year, living, "judged", lambda: _judged(year, living, day, whole), spent)
    for one in living:
        one.turn_over()
    if checked:
        _begin(year, living, "checked", lambda: _checked(year), spent)


def _begin(year, living, word, does, spent):
    """Begin what looks at this evening, once the one before it was heard."""
    _hear(year, living, word, spent)
    stands = year.dice.getstate()  # whoever only looks moves nothing of the year
    year.going[word] = (Beside if year.beside else InTurn)(does)
    if not year.beside:
        _hear(year, living, word, spent)
    year.dice.setstate(stands)


def _hear(year, living, word, spent):
    """Hear what was found meanwhile, and let those who live know it from now on."""
    if word not in year.going:
        return
    with _told(year):
        (stories, known), seconds = year.going.pop(word).heard()
        spent[word] += seconds
        if year.beside:
            year.stories += stories
        for one, knows in zip(living, known, strict=False):
            one.know(knows)


@contextlib.contextmanager
def _told(year):
    """What breaks a day beside its acts (a sweep, an import, a figure that cannot be counted) is a violation like any other."""
    try:
        yield
    except Exception:
        said = traceback.format_exc().strip().splitlines()
        year.violated(Found(DAY_BROKE, f"{said[-1]} ← {said[-3].strip()}", year.clock.moment))


def _off(seed, days):
    """Choose the days on which the machine is off; none in a span too short for it."""
    start = days // 2 + seed * 7 % max(days // 5, 1)
    return range(start, start + OFF) if days > 20 else ()


def _live(living, day, clock, off):
    for one in living:
        one.live(day, off=off)
    if not off:
        clock.set(datetime.combine(day, hour(23), tzinfo=CHINA))
        sweep(clock.moment)
    for one in living:
        one.night(day)


def _judged(year, living, day, whole):
    """Hold an evening together; return ([Heard], [what each who lives knows from now on])."""
    before, known = len(year.stories), []
    with _told(year):
        known += [one.judge(day, whole=whole) for one in living]
    return [Heard(story.kind, story.told()) for story in year.stories[before:]], known


def _checked(year):
    """What an office's own check finds is a violation too; so is a journal whose chain is not whole. Returns as `_judged`."""
    before = len(year.stories)
    with _told(year):
        for one in differences(year.clock.moment):
            if one.waits and one.kind == STANDS:
                continue
            year.violated(Found("wanjia check", f"{one.kind} {one.what} {one.column}:{one.is_},应当是 {one.should}", year.clock.moment))
        fault = journal.verify()[1]
        if fault:
            year.violated(Found("wanjia journal verify", str(fault), year.clock.moment))
    return [Heard(story.kind, story.told()) for story in year.stories[before:]], []


def _answer(year, living, begun, spent, lived):
    counts = {}
    for one in living:
        for word, n in one.counts().items():
            counts[word] = counts.get(word, 0) + n
    seconds, busy = time.monotonic() - begun[0], time.process_time() - begun[1]
    busy += spent["judged"] + spent["checked"] if year.beside else 0
    return {
        "seed": year.seed, "days": lived, "violations": len(year.stories), **counts, "seconds": round(seconds, 1), "cpu_seconds": round(busy, 1),
        "steps_per_cpu_second": round(counts.get("steps", 0) / max(busy, 0.1), 1), **{word: round(one, 1) for word, one in spent.items()},
        "last_line": journal.Head.objects.get(pk=1).digest[:16], "kinds": [one.kind for one in year.stories], "stories": [one.told() for one in year.stories],
    }  # fmt: skip
