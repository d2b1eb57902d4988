"""By-laws, steps, proposals and problems as figures count them; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Exists, F, OuterRef, Q

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..bylaw_states import Step
from ..bylaws.rules import visible_versions
from ..models import BylawSpell, BylawVersion, Problem, Proposal, PublicNotice, StepMatter, StepRecord, StepResult
from ..problems.rules import visible_problems
from ..proposing.rules import visible_proposals
from ..steps.rules import visible_matters

HERE = Path(__file__).parent


def _end(day):
    return day_start(day + timedelta(days=1))


def versions_on(rows, day, today):
    """Return the versions drawn up by a day, with whether each was in force on it."""
    day = day or today
    spells = BylawSpell.objects.filter(Q(to_on=None) | Q(to_on__gt=day), of=OuterRef("pk"), from_on__lte=day)
    return rows.filter(drawn_at__lt=_end(day)).annotate(f_force=holds(Exists(spells)))


def matters_on(rows, day, today):
    """Return the matters begun in the year up to a day, with the steps that each had taken by then."""
    day = day or today
    steps = StepRecord.objects.filter(matter=OuterRef("pk"), day__lte=day, told_at__lt=_end(day))
    notice = PublicNotice.objects.filter(item=OuterRef("item"), withdrawn_on=None, from_on__lte=day, posted_at__lt=_end(day))
    result = StepResult.objects.filter(matter=OuterRef("pk"), accepted=True, accepted_on__lte=day)
    return rows.filter(begun_at__gte=day_start(day.replace(month=1, day=1)), begun_at__lt=_end(day)).annotate(
        f_party=holds(Exists(steps.filter(step=Step.PARTY))), f_decided=holds(Q(item__decided_on__lte=day)), f_posted=holds(Exists(notice)), f_result=holds(Exists(result)),
    )  # fmt: skip


def proposals_on(rows, day, today):
    """Return the proposals of the year up to a day: answered by then, in time, put to a body."""
    day = day or today
    answered = Q(answered_on__lte=day)
    return rows.filter(told_on__year=day.year, told_on__lte=day, told_at__lt=_end(day)).annotate(
        f_answered=holds(answered), f_timely=holds(answered & Q(answered_on__lte=F("due_on"))), f_taken=holds(answered & Q(item__isnull=False)), f_late=holds((Q(answered_on=None) | Q(answered_on__gt=day)) & Q(due_on__lt=day)),
    )  # fmt: skip


def problems_on(rows, day, today):
    """Return the problems of the village known by a day: those still open before the year began, and those of the year; closed by then."""
    day = day or today
    year = day.replace(month=1, day=1)
    return rows.filter(raised_on__lte=day, raised_at__lt=_end(day)).filter(Q(closed_on=None) | Q(closed_on__gte=year)).annotate(f_put=holds(Q(item__isnull=False)), f_closed=holds(Q(closed_on__lte=day, reason="")))


def _population(name, model, visible, area, as_of, *told):
    return Population(name, HERE / f"{name}.toml", model, counted(model, visible, area), area, few=told, facts=facts(*told), as_of=as_of)


POPULATIONS = [
    _population("bylaw_versions", BylawVersion, visible_versions, "bylaw__village_id", versions_on, "force"),
    _population("step_matters", StepMatter, visible_matters, "village_id", matters_on, "party", "decided", "posted", "result"),
    _population("village_proposals", Proposal, visible_proposals, "village_id", proposals_on, "answered", "timely", "taken", "late"),
    _population("village_problems", Problem, visible_problems, "village_id", problems_on, "put", "closed"),
]
