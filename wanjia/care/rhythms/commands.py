"""Keep the classes of rhythm: at once when the register changes, and by the clock for what time alone changes (a birthday, a status that ends)."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import SystemActor, command
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.verdict import first_refusal

from ..models import Rhythm
from . import queries

PART = 500


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


def can_keep(actor):
    """Nobody types a class: the clock keeps it, by what the register says."""
    return first_refusal((isinstance(actor, SystemActor), _("联系频次由系统按户册推算,不由人填。")))


@command("care.keep_rhythms")
def keep_rhythms(*, children, by, at):
    """Bear out the classes of these children (ids) as of today. Returns nothing."""
    can_keep(by).or_raise()
    _keep(children, today(at), by=by, at=at)


def _keep(children, day, *, by, at):
    held = {one.child_id: one for one in Rhythm.objects.select_for_update().filter(child__in=children, to_on=None).order_by("pk")}
    for child, pace in queries.derived(children, day).items():
        _one(child, held.get(child), pace, day, by=by, at=at)


def _one(child, stands, pace, day, *, by, at):
    """One child's class: borne out, or another from today on."""
    if stands is None:
        Rhythm.objects.create(child_id=child, pace=pace, from_on=day, looked_on=day)
    elif stands.pace == pace:
        Rhythm.objects.filter(pk=stands.pk).update(looked_on=max(day, stands.looked_on))
    else:
        if stands.from_on < day:
            Rhythm.objects.filter(pk=stands.pk).update(to_on=day)
            Rhythm.objects.create(child_id=child, pace=pace, from_on=day, looked_on=day)
        else:
            Rhythm.objects.filter(pk=stands.pk).update(pace=pace, looked_on=day)
        person = Person.objects.get(pk=child)
        journal.record(act="child.rhythm", subject=person, by=by, at=at, area_code=person.village_id or "", pace=str(pace))
