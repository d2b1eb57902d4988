"""The one place that writes a labourer's row: by compare-and-set, with the sums, and with the register's absence of whoever works far away."""

from datetime import date

from wanjia.registry.models import Absence
from wanjia.registry.people.commands import note_away, note_back
from wanjia.verdict import Conflict

from ..models import Worker
from ..models.tallies import TALLIED
from ..states import OUTSIDE_COUNTY
from ..tallying.commands import changed, forget
from ..tallying.keys import alike, differences
from .queries import as_of, running, where_in_words


def enter(worker):
    """Write a new labourer."""
    worker.save(force_insert=True)
    changed(differences([(None, alike(worker))]), since=worker.entered_on)
    return worker


def keep(worker, *, since=None, **facts):
    """Write facts of a labourer; the sums follow. Raises Conflict when somebody was quicker. Nothing new: nothing is written, no version spent.

    since: the first day of which something is now known otherwise; not said, the whole past of his township is counted anew where he is counted otherwise.
    A spell of the past changes no fact of today's row, and the months that it lies in all the same.
    """
    facts = {name: value for name, value in facts.items() if getattr(worker, name) != value}
    lived_in = {worker.village_id, facts.get("village_id", worker.village_id)}
    forget(lived_in, since or (date.min if len(lived_in) > 1 else None))
    if not facts:
        return worker
    before = alike(worker)
    if not Worker.objects.filter(pk=worker.pk, version=worker.version).update(version=worker.version + 1, **facts):
        raise Conflict()
    worker.version += 1
    for name, value in facts.items():
        setattr(worker, name, value)
    after = alike(worker)
    changed(differences([(before, after)]), since=since or _since(before, after))
    return worker


def _since(before, after):
    """Return the first day of which something may be known otherwise: none where only the day of verification changed."""
    return date.min if (before or ())[: len(TALLIED)] != (after or ())[: len(TALLIED)] else None


def settle(worker, *, since=None, **facts):
    """Write what the spell that runs says onto a labourer's row, and further facts. since: as of `keep`."""
    return keep(worker, since=since, **as_of(running(worker)), **facts)


def away(worker, spell, *, by, at):
    """Let the register know that somebody works outside the county from a day on: one entry, many forms. One that stands there stays."""
    if spell is not None and spell.place in OUTSIDE_COUNTY:
        note_away(worker.person, place=where_in_words(spell.place, spell.area), from_on=spell.from_on, source=spell.source, by=by, at=at)


def back(worker, on, *, by, at):
    """Let the register know that somebody who worked away came back on a day."""
    for absence in Absence.objects.filter(person_id=worker.pk, to_on=None, for_work=True):
        note_back(absence, on=max(on, absence.from_on or on), by=by, at=at)
