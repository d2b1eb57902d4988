"""Units away on a day, the workers who might choose one, and how many chose which."""

from django.db.models import CharField, Count, Exists, OuterRef, Q, Subquery

from wanjia.policy.labour import trades

from ..demand_states import OutpostKind
from ..models import Belonging, Outpost, Spell
from . import rules


def standing(day):
    """Return the Q of units away that stand on a day."""
    return Q(from_on__lte=day) & (Q(to_on=None) | Q(to_on__gt=day))


def tabs(actor, day):
    """Return {kind: its rows} of the list, each with `chose`, how many workers chose it."""
    rows = rules.visible_outposts(actor).annotate(chose=Count("belongings", filter=Q(belongings__to_on=None)))
    found = {kind: rows.filter(standing(day), kind=kind) for kind in OutpostKind.values}
    return found | {"over": rows.filter(to_on__lte=day)}


def stations(day):
    """Return the stations that everybody may see, by where they are."""
    return Outpost.objects.filter(standing(day), kind=OutpostKind.STATION).select_related("contact").order_by("host", "name")


def stations_for(place, day):
    """Return the stations that serve a place of work (six digits)."""
    return [one for one in stations(day) if place.startswith(one.stem)]


def of_worker(worker, day):
    """Return the stations that a worker may choose from: those where the work that runs lies."""
    running = worker.spells.filter(to_on=None).first()
    return Outpost.objects.filter(pk__in=[one.pk for one in stations_for(running.area if running else "", day)])


def with_work(workers, works):
    """Put on each of these workers `spell`, the newest of `works` (None for none), and `trade_words`: what a station's list says of the work."""
    newest = {one.worker_id: one for one in works.filter(worker__in=[one.pk for one in workers])}
    for one in workers:
        one.spell = newest.get(one.pk)
        one.trade_words = trades()[one.spell.trade] if one.spell and one.spell.trade in trades() else None


def away(actor, day, tab):
    """Return the actor's own workers who work where a station is, with `station` (its name or None) and `work` (six digits): "open" those who chose none, "chosen"."""
    stems = {one.stem for one in stations(day)}
    there = Q(pk__in=[])
    for stem in sorted(stems):
        there |= Q(area__startswith=stem)
    running = Spell.objects.filter(worker=OuterRef("pk"), to_on=None)
    chose = Belonging.objects.filter(worker=OuterRef("pk"), to_on=None)
    rows = rules.visible_away(actor).annotate(
        station=Subquery(chose.values("outpost__name")[:1], output_field=CharField()), work=Subquery(running.values("area")[:1], output_field=CharField()),
    )  # fmt: skip
    if tab == "chosen":
        return rows.filter(Exists(chose)).order_by("village_id", "pk")
    return rows.filter(Exists(running.filter(there))).exclude(Exists(chose)).order_by("village_id", "pk")
