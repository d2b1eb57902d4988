"""What follows in the labour register when the register of people changes: within the same act, by what is true of the people then.

Nobody tells what has changed: village, death, merge, the home's statuses and the absence are looked up, so whatever changed them, by hand or by a
workbook, and in whatever order, leaves a labourer's row true.
"""

from datetime import date, timedelta

from django.db.models import Q

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.finding import standing
from wanjia.registry.models import Absence, DatedStatus, Membership

from ..freeing.commands import free_seats_of
from ..keeping.commands import enter, keep, settle
from ..keeping.queries import SCHEMES, as_of, held_late, overlapping, running, standings
from ..models import Belonging, OptOut, Reached, RollMerge, Spell, WageClaim, Worker
from ..states import OUTSIDE_COUNTY, Ended, Left
from . import rules

LOOKED_BACK = timedelta(days=31)  # a sweep that was missed for a month is made up for
CARRIED = {"told": Reached, "belongings": Belonging, "wage_claims": WageClaim}  # rows of a labourer that go with a merge, beside his spells
COPIED = ("entered_on", "lifted", "watched", "relocated", "trade", "certificate", "wants_place", "wants_trade", "wants_pay", "free_on", "care", "verified_on")


def follow(people, *, day, by, at):
    """Let the labourers among these people (ids) follow what the register says of them on `day`. One question where none is a labourer."""
    rows = Worker.objects.select_for_update(of=("self",)).select_related("person").filter(pk__in=people).order_by("pk")
    workers = {worker.pk: worker for worker in rows}
    if not workers:
        return
    parted = {one.gone_id: one for one in RollMerge.objects.filter(gone__in=workers, undone_at=None)}
    for worker in list(workers.values()):
        if worker.person.merged_into_id and worker.pk not in parted:
            kept = _join(worker, workers, by=by, at=at)
            workers[kept.pk] = kept
        elif not worker.person.merged_into_id and worker.pk in parted:
            kept = _part(parted[worker.pk], worker, workers, at=at)
            workers[kept.pk] = kept
    standing_now = [worker for worker in workers.values() if not worker.person.merged_into_id]
    ids = [one.pk for one in standing_now]
    held, late, came_back = standings(ids, day), held_late(ids, day, at), _came_back(standing_now)
    for worker in standing_now:
        _follow_one(worker, held[worker.pk], late.get(worker.pk), came_back.get(worker.pk), by=by, at=at)


def _follow_one(worker, held, late, back_on, *, by, at):
    person, before = worker.person, worker.version
    facts = {**held, "village_id": person.village_id or worker.village_id}
    if person.died_on and (worker.left_because == Left.DIED or worker.left_on is None or worker.left_on > person.died_on):  # who had left before stays as he left
        facts |= {"left_on": person.died_on, "left_because": Left.DIED}
    elif worker.left_because == Left.DIED and not person.died_on:  # said by mistake, and taken back
        facts |= {"left_on": None, "left_because": ""}
    if person.died_on:
        free_seats_of(worker, str(Left.DIED.label), by=by, at=at)
        _end(worker, person.died_on, Ended.DIED)
    elif back_on:
        _end(worker, back_on, Ended.REGISTER)
    facts = {**as_of(running(worker)), **facts}
    # Of who left the roll no sum of today tells, and yet the months before: what changes of him lets them all be counted anew.
    keep(worker, since=date.min if any(getattr(worker, name) != value for name, value in facts.items()) else late, **facts)
    if worker.version != before:
        journal.record(act="worker.follow", subject=worker, by=by, at=at, area_code=worker.village_id, left=worker.left_because, place=worker.place)


def _end(worker, on, why):
    """End the spell that runs on a day; one that began later ends as it began."""
    spell = running(worker)
    if spell is not None:
        Spell.objects.filter(pk=spell.pk, to_on=None).update(to_on=max(on, spell.from_on), ended_because=why)


def _came_back(workers):
    """Return {worker id: day} of those of whom the register says that they came back, while here they still work outside the county."""
    far = {worker.pk: worker for worker in workers if worker.place in OUTSIDE_COUNTY}
    found, away = {}, set()
    for person, to_on in Absence.objects.filter(person__in=far, for_work=True).values_list("person_id", "to_on"):
        if to_on is None:
            away.add(person)
        elif to_on >= far[person].since_on:
            found[person] = max(to_on, found.get(person, to_on))
    return {person: day for person, day in found.items() if person not in away}


def _join(gone, workers, *, by, at):
    """Let a labourer whose record was merged go with it: its spells move where no day counts twice, it leaves the roll; return the one that stays."""
    person = standing(gone.person)
    kept = workers.get(person.pk) or Worker.objects.select_for_update(of=("self",)).select_related("person").filter(pk=person.pk).first()
    was_on, made = gone.left_on is None, kept is None
    if kept is None:
        again = {name: getattr(gone, name) for name in COPIED}
        off = {"left_on": gone.left_on, "left_because": gone.left_because}
        kept = enter(Worker(person=person, village_id=person.village_id or gone.village_id, **again, **off))
    elif kept.left_because == Left.TWICE and was_on:
        keep(kept, left_on=None, left_because="")
    moved = []
    for spell in gone.spells.order_by("from_on", "pk"):
        if overlapping(kept, spell.from_on, spell.to_on) is None:
            Spell.objects.filter(pk=spell.pk).update(worker=kept)
            moved.append(str(spell.pk))
    since = date.min if moved else None  # the months of both count otherwise, whatever today's rows say
    settle(gone, since=since, **({"left_on": today(at), "left_because": Left.TWICE} if was_on else {}))
    settle(kept, since=since, verified_on=max(kept.verified_on, gone.verified_on))
    if OptOut.objects.filter(worker=gone, to_on=None).exists() and not OptOut.objects.filter(worker=kept, to_on=None).exists():
        OptOut.objects.create(worker=kept, from_on=today(at), recorded_at=at, recorded_by=by if by.id else None)  # one person's no is a no under either record
    RollMerge.objects.create(gone=gone, kept=kept, moved={"spells": moved, "made": made, "on": was_on} | _carry(gone, kept), at=at)
    journal.record(act="worker.join", subject=kept, by=by, at=at, area_code=kept.village_id, gone=gone.pk, spells=len(moved))
    return kept


def _carry(gone, kept):
    """Let what a rule counts by person go along: what he was told of, the station he chose, his wages on the ledger. Returns {name of CARRIED: keys of rows}.

    What the one that stays has already stays behind: a telling of the same vacancy, a station where he chose one.
    """
    has_station = kept.belongings.filter(to_on=None).exists()
    going = {
        "told": gone.told.exclude(vacancy__in=kept.told.order_by().values("vacancy")),
        "belongings": gone.belongings.none() if has_station else gone.belongings.filter(to_on=None),
        "wage_claims": gone.wage_claims.all(),
    }
    moved = {name: [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)] for name, rows in going.items()}
    for name, keys in moved.items():
        CARRIED[name].objects.filter(pk__in=keys).update(worker=kept)
    return moved


def _part(joined, gone, workers, *, at):
    """Take it back: what moved goes back, and who stood on the roll stands there again."""
    kept = workers.get(joined.kept_id) or Worker.objects.select_for_update(of=("self",)).select_related("person").get(pk=joined.kept_id)
    since = date.min if Spell.objects.filter(pk__in=joined.moved["spells"], worker=kept).update(worker=gone) else None
    for name, model in CARRIED.items():
        model.objects.filter(pk__in=joined.moved.get(name, ()), worker=kept).update(worker=gone)
    settle(gone, since=since, **({"left_on": None, "left_because": ""} if joined.moved["on"] else {}))
    made_by_it = joined.moved["made"] and kept.left_on is None and not kept.spells.exists()
    settle(kept, since=since, **({"left_on": today(at), "left_because": Left.TWICE} if made_by_it else {}))
    RollMerge.objects.filter(pk=joined.pk).update(undone_at=at)
    return kept


def turn_day(at):
    """Let labourers follow the statuses of homes that begin or end by their own days: nobody acts on that day. For the day's sweep."""
    day = today(at)
    days = (day - LOOKED_BACK, day)
    turned = Q(from_on__range=days) | Q(to_on__range=days)
    homes = DatedStatus.objects.filter(turned, scheme__in=SCHEMES, household__isnull=False).order_by().values("household")
    people = Membership.objects.filter(household__in=homes, to_on=None, person__worker__isnull=False)
    ids = sorted(people.values_list("person_id", flat=True))
    for start in range(0, len(ids), 500):
        follow_day(people=ids[start : start + 500], by=CLOCK, at=at)


@command("labour.follow_day")
def follow_day(*, people, by, at):
    """Let these labourers (ids) follow what the register says of them today. Returns nothing."""
    rules.can_turn(by).or_raise()
    follow(people, day=today(at), by=by, at=at)
