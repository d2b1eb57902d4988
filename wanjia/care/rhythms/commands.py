"""Keep the classes of rhythm: at once when the register changes, and by the clock for what time alone changes (a birthday, a status that ends)."""

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person

from ..models import Rhythm
from . import queries, rules

PART = 500  # children whose classes are borne out in one transaction


def follow(people, *, day, by, at):
    """Let the rhythms of those of these people (ids) follow what the register says of them on `day` who are children in company, or were: whoever is
    without anybody for a few days comes back to the class that is true then, and not to the one that was."""
    children = [*queries.followed(people, day)]
    if children:
        _keep(children, day, by=by, at=at)


def look(at):
    """Look anew at the classes that were not borne out of late. For the day's sweep."""
    ids = [*queries.to_look_at(today(at))]
    for start in range(0, len(ids), PART):
        keep_rhythms(children=ids[start : start + PART], by=CLOCK, at=at)


@command("care.keep_rhythms")
def keep_rhythms(*, children, by, at):
    """Bear out the classes of these children (ids) as of today. Returns nothing."""
    rules.is_clock(by).or_raise()
    _keep(children, today(at), by=by, at=at)


def _keep(children, day, *, by, at):
    """Bear out the classes of these children: new ones begin, those that hold are marked at once, those that changed end."""
    held = {one.child_id: one for one in Rhythm.objects.select_for_update().filter(child__in=children, to_on=None).order_by("pk")}
    new, holds, changed = [], [], []
    for child, pace in queries.derived(children, day).items():
        if child not in held:
            new.append(Rhythm(child_id=child, pace=pace, from_on=day, looked_on=day))
        elif held[child].pace == pace:
            holds.append(held[child].pk)
        else:
            changed.append((held[child], pace))
    Rhythm.objects.bulk_create(new)
    Rhythm.objects.filter(pk__in=holds, looked_on__lt=day).update(looked_on=day)
    for one, pace in changed:
        _change(one, pace, day, by=by, at=at)


def _change(stands, pace, day, *, by, at):
    """Let another class hold from `day` on; one that began on this very day is put right."""
    if stands.from_on < day:
        Rhythm.objects.filter(pk=stands.pk).update(to_on=day)
        Rhythm.objects.create(child_id=stands.child_id, pace=pace, from_on=day, looked_on=day)
    else:
        Rhythm.objects.filter(pk=stands.pk).update(pace=pace, looked_on=day)
    person = Person.objects.get(pk=stands.child_id)
    journal.record(act="child.rhythm", subject=person, by=by, at=at, area_code=person.village_id or "", pace=str(pace))
