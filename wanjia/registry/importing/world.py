"""What the judge of a workbook may know, filled from the database: whose villages, which homes, which heads."""

from collections import defaultdict
from functools import partial
from types import SimpleNamespace

from wanjia.orgs import scope
from wanjia.orgs.models import Area, AreaSuccession, Level
from wanjia.registry.duties import Duty
from wanjia.sealing import keys

from ..models import Household, Membership, Person
from ..workbooks.kinds import HEAD
from ..workbooks.world import Village, World
from .brought import imports


class _Heads:
    """{household number: blind index of its head, "" for a head without number, None for none}, asked once and kept."""

    def __init__(self, first, end):
        self.first, self.end = first, end
        self._known = None

    def get(self, number, default=None):
        return self.known.get(number, default)

    @property
    def known(self):
        if self._known is None:
            self._known = self._ask()
        return self._known

    def _ask(self):
        homes = Household.objects.filter(village_id__gte=self.first, village_id__lt=self.end)
        known = dict.fromkeys(homes.values_list("number", flat=True))
        heads = Membership.objects.filter(household__in=homes, relation=HEAD, to_on=None)
        for number, index in heads.values_list("household__number", "person__citizen_index"):
            known[number] = index or ""
        return known


class _Foreign:
    """The household numbers that are registered outside the actor's reach, asked once: their rows would be refused."""

    def __init__(self, actor):
        self.actor, self._numbers = actor, None

    def __contains__(self, number):
        if self._numbers is None:
            self._numbers = set(Household.objects.exclude(scope.in_reach(self.actor, area="village_id", duty=Duty.IMPORT)).values_list("number", flat=True))
        return number in self._numbers


_NOTHING = SimpleNamespace(know=None, look=None)  # a workbook that is judged and not brought in


def world_for(actor, today, template=""):
    """Return the World of an upload by `actor` judged on `today`."""
    reaches = scope.reaches(actor, duty=Duty.IMPORT)
    first = min((reach.first for reach in reaches), default="9")
    county = first[:6] if len(first) >= 6 else first
    villages = Area.objects.filter(level=Level.VILLAGE, code__startswith=county).on(today)
    mine, elsewhere = [], []
    for area in villages.select_related("parent").prefetch_related("aliases"):
        village = Village(
            area.code, area.short_name, area.parent.name, (area.name, *(alias.name for alias in area.aliases.all()))
        )
        (mine if any(reach.first <= area.code < reach.end for reach in reaches) else elsewhere).append(village)
    brought = imports().get(template) or _NOTHING
    return World(
        today=today, villages=tuple(mine), elsewhere=tuple(elsewhere), townships=_former_townships(county),
        households=_Heads(county, str(int(county) + 1)), person_keys=_person_keys,
        foreign=_Foreign(actor), known_rows=partial(brought.know, actor) if brought.know else dict,
        look=brought.look(actor, today) if brought.look else None,
    )  # fmt: skip


def _former_townships(county):
    """Return {former or other name: (present names, …)} of the county's townships."""
    names = defaultdict(list)
    for link in AreaSuccession.objects.filter(old__code__startswith=county, old__level=Level.TOWNSHIP).select_related(
        "old", "new"
    ):
        names[link.old.name].append(link.new.name)
    for area in Area.objects.filter(code__startswith=county, level=Level.TOWNSHIP).prefetch_related("aliases"):
        for alias in area.aliases.all():
            names[alias.name].append(area.name)
    return {name: tuple(dict.fromkeys(found)) for name, found in names.items()}


def _person_keys(number):
    return keys.blinds(Person._meta.get_field("citizen_index").domain(), number)
