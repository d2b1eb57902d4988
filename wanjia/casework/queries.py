"""What several mechanisms ask of needs."""

import re
from collections import defaultdict
from functools import cache

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import WorkingCalendar
from wanjia.orgs import scope
from wanjia.orgs.carried import roles_with
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Level, Organisation, Post, Tier
from wanjia.orgs.scope import WHOLE_AREA
from wanjia.policy.erased import NOBODY
from wanjia.registry.models import Membership, Person
from wanjia.shapes import Shape

from .models import Consultation, Decision, GridCell, Need, Session, SessionItem, SubTask, Support
from .rules import TIERS, covers, stands_above
from .states import DECIDABLE, IN_HANDS, STILL, ItemState, SessionState, TaskState

SEATS = Shape(lambda day, first, end: Organisation.objects.on(day).filter(
    tier=Tier.TOWNSHIP, line="", area__level=Level.TOWNSHIP, area__code__gte=first, area__code__lt=end)[:1])  # fmt: skip
CELLS = Shape(lambda day, first, end, urgency, difficulty: GridCell.objects.on(day).filter(
    county__code__gte=first, county__code__lt=end, county__level=Level.COUNTY, urgency=urgency, difficulty=difficulty)[:1])  # fmt: skip
SIGN = Shape(lambda day, unit: signing(day).filter(organisation=unit).order_by().values_list("pk", flat=True)[:1])


def _below(stem):
    """Return (first, end) of the codes that begin with the digits `stem`."""
    return stem, str(int(stem) + 1)


@cache
def _held(duty):
    """Return the question for the posts that carry a duty on a day, wherever they work."""
    return Shape(lambda day: Post.objects.on(day).filter(role__in=roles_with(duty), user__is_active=True).select_related("area", "organisation__area").order_by())


@cache
def _near(tiers):
    """Return the question for the units of some tiers that work where a village lies."""
    def near(day, village, first, end, county, beyond):
        here = Q(area__code=village) | Q(area__code__gte=first, area__code__lt=end, area__level=Level.TOWNSHIP)
        here |= Q(area__code__gte=county, area__code__lt=beyond, area__level=Level.COUNTY)
        return Organisation.objects.on(day).filter(here, tier__in=tiers).select_related("area").order_by("name")

    return Shape(near)


def triage_desk(village, day):
    """Return the unit that owns a fresh need of `village`: its township's government, else its county's ledger office."""
    return SEATS.first(day, *_below(village.code[:9])) or ledger_office(village, day)


def ledger_office(village, day):
    """Return the county's unit whose post carries the ledger office, or None."""
    county = village.code[:6]
    return (
        Organisation.objects.on(day)
        .filter(tier=Tier.COUNTY, area__code__startswith=county, posts__role="ledger_office")
        .distinct()
        .first()
    )


def cell_for(village, urgency, difficulty, day):
    """Return the cell of the grid in force for a village on a day: the county's own, else the default."""
    from wanjia.policy.triage import Cell, default_cells

    own = CELLS.first(day, *_below(village.code[:6]), str(urgency), str(difficulty))
    if own:
        return Cell(own.urgency, own.difficulty, tuple(own.tiers.split(",")), own.days, own.unit, own.hint)
    return default_cells()[urgency, difficulty]


def holders_for(need, day, tiers=None):
    """Return the units that may hold `need`: of the tiers its grade names, and working where its village lies.

    The usual tier comes first; within it the village's own committee, the township's government and stations, the bureaus.
    """
    tiers = tiers or cell_for(need.village, need.urgency, need.difficulty, day).tiers
    if need.raised_from:  # its grade's tiers did not settle it: those above the one it was raised from may
        tiers = (*tiers, *(tier for tier in TIERS[TIERS.index(need.raised_from) + 1 :] if tier not in tiers))
    code = need.village_id
    found = _near(tuple(tiers))(day, code, *_below(code[:9]), *_below(code[:6]))
    return sorted(found, key=lambda unit: (tiers.index(unit.tier), unit.line != "", unit.pinyin, unit.name))


def callers_of(village, day, since=None):
    """Return, for each person who may call back in `village` on a day, the ids of all units in which he stood since then: two queries.

    By people and not by units: whoever sits in a second unit brings its part along (rules.independent).
    """
    return _units_of(_posts_over(village, Duty.CALL_BACK, day), day, since)


def recheckers_of(village, holder, day, since=None):
    """Return the same of those who may recheck what `holder` settled. A post in a unit of another line reaches no need of the holder's."""
    lines = ("", holder.line)
    held = [post for post in _posts_over(village, OrgsDuty.RECHECK_NEEDS, day) if post.role in WHOLE_AREA or post.organisation.line in lines]
    return _units_of([post for post in held if stands_above(post.organisation, holder)], day, since)


def _posts_over(village, duty, day):
    return [post for post in _held(duty)(day) if post.reach.covers(village.code)]


def _units_of(posts, day, since):
    people, units = {post.user_id for post in posts}, defaultdict(set)
    stood = Post.objects.filter(Q(to_on=None) | Q(to_on__gte=since or day), user__in=people).order_by()
    for user, unit in stood.values_list("user_id", "organisation_id") if people else ():
        units[user].add(unit)
    return frozenset(map(frozenset, units.values()))


def somebody_left(people, taking_part):
    """Tell whether one of `people` (the units of each) stays without a part; where there was nobody anyway, nothing is taken away."""
    return not people or any(map(taking_part.isdisjoint, people))


def accepts(unit, day):
    """Tell whether somebody in the unit may sign for a need on a day."""
    return bool(SIGN(day, unit.pk))


def forsaken(day):
    """Return the Q of the needs that are with a unit where nobody may sign on a day: its posts ended, or it never had such a post."""
    return Q(state__in=IN_HANDS) & ~Q(holder__in=signing(day).values("organisation"))


def is_forsaken(need, day):
    """Tell the same of one need: no hand of its own unit moves it any more."""
    return need.state in IN_HANDS and not accepts(need.holder, day)


def signing(day):
    """Return the posts whose holders may sign for a need on a day."""
    return Post.objects.on(day).filter(role__in=roles_with(Duty.ACCEPT_NEEDS), user__is_active=True)


def counts(needs):
    """Count needs by state in one query: {state: n}."""
    return dict(needs.order_by().values_list("state").annotate(n=Count("pk")))


def last_numbers(prefix):
    """Return the greatest sequence used under a prefix; for a fresh series."""
    number = Need.objects.filter(number__startswith=prefix).order_by("-number").values_list("number", flat=True).first()
    return int(number.rsplit("-", 1)[1]) if number else 0


def named_alone(spoken):
    """Return the keys of the needs of a person's own homes that bear its name and no key of anybody.

    spoken: kernel.brings.Spoken, whom an erasure seeks.
    """
    names = Person.objects.filter(pk__in=spoken.people).exclude(name__in=NOBODY).values("name")
    needs = Need.objects.filter(household__memberships__person__in=spoken.people, requester=None, requester_name__in=names)
    return needs.values_list("pk", flat=True)


def open_agenda(need):
    """Return the item of the open agenda on which a need stands, or None."""
    return AGENDA.first(need.pk)


AGENDA = Shape(lambda need: SessionItem.objects.filter(need=need, state=ItemState.OPEN).select_related("session__area")[:1])


def is_decidable(need, day):
    """Tell whether a session may hand this need over: nobody has done it, or whoever has it asks whose it is; and it has not ended."""
    return need.state in DECIDABLE or need.contested_at is not None or is_forsaken(need, day)


def waits_for_a_table():
    """Return the Q of the needs whose holder asks a session whose they are, and that stand on no open agenda yet."""
    return Q(contested_at__isnull=False) & ~Exists(SessionItem.objects.filter(need=OuterRef("pk"), state=ItemState.OPEN))


def tables_for(actor, need, agenda, day):
    """Return the called sessions on whose agenda the actor may put a need: of places where it lies. Whoever holds no sessions costs no query."""
    if agenda or not covers(actor, need, duty=Duty.HOLD_SESSIONS) or not is_decidable(need, day):
        return []
    wider = [need.village_id[:digits].ljust(12, "0") for digits in (6, 9)]
    here = Session.objects.filter(scope.in_reach(actor, duty=Duty.HOLD_SESSIONS), area__in=wider, state=SessionState.CALLED)
    return list(here.select_related("area").order_by("on", "called_at"))


def decision_of(need):
    """Return the last decision of a session on a need, or None: what its page names."""
    return DECIDED.first(need.pk)


DECIDED = Shape(lambda need: Decision.objects.filter(need=need, put_off_on=None).select_related("item__session__area", "holder").order_by("-line")[:1])


def last_day_to_help(need, day):
    """Return the last day that a sub-task of a need may be given: the need's own; where that has passed, the next working day."""
    return need.due_on if need.due_on >= day else WorkingCalendar.load().add(day, 1).on


def live_supports():
    """Return the rows of helpers that still help or have helped: not whose every sub-task was sent back or called off."""
    asked = SubTask.objects.filter(need=OuterRef("need"), unit=OuterRef("organisation"))
    stays = Exists(asked.exclude(state__in=(TaskState.SENT_BACK, TaskState.OFF)))
    return Support.objects.filter(stays | ~Exists(asked)).select_related("organisation").order_by("asked_at", "pk")


def tasks_of(need):
    """Return the sub-tasks of a need: what is still waited for first, then what ended, the latest first."""
    return TASKS(need.pk)


TASKS = Shape(lambda need: SubTask.objects.filter(need=need).select_related("unit").order_by(
    Case(When(state__in=STILL, then=0), default=1), F("ended_at").desc(), "due_on", "asked_at"))  # fmt: skip


def consulted(need):
    """Return the consultations of a need with the names of who took part: [(Consultation, [names])], the latest first."""
    rows = CONSULTED(need.pk)
    wanted = {pk for row in rows for pk in row.units}
    names = {str(pk): name for pk, name in Organisation.objects.filter(pk__in=wanted).values_list("pk", "name")} if wanted else {}
    return [(row, [names.get(pk, pk) for pk in row.units]) for row in rows]


CONSULTED = Shape(lambda need: Consultation.objects.filter(need=need).order_by("-at"))


def children_of(need, day):
    """Return the names of minors whom the need's texts might name: the child it is about, the asker, the home's children."""
    people = [person for person in (need.child, need.requester) if person and (person == need.child or person.is_minor_on(day))]
    if need.household_id:
        rows = Membership.objects.filter(household=need.household_id).select_related("person")
        people += [row.person for row in rows if row.person.is_minor_on(day)]
    return sorted({person.name for person in people if len(person.name) > 1}, key=len, reverse=True)


def without_children(text, names):
    """Replace each child's name in a text: no paper names a child."""
    if not names:
        return text
    return re.sub("|".join(map(re.escape, names)), "某某", text)
