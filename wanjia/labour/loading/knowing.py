"""What the judge of a load knows: the villages within reach, and of the register the homes and heads that a row may contradict."""

from wanjia.orgs import scope
from wanjia.orgs.models import Area, Level
from wanjia.registry.importing.world import _former_townships
from wanjia.registry.models import Person
from wanjia.registry.workbooks.world import Village, World
from wanjia.sealing import keys

from ..duties import Duty


def reach_of(by):
    """Return the spans [(first, end)] of area codes that the actor may load."""
    return [(reach.first, reach.end) for reach in scope.reaches(by, duty=Duty.LOAD_LABOUR)]


def facts_of(by, as_of):
    """Return what a World is made of and a process can be sent: {today, villages, elsewhere, townships}."""
    spans = reach_of(by)
    start = min((first for first, _end in spans), default="9")
    root = start[:4] if len(start) >= 4 else start
    mine, elsewhere = [], []
    villages = Area.objects.filter(level=Level.VILLAGE, code__startswith=root).on(as_of)
    for area in villages.select_related("parent").prefetch_related("aliases"):
        village = Village(area.code, area.short_name, area.parent.name, (area.name, *(alias.name for alias in area.aliases.all())))
        (mine if any(first <= area.code < end for first, end in spans) else elsewhere).append(village)
    return {"today": as_of, "villages": tuple(mine), "elsewhere": tuple(elsewhere), "townships": _former_townships(root)}


def world_of(facts, register, spans):
    """Return the World of the row judge: homes and heads are asked one by one, for the rows that come to it are few."""
    homes = _Homes(register, spans)
    return World(**facts, households=homes, foreign=_Foreign(homes), person_keys=_person_keys)


class _Homes:
    """{number of a home: its head's index}, as the rules ask: "" for a head without a number, None for none."""

    def __init__(self, register, spans):
        self.register, self.spans, self.known = register, spans, {}

    def row(self, number):
        """Return (key, village, head's index) of a home, or None."""
        if number not in self.known:
            self.known[number] = self.register.homes_of([number]).get(number)
        return self.known[number]

    def get(self, number, default=None):
        """Return the head's index."""
        row = self.row(number)
        return default if row is None or foreign(row[1], self.spans) else row[2]


class _Foreign:
    """The homes that stand outside the actor's reach; only `in` is asked."""

    def __init__(self, homes):
        self.homes = homes

    def __contains__(self, number):
        row = self.homes.row(number)
        return row is not None and foreign(row[1], self.homes.spans)


def foreign(village, spans):
    """Tell whether a village lies outside these spans."""
    return not any(first <= village < end for first, end in spans)


def _person_keys(number):
    return keys.blinds(Person._meta.get_field("citizen_index").domain(), number)
