"""The branch as figures count it: activities, who came, duties with a holder, pledges kept, clean-up days and their sections; each as of a day. Recruitment is counted on its own page alone: no other role sees so much as its numbers."""

from datetime import timedelta
from pathlib import Path

from django.db.models import Exists, F, OuterRef, Q

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..branch.rules import visible_activities
from ..branch_duties.rules import visible_duties
from ..branch_states import Attended, HoldingState, PledgeState, Setting
from ..cleanups.rules import visible_cleanups
from ..models import BranchActivity, BranchDuty, BranchRoll, CleanUp, CleanUpSection, DutyHolding, Pledge
from ..pledges.rules import visible_pledges

HERE = Path(__file__).parent


def _end(day):
    return day_start(day + timedelta(days=1))


def activities_on(rows, day, today):
    """Return the activities held up to a day and looked at by a second hand by then, with whether in its year, in the fields, on another day than the fixed one."""
    day = day or today
    rows = rows.filter(day__lte=day, checked_at__lt=_end(day))
    return rows.annotate(f_this_year=holds(Q(day__year=day.year)), f_fields=holds(Q(setting=Setting.FIELDS)), f_moved=holds(~Q(moved="")))


def rolls_on(rows, day, today):
    """Return the places on the rolls of the year's activities that were looked at by a day, with whether somebody came or called, or was on leave."""
    day = day or today
    rows = rows.filter(activity__day__year=day.year, activity__day__lte=day, activity__checked_at__lt=_end(day))
    return rows.annotate(f_came=holds(Q(attended__in=(Attended.PAPER, Attended.PHONE))), f_leave=holds(Q(attended=Attended.LEAVE)))


def duties_on(rows, day, today):
    """Return the duties that stand on a day, with whether somebody held them then."""
    day = day or today
    held = DutyHolding.objects.filter(duty=OuterRef("pk"), state__in=(HoldingState.HELD, HoldingState.OVER), from_on__lte=day, until_on__gte=day, decided_at__lt=_end(day))
    rows = rows.filter(from_on__lte=day).filter(Q(to_on=None) | Q(to_on__gt=day))
    return rows.annotate(f_held=holds(Exists(held.filter(Q(ended_on=None) | Q(ended_on__gt=day)))))


def pledges_on(rows, day, today):
    """Return the pledges whose day was in the year up to a day, with whether they were seen kept by then, in time or late, or given up."""
    day = day or today
    rows = rows.filter(due_on__year=day.year, due_on__lte=day, pledged_on__lte=day)
    kept = Q(state=PledgeState.KEPT, settled_on__lte=day)
    return rows.annotate(f_kept=holds(kept), f_late=holds(kept & Q(told_on__gt=F("due_on"))), f_failed=holds(Q(state=PledgeState.FAILED, settled_on__lte=day)))


def cleanups_on(rows, day, today):
    """Return the clean-up days held up to a day and looked at by then, with whether in its year."""
    day = day or today
    return rows.filter(day__lte=day, checked_at__lt=_end(day)).annotate(f_this_year=holds(Q(day__year=day.year)))


def sections_on(rows, day, today):
    """Return the sections of the year's clean-up days that were looked at by a day, with whether somebody came, and whether it is clean."""
    day = day or today
    rows = rows.filter(clean_up__day__year=day.year, clean_up__day__lte=day, clean_up__checked_at__lt=_end(day))
    return rows.annotate(f_came=holds(Q(turnout__gt=0)), f_clean=holds(Q(cleaned=True)))


def _rolls(actor):
    return BranchRoll.objects.filter(activity__in=visible_activities(actor))


def _sections(actor):
    return CleanUpSection.objects.filter(clean_up__in=visible_cleanups(actor))


def _of(name, model, visible, place, as_of, *asked):
    return Population(name, HERE / f"{name}.toml", model, counted(model, visible, place), place, few=asked, facts=facts(*asked), as_of=as_of)


POPULATIONS = [
    _of("branch_activities", BranchActivity, visible_activities, "body__area_id", activities_on, "this_year", "fields", "moved"),
    _of("branch_roll", BranchRoll, _rolls, "activity__body__area_id", rolls_on, "came", "leave"),
    _of("branch_duties", BranchDuty, visible_duties, "body__area_id", duties_on, "held"),
    _of("pledges", Pledge, visible_pledges, "member__body__area_id", pledges_on, "kept", "late", "failed"),
    _of("cleanups", CleanUp, visible_cleanups, "village_id", cleanups_on, "this_year"),
    _of("cleanup_sections", CleanUpSection, _sections, "clean_up__village_id", sections_on, "came", "clean"),
]
