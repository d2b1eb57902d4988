"""Which area a name means, and which line of a table a code belongs to after splits and mergers."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property

from django.db.models import Q
from django.utils import timezone

from wanjia.kernel.calendar import today
from wanjia.orgs.duties import Duty
from wanjia.shapes import Shape

from .. import scope
from ..models import Area, AreaAlias, AreaSuccession, Level
from . import names

LOOKS = (Duty.MANAGE_AREAS, Duty.SEE_FIGURES)  # either shows the tree


@dataclass(frozen=True)
class Found:
    """What a name may mean: `area` when it can be only one, else None and the `candidates` to choose from."""

    candidates: tuple = ()

    @property
    def area(self):
        """The one area meant, or None."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    def __bool__(self):
        return self.area is not None


class AreaNames:
    """The names of all areas in memory: the importer asks a hundred thousand times. Three queries to load."""

    def __init__(self, areas, aliases, successions, day):
        self.areas = {area.code: area for area in areas}
        self.day = day
        self.index = defaultdict(list)  # (level, text) → [(rank, area)]: a smaller rank is a surer name
        for area in self.areas.values():
            for rank, text in enumerate(names.spellings(area.name, area.level)):
                self.index[area.level, text].append((rank, area))
            self.index[area.level, names.canonical(area.short_name)].append((1, area))
        for alias in aliases:
            if area := self.areas.get(alias.area_id):
                self.index[area.level, names.canonical(alias.name)].append((0, area))
        self._places = {}
        self.heirs = defaultdict(list)
        for succession in successions:
            self.heirs[succession.old_id].append(succession.new_id)

    @classmethod
    def load(cls, within=None, day=None):
        """Read the areas below `within` (an Area; None: all), those that have ended too."""
        rows = Area.objects.all() if within is None else Area.objects.filter(Q(code__startswith=within.stem))
        return cls(rows, AreaAlias.objects.all(), AreaSuccession.objects.all(), day or today(timezone.now()))

    def find(self, text, *, level=None, within=None):
        """Return Found for a name as people write it.

        level: a Level, or None for any; within: areas of which one must be above the answer. An ended area answers with its
        successors: 溪洛渡镇 → 溪洛渡街道, 永兴街道.
        """
        text = names.canonical(text)
        if area := self.areas.get(text):
            return Found(self._living([area]))
        for one in [level] if level else (Level.TOWNSHIP, Level.VILLAGE, Level.GROUP, Level.COUNTY, Level.CITY):
            for reading in names.readings(text, one):
                found = self._surest(self.index.get((one, reading), ()), within)
                if found:
                    return Found(found)
        return Found()

    def place(self, *, county="", township="", village="", group=""):
        """Return Found for the columns of one row, from the widest to the narrowest; empty columns are skipped."""
        written = (county, township, village, group)
        if written not in self._places:  # a sheet of a hundred thousand rows names some hundred places
            self._places[written] = self._place(*written)
        return self._places[written]

    def _place(self, county, township, village, group):
        found, within = Found(), None
        for text, level in ((county, Level.COUNTY), (township, Level.TOWNSHIP), (village, Level.VILLAGE), (group, Level.GROUP)):
            if str(text or "").strip():
                found = self.find(text, level=level, within=within)
                if not found.candidates:
                    return found
                within = found.candidates
        return found

    def _surest(self, ranked, within):
        below = [(rank, area) for rank, area in ranked if not within or any(top.covers(area.code) for top in within)]
        if not below:
            return ()
        best = min(rank for rank, _area in below)
        return self._living(area for rank, area in below if rank == best)

    def _living(self, areas):
        living = {}
        for area in areas:
            for heir in self._heirs(area) if _ended(area, self.day) else [area]:
                living[heir.code] = heir
        return tuple(living[code] for code in sorted(living))

    def _heirs(self, area):
        heirs = [self.areas[code] for code in self.heirs[area.code] if code in self.areas]
        return [last for heir in heirs for last in (self._heirs(heir) if _ended(heir, self.day) else [heir])] or [area]


def find_area(text, *, level=None, within=None, day=None):
    """Return Found for one name; load AreaNames yourself to ask for many."""
    return AreaNames.load(day=day).find(text, level=level, within=within and [within])


@dataclass(frozen=True)
class Line:
    """One line of a table by area: the area, the stems of the codes it counts, and whether it holds the rest."""

    area: Area
    stems: tuple[str, ...]
    rest: bool = False


class Breakdown:
    """The lines under an area on a day: its living children, each with what it took over, and one line for the rest.

    Each code below the area falls on exactly one line, so the lines always sum to the area's own count. An old area with one
    successor counts there; one that was split counts on the rest line, under the successors' common parent.
    """

    def __init__(self, area, day):
        self.area, self.day = area, day

    @cached_property
    def lines(self):
        """List the lines, children in the order of their codes, the rest last."""
        children = {child.code: child for child in Area.objects.filter(parent=self.area).on(self.day)}
        stems = {code: [child.stem] for code, child in children.items()}
        for old, heirs in self._ended().items():
            if len(heirs) == 1 and (heir := next(iter(heirs))) in stems:
                stems[heir].append(old)
        found = [Line(child, tuple(stems[code])) for code, child in sorted(children.items())]
        return [*found, Line(self.area, (self.area.stem,), rest=True)]

    def _ended(self):
        """Return {stem of an ended child: codes of its living heirs}."""
        heirs, old = defaultdict(set), {}
        for step in AreaSuccession.objects.filter(old__parent=self.area, on__lte=self.day).select_related("old", "new"):
            heirs[step.old_id].add(step.new_id)
            old[step.old_id] = step.old
        return {old[code].stem: _last(code, heirs) for code in heirs if _ended(old[code], self.day)}

    @cached_property
    def _by_stem(self):
        return {stem: line for line in self.lines[:-1] for stem in line.stems}

    def line_of(self, code):
        """Return the line on which a code below the area counts."""
        for size in {len(stem) for stem in self._by_stem}:
            if line := self._by_stem.get(code[:size]):
                return line
        return self.lines[-1]

    def sum(self, counts):
        """Sum {code: n} into [(Line, n)]: every line, zeros too; the rest line only when something fell on it."""
        sums = dict.fromkeys(self.lines, 0)
        for code, n in counts.items():
            if self.area.covers(code):
                sums[self.line_of(code)] += n
        return [(line, n) for line, n in sums.items() if n or not line.rest]

    def rows(self, line, path="area_id"):
        """Return the Q of the rows that the line counts."""
        own = Q(pk__in=[])
        for stem in line.stems:
            own |= Q(**{f"{path}__gte": stem, f"{path}__lt": str(int(stem) + 1)})
        for stem in self._by_stem if line.rest else ():
            own &= ~Q(**{f"{path}__gte": stem, f"{path}__lt": str(int(stem) + 1)})
        return own


def _last(code, heirs):
    """Follow successions to their end: the codes that nothing follows."""
    found, seen, todo = set(), {code}, [*heirs[code]]
    while todo:
        one = todo.pop()
        further = heirs.get(one, set()) - seen
        seen.add(one)
        todo += further
        if not heirs.get(one):
            found.add(one)
    return found


def _ended(area, day):
    return area.to_on is not None and area.to_on <= day


def tree(area, day):
    """Return the living children of an area with their aliases: one level of the tree page, two queries."""
    return Area.objects.filter(parent=area).on(day).prefetch_related("aliases").order_by("code")


def ancestors(area):
    """List the areas above, the widest first."""
    above = []
    while area.parent_id:
        area = area.parent
        above.insert(0, area)
    return above


def ended_under(area, day):
    """Return the children that have ended, with what followed them."""
    return Area.objects.filter(parent=area, to_on__lte=day).prefetch_related("successions__new")


def villages_for(duty):
    """Return what an act lets choose: (row, actor, day) → the villages of that day where the actor has `duty`, by code, with their townships."""

    def villages(_row, actor, day):
        return Area.objects.on(day).filter(scope.in_reach(actor, area="code", duty=duty), level=Level.VILLAGE).select_related("parent").order_by("code")

    return villages


def areas_to_choose(actor):
    """Return the areas the actor may stand in: the widest of the own reach and what lies one step below."""
    tops = [post.reach for post in actor.live_posts]
    below = Q(pk__in=[area.pk for area in tops]) | Q(parent__in=[area.pk for area in tops if area.level != Level.VILLAGE])
    return Area.objects.filter(below, to_on=None).order_by("code")


def places_of(actor):
    """Return [(code, name)] of `areas_to_choose`: asked once a request, for the frame and the filter of a list."""
    if not hasattr(actor, "kept_places"):
        tops = [post.reach for post in actor.live_posts]
        opened = [area.code for area in tops if area.level != Level.VILLAGE]
        actor.kept_places = _places(len(opened))(*opened, *(area.code for area in tops if area.level == Level.VILLAGE))
    return actor.kept_places


@cache  # a number for each number of posts
def _places(opened):
    """Return the question for the [(code, name)] of some areas, and of what lies one step below the first `opened` of them."""
    def near(*codes):
        below = Q(pk__in=codes)
        for code in codes[:opened]:
            below |= Q(parent=code)
        return Area.objects.filter(below, to_on=None).order_by("code").values_list("code", "name")

    return Shape(near)
