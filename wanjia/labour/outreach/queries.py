"""Who would be told of a vacancy and why, who is left out and why; who waits for a call; which homes have somebody at school."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from wanjia.orgs.models import Area, Organisation, Tier
from wanjia.orgs.scope import in_reach
from wanjia.policy.day_work import in_force
from wanjia.registry.models import Membership
from wanjia.solving.models import Standing

from ..departure_states import Listed
from ..duties import Duty
from ..models import Departure, OptOut, Proposal, Reached
from ..reach_states import LeftOut, OutreachState, Told
from ..states import Answer, Left, Place
from ..workers.rules import AT_SCHOOL, visible_workers
from . import rules

READ = 4000  # labourers without work of an area who are looked at; more is said


@dataclass
class Audience:
    """Who is told ([(worker, student, [codes of why])]), who is left out ({LeftOut: [worker]}), how many were looked at, and whether that was not all."""

    told: list = field(default_factory=list)
    left_out: dict = field(default_factory=dict)
    looked_at: int = 0
    cut: bool = False

    @property
    def counts(self):
        """{LeftOut: how many}."""
        return {str(why): len(rows) for why, rows in self.left_out.items()}

    @property
    def students(self):
        """How many of those told are of homes with somebody at school."""
        return sum(1 for _worker, student, _why in self.told if student)


def without_work(actor, area):
    """The labourers on the roll of an area who work nowhere away from the farm, in the actor's reach."""
    first, end = area.span()
    rows = visible_workers(actor, duty=Duty.REACH_OUT).filter(left_on=None, place=Place.NONE, village_id__gte=first, village_id__lt=end)
    return rows.select_related("person", "village")


def with_students(workers):
    """Return the ids of those whose home has a child or student at school: the child is neither named nor read."""
    homes = Membership.objects.filter(to_on=None, person__schooling__in=AT_SCHOOL, person__merged_into=None).values("household")
    ids = [one.pk for one in workers]
    return set(Membership.objects.filter(to_on=None, person__in=ids, household__in=homes).values_list("person_id", flat=True))


def going(ids):
    """Return those who have somewhere to go: on the list of departures, or they said yes to what a drive in force proposes. A second word would undo the first."""
    listed = Departure.objects.filter(worker__in=ids, state=Listed.LISTED).values_list("worker_id", flat=True)
    agreed = Proposal.objects.filter(worker__in=ids, state=Answer.ACCEPTED, plan__in=Standing.objects.values("plan")).values_list("worker_id", flat=True)
    return {*listed, *agreed}


def audience_of(outreach, actor, day):
    """Return the Audience: student families first, then longest without a word; the same question before it leaves and when it does."""
    rows = list(without_work(actor, outreach.area).order_by("verified_on", "pk")[: READ + 1])
    found = Audience(looked_at=min(len(rows), READ), cut=len(rows) > READ)
    rows = rows[:READ]
    ids = [one.pk for one in rows]
    asked = {
        "opted": set(OptOut.objects.filter(worker__in=ids, to_on=None).values_list("worker_id", flat=True)),
        "twice": set(Reached.objects.filter(vacancy=outreach.vacancy, worker__in=ids).values_list("worker_id", flat=True)),
        "goes": going(ids),
        "times": dict(Reached.objects.filter(worker__in=ids, told_on__year=day.year, told_on__month=day.month).values_list("worker_id").annotate(n=Count("pk")).order_by()),
        "most_a_month": in_force(day).month,
    }
    students = with_students(rows)
    left = found.left_out
    for worker in sorted(rows, key=lambda one: one.pk not in students):
        student = worker.pk in students
        if outreach.families and not student:
            continue
        why = rules.why_left_out(worker, outreach.vacancy, day, **asked)
        if not why and len(found.told) >= outreach.most:
            why = LeftOut.MANY
        if why:
            left.setdefault(why, []).append(worker)
        else:
            found.told.append((worker, student, reasons(worker, student, outreach.vacancy)))
    return found


def reasons(worker, student, vacancy):
    """Return the codes of why somebody is told: without work, and what of his wishes the vacancy meets."""
    holds = {"idle": True, "student": student, "trade": vacancy.trade in (worker.wants_trade, worker.trade), "place": bool(worker.wants_place), "care": bool(worker.care)}
    return [code for code, is_so in holds.items() if is_so]


def areas_for(_vacancy, actor, day):
    """The areas in which the actor may tell people: the reach itself, its townships and villages."""
    return Area.objects.on(day).filter(in_reach(actor, area="code", duty=Duty.REACH_OUT)).select_related("parent").order_by("code")


def listed(actor):
    """What was planned and told, the newest first."""
    return rules.visible_outreach(actor).select_related("vacancy__employer", "area").order_by("-made_at", "pk")


def told_of(outreach, actor):
    """Who of the actor's labourers was told, those who have not answered first."""
    rows = rules.visible_reached(actor).filter(outreach=outreach).select_related("worker__person", "worker__village")
    return rows.order_by("answer", "-student", "worker__village_id", "pk")


def waiting(actor, _day):
    """Count who was told and has not answered, of what was given to somebody to pass on."""
    if not actor.has_duty(*rules.ANSWERS):
        return 0
    rows = rules.visible_reached(actor).filter(answer=Told.WAITS, outreach__state=OutreachState.SENT)
    return rows.exclude(worker__left_because=Left.TWICE).count()  # told of it under both his records: the one that stays is asked


def queue(actor, day):
    """Return how many wait, for the menu."""
    return {"labour:outreaches": waiting(actor, day)} if actor.has_duty(*rules.ANSWERS) else {}


def units_of(workers, day):
    """Return {the villages' own units: how many of these labourers live there}."""
    homes = Counter(one.village_id for one in workers)
    units = Organisation.objects.on(day).filter(area__in=homes, tier=Tier.VILLAGE, line="")
    return {unit: homes[unit.area_id] for unit in units}


def opted_out(worker):
    """Tell whether a labourer wants to hear of no vacancies."""
    return OptOut.objects.filter(worker=worker, to_on=None).exists()


