"""What is asked of the roll: whom a list shows, whom a text may mean, and everything that is known of one labourer, by day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wanjia.doors.words import said
from wanjia.kernel.calendar import today
from wanjia.kernel.privacy import mask_phone
from wanjia.orgs.models import Area
from wanjia.orgs.scope import areas, in_reach
from wanjia.policy.identity import fold
from wanjia.policy.statuses import scheme
from wanjia.registry.finding import meaning
from wanjia.registry.models import DatedStatus, Membership, Person
from wanjia.registry.people.rules import whose_files

from ..duties import Duty
from ..keeping.queries import SCHEMES
from ..models import Change, Contact, Departure, RollMerge, Seat, Spell, Worker
from ..states import Care, Place
from .asking import area_words
from .rules import visible_workers

FOUND = 10
POPULATIONS = ("lifted", "watched", "relocated")
SHOWN = ("person__name", "person__birth_on", "person__schooling", "village__short_name", "village__parent__short_name")
OWN = (
    "person_id", "village_id", "place", "since_on", "how", "trade", "verified_on", "lifted", "watched", "relocated", "left_on", "left_because", "care", "version",
)  # fmt: skip


def listed(rows):
    """Read of labourers what a list shows, and nothing that is sealed."""
    return rows.select_related("person", "village__parent").only(*OWN, *SHOWN, "person__id", "village__code", "village__parent__code")


def numbers(actor, workers):
    """Return {labourer id: the telephone, masked} of those whom the actor keeps and may call: no child's, none where none is known. One question, however many."""
    reach = in_reach(actor, area="village_id", duty=Duty.KEEP_LABOUR)  # as the act that shows it asks (calls.rules.can_see_number)
    kept = set(Worker.objects.filter(reach, left_on=None, pk__in=[one.pk for one in workers]).values_list("pk", flat=True))
    return {one.pk: mask_phone(one.person.phone) for one in workers if one.pk in kept and one.person.phone and not one.person.is_protected}


def meant(actor, text):
    """Return the Q of labourers whom a text may mean: name, pinyin, initials, last four, whole number, telephone."""
    found = Person.objects.filter(meaning(fold(text), children=whose_files(actor)), merged_into=None)
    return Q(pk__in=found.values("pk"))


def on_list(actor, asked, fresh_by):
    """Return the labourers that a list shows. asked: {"q", "area" (an Area or None), "who", "place", "trade", "fresh", "wish"}; fresh_by: Q of who is due."""
    rows = visible_workers(actor)
    rows = rows.filter(meant(actor, asked["q"])) if asked["q"] else rows
    if asked["area"] is not None:
        first, end = asked["area"].span()
        rows = rows.filter(village_id__gte=first, village_id__lt=end)
    if asked["who"] in POPULATIONS:
        rows = rows.filter(**{asked["who"]: True})
    rows = rows.exclude(left_on=None) if asked["who"] == "left" else rows.filter(left_on=None)
    if asked["place"] in Place.values:
        rows = rows.filter(place=asked["place"])
    if asked["trade"]:
        rows = rows.filter(trade=asked["trade"])
    if asked["fresh"] == "due":
        rows = rows.filter(fresh_by)
    if asked["wish"] == "go":
        rows = rows.exclude(wants_place="", wants_trade="", free_on=None)
    elif asked["wish"] == "care":
        rows = rows.exclude(care=Care.NONE)
    return listed(rows)


def area_asked(actor, code, *, duty=Duty.SEE_LABOUR):
    """Return the area that an address asks for, within reach; None for none, or one elsewhere."""
    return Area.objects.filter(in_reach(actor, area="code", duty=duty), pk=code).first() if code else None


def areas_below(actor, area, *, duty=Duty.SEE_LABOUR):
    """Return the areas to choose from: those below `area`; without one, those at the top of the actor's reach, or below the only one."""
    tops = areas(actor, duty=duty)
    above = area or (tops[0] if len(tops) == 1 else None)
    return list(Area.objects.filter(parent=above, to_on=None).order_by("code")) if above else tops


def matching(actor, text):
    """Find labourers for the search box: {"workers", "more"}; None for nothing, or for whoever sees none."""
    if not actor.has_duty(Duty.SEE_LABOUR) or not text.strip():
        return None
    found = list(listed(visible_workers(actor).filter(meant(actor, text), left_on=None)).order_by("pk")[: FOUND + 1])
    return {"workers": found[:FOUND], "more": len(found) > FOUND} if found else None


@dataclass(frozen=True)
class Happened:
    """One line of a timeline: the day, what kind of thing it is, the row itself, and in words where it was or what a home held."""

    on: date
    kind: str
    row: object
    rank: int = 0
    words: str = ""


def records_of(worker):
    """Return the ids of a labourer's own record and of those that were joined to it: what is only appended is read through both."""
    return [worker.pk, *RollMerge.objects.filter(kept=worker, undone_at=None).values_list("gone_id", flat=True)]


def timeline(worker):
    """Return everything that is known of a labourer, the newest first: spells, contacts, corrections, statuses of the home. Of somebody whom only the
    child's file shows nothing of the home."""
    ids = records_of(worker)
    happened = [Happened(one.from_on, "spell", one, 2, area_words(one.area)) for one in Spell.objects.filter(worker__in=ids).select_related("recorded_by")]
    happened += [Happened(one.row.to_on, "ended", one.row, 3) for one in happened if one.row.to_on]
    happened += [Happened(one.on, "contact", one, 4) for one in Contact.objects.filter(worker__in=ids).select_related("recorded_by")]
    happened += [Happened(today(one.listed_at), "departure", one, 1) for one in Departure.objects.filter(worker__in=ids)]
    happened += [Happened(today(one.trip.left_at), "rode", one, 1) for one in Seat.objects.filter(departure__worker__in=ids, trip__left_at__isnull=False).select_related("trip", "drop")]
    changes = Change.objects.filter(spell__worker__in=ids).select_related("spell", "recorded_by")
    happened += [Happened(today(one.recorded_at), "change", one, 5) for one in changes]
    happened.append(Happened(worker.entered_on, "entered", worker))
    if worker.left_on:
        happened.append(Happened(worker.left_on, "left", worker, 6))
    if not worker.person.is_protected:
        happened += _statuses(worker)
    return sorted(happened, key=lambda one: (one.on, one.rank), reverse=True)


def _statuses(worker):
    homes = Membership.objects.filter(person_id=worker.pk).values("household")
    rows = DatedStatus.objects.filter(household__in=homes, scheme__in=SCHEMES)
    began = [Happened(row.from_on, "holds", row, 1, _status_words(row)) for row in rows if row.from_on]
    return began + [Happened(row.to_on, "held", row, 1, _status_words(row)) for row in rows if row.to_on]


def _status_words(row):
    named = said(scheme(row.scheme))
    return named if named == row.words else f"{named} {row.words}"


def of_home(actor, home):
    """Return the labourers who live in a home, grown up ones first by name; of a child nothing stands on the home's page."""
    people = Membership.objects.filter(household=home, to_on=None, person__merged_into=None).values("person")
    rows = listed(visible_workers(actor).filter(pk__in=people, left_on=None)).order_by("person__pinyin", "pk")
    return [one for one in rows if not one.person.is_protected]


def worker_of(actor, person):
    """Return the labourer that a person of the register is, where the actor sees it; or None."""
    return Worker.objects.filter(pk=person.pk, pk__in=visible_workers(actor).filter(pk=person.pk).values("pk")).first()
