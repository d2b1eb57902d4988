"""Each figure of each population, counted from the rows and from their timelines; the parts against their whole."""

from wanjia.indicators.definitions import everything, parts

from ..figures.population import populations
from ..figures.queries import stem
from ..figures.tally import Tally


def faults(day):
    """Yield (figure and place, live or sum, is, should) for each county and township: live against as of today, where days are kept."""
    for of in populations():
        asked = everything(of.name)
        if not of.summed and not of.rows.objects.exists():  # without a row there is nothing to count, from whichever side
            continue
        if of.one:
            yield from _matters(of, day, asked)
        for live, past in _counted(of, day, asked):
            for code in sorted(live.keys() | past.keys()):
                now, then = live.get(code, {}), past.get(code, {})
                for id_ in asked:
                    if now.get(id_, 0) != then.get(id_, 0):
                        yield f"{id_} {code}", "live", now.get(id_, 0), then.get(id_, 0)
                yield from _sums(of, code, now)


def _counted(of, day, asked):
    """Return [(live, as of today)] of the counties and of the townships, each {code: {figure: n}}: one and the same where no days are kept.

    A county's rows are its townships': they are counted once. Where sums are kept, a county's are others than a township's, and both are asked.
    """

    def by(digits, on):
        return Tally(of.rows.objects.all(), on, day, stem=stem(of, digits)).by("stem", asked)

    def both(on):
        townships = by(9, on)
        return (by(6, on) if of.summed else _added_up(townships, 6)), townships

    live = both(None)
    return list(zip(live, both(day) if of.lines or of.as_of else live, strict=True))


def _added_up(counted, digits):
    """Return the same counts of the wider places whose codes begin alike."""
    found = {}
    for code, figures in counted.items():
        sums = found.setdefault(code[:digits], dict.fromkeys(figures, 0))
        for id_, n in figures.items():
            sums[id_] += n
    return found


def _matters(of, day, asked):
    """Yield each figure whose matters are others from the rows than from their timelines, or more than its rows."""
    live, past = (Tally(of.rows.objects.all(), on, day) for on in (None, day))
    now, then = live.matters(asked), past.matters(asked)
    for id_, n in live.total(asked).items():
        if now[id_] != then[id_] or now[id_] > n or (n and not now[id_]):
            yield f"{id_} matters", "live", now[id_], then[id_]


def _sums(of, code, counted):
    for prefix, whole in of.sums.items():
        total = sum(counted.get(id_, 0) for id_ in parts(of.name) if id_.startswith(prefix))
        if total != counted.get(whole, 0):
            yield f"{prefix}* {code}", "sum", total, counted.get(whole, 0)


def defined():
    """Return how many definitions are counted."""
    return sum(len(everything(of.name)) for of in populations())
