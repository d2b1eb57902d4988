"""Appraisal as figures count it: quarters appraised, homes on red lists, what was told privately and put right, objections to a paper board; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Q

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..appraisal.rules import visible_entries, visible_rounds
from ..appraisal_states import EntryState, RoundState, ShortState
from ..improving.rules import visible_shortcomings, visible_strict
from ..models import AppraisalRound, RedEntry, Shortcoming, StrictNotice

HERE = Path(__file__).parent


def _end(day):
    return day_start(day + timedelta(days=1))


def rounds_on(rows, day, today):
    """Return the quarters of the year whose appraisal was drawn up by a day: counted by a poll by then, with enough for a list, its list put up."""
    day = day or today
    rows = rows.filter(year=day.year, drawn_at__lt=_end(day)).exclude(state=RoundState.CANCELLED)
    enough = Q(state__in=(RoundState.COUNTED, RoundState.LISTED))
    return rows.annotate(f_held=holds(Q(counted_on__lte=day)), f_enough=holds(enough & Q(counted_on__lte=day)), f_listed=holds(Q(listed_on__lte=day)))


def entries_on(rows, day, today):
    """Return the homes that stood in the year's appraisals by a day: on a red list by then, and with their consent taken back."""
    day = day or today
    on_list = Q(round__listed_on__lte=day, state=EntryState.LISTED) | Q(round__listed_on__lte=day, state=EntryState.WITHDRAWN, withdrawn_on__gt=day)
    return rows.filter(round__year=day.year, asked_at__lt=_end(day)).annotate(f_listed=holds(on_list), f_taken_back=holds(Q(withdrawn_on__lte=day)))


def shortcomings_on(rows, day, today):
    """Return what was told privately in the year up to a day, and whether it was put right by then; what was wrongly written is left out."""
    day = day or today
    rows = rows.filter(told_on__year=day.year, told_at__lt=_end(day)).exclude(state=ShortState.DROPPED)
    return rows.annotate(f_repaired=holds(Q(state=ShortState.REPAIRED, ended_on__lte=day)), f_answered=holds(Q(replied_on__lte=day)))


def strict_on(rows, day, today):
    """Return the notices for a group's paper board drawn up in the year up to a day: put up by then, and objected to."""
    day = day or today
    rows = rows.filter(drawn_at__gte=day_start(day.replace(month=1, day=1)), drawn_at__lt=_end(day))
    objected = StrictNotice.objects.filter(objections__told_on__lte=day).values("pk")
    return rows.annotate(f_hung=holds(Q(from_on__lte=day)), f_objected=holds(Q(pk__in=objected)))


def _population(name, model, visible, area, as_of, *told):
    return Population(name, HERE / f"{name}.toml", model, counted(model, visible, area), area, few=told, facts=facts(*told), as_of=as_of)


POPULATIONS = [
    _population("village_appraisals", AppraisalRound, visible_rounds, "village_id", rounds_on, "held", "enough", "listed"),
    _population("village_red_entries", RedEntry, visible_entries, "round__village_id", entries_on, "listed", "taken_back"),
    _population("village_told", Shortcoming, visible_shortcomings, "village_id", shortcomings_on, "repaired", "answered"),
    _population("village_strict", StrictNotice, visible_strict, "village_id", strict_on, "hung", "objected"),
]
