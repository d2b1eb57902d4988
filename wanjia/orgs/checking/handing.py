"""Every open promise lies with somebody who has a post, and with a unit that stands: what does not is named, with or without its dated task."""

from wanjia.kernel.brings import gather
from wanjia.kernel.models import Entry

from ..handing import queries
from ..models import Handover, Organisation

ACTS = ("orgs.handover_left", "orgs.handover_climbed", "orgs.handover_over", "orgs.hand_over")


def adrift(day):
    """Yield (unit, kind, who holds it, should) for what lies adrift and has no dated task: the worker's next round gives it one."""
    has = queries.dated(day)
    yield from _told(day, lambda pair: not has(pair), "somebody with a post, or a dated hand-over")


def standing(day):
    """Yield the same of what has one, and waits to be handed over."""
    yield from _told(day, queries.dated(day), "handed over")


def kept(_day):
    """Yield (unit, column, is, should) for each hand-over that stands otherwise than the journal saw it opened, raised and done."""
    told = {}
    for act, pk, detail in Entry.objects.filter(subject="orgs.handover", act__in=ACTS).order_by("seq").values_list("act", "subject_id", "detail"):
        facts = told.setdefault(pk, {"level": 0, "done": False})
        facts |= {name: detail[name] for name in ("unit", "user", "due_on", "told", "level") if name in detail}
        facts["done"] |= act in ("orgs.hand_over", "orgs.handover_over")
    for row in Handover.objects.select_related("organisation").order_by("opened_at", "pk"):
        should = told.pop(str(row.pk), {})
        is_ = {"unit": str(row.organisation_id), "user": row.user_id and str(row.user_id), "due_on": row.due_on.isoformat(), "told": row.told_id and str(row.told_id)}
        is_ |= {"level": row.level, "done": row.done_at is not None}
        yield from ((row.organisation.name, name, value, should.get(name)) for name, value in is_.items() if name not in should or value != should[name])
    yield from ((pk, "handover", "gone", facts) for pk, facts in told.items())


def _told(day, wanted, should):
    for family in gather("HANDOVERS"):
        pairs = sorted((pair for pair in queries.once(family.adrift(day)) if wanted(pair)), key=str)
        units, people = Organisation.objects.in_bulk([unit for _user, unit in pairs]), queries.people_of({user for user, _unit in pairs})
        yield from ((units[unit].name, family.key, people[user].username if user else "a unit that is gone", should) for user, unit in pairs)
