"""Every open promise lies with somebody who has a post, and with a unit that stands: what does not is named, with or without its dated task."""

from wanjia.kernel.brings import gather

from ..handing import queries
from ..models import Organisation


def adrift(day):
    """Yield (unit, kind, who holds it, should) for what lies adrift and has no dated task: the worker's next round gives it one."""
    has = queries.dated()
    yield from _told(day, lambda pair: not has(pair), "somebody with a post, or a dated hand-over")


def standing(day):
    """Yield the same of what has one, and waits to be handed over."""
    yield from _told(day, queries.dated(), "handed over")


def _told(day, wanted, should):
    for family in gather("HANDOVERS"):
        pairs = sorted((pair for pair in queries.once(family.adrift(day)) if wanted(pair)), key=str)
        units, people = Organisation.objects.in_bulk([unit for _user, unit in pairs]), queries.people_of({user for user, _unit in pairs})
        yield from ((units[unit].name, family.key, people[user].username if user else "a unit that is gone", should) for user, unit in pairs)
