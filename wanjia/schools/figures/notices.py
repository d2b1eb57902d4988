"""Notices as figures count them: those issued in the year, whom they were to reach, the steps that were taken; each as of a day."""

from datetime import timedelta
from pathlib import Path

from django.db.models import F, Q

from wanjia.kernel.calendar import day_start
from wanjia.reporting.figures.dated import counted, facts, holds
from wanjia.reporting.figures.population import Population

from ..dating import of_year
from ..models import NoticeReceipt, NoticeStep, SafetyNotice
from ..notice_states import Step
from ..notices.rules import visible_notices, visible_receipts, visible_steps
from .counting import listed_by

HERE = Path(__file__).parent


def notices_on(rows, day, today):
    """Return the notices issued in the year up to a day, with whether each binds, was lifted by then, or lapsed."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    lifted = Q(ended_on__lte=day)
    return rows.filter(year=day.year, issued_at__lt=end).annotate(f_binds=holds(~Q(basis="")), f_lifted=holds(lifted), f_lapsed=holds(Q(until_on__lt=day) & (Q(ended_on=None) | Q(ended_on__gt=day))))


def receipts_on(rows, day, today):
    """Return whom the notices issued in the year up to a day were to reach by then, with whether each was reached by then, in time, or it was written why not."""
    day = day or today
    end = day_start(day + timedelta(days=1))
    served = Q(served_on__lte=day, told_at__lt=end)
    return rows.filter(listed_by(end), notice__year=day.year, notice__issued_at__lt=end).annotate(
        f_served=holds(served), f_timely=holds(served & Q(served_on__lte=F("notice__from_on"))), f_excused=holds(~Q(excused="") & Q(told_at__lt=end)),
    )  # fmt: skip


def steps_on(rows, day, today):
    """Return the steps taken in the year up to a day, with which each was."""
    day = day or today
    return rows.filter(of_year(day, "taken_at"), day__lte=day, taken_at__lt=day_start(day + timedelta(days=1))).annotate(f_advised=holds(Q(step=Step.ADVISE)), f_educated=holds(Q(step=Step.EDUCATE)), f_handed=holds(Q(step=Step.HAND_OVER)))


POPULATIONS = [
    Population("notices", HERE / "notices.toml", SafetyNotice, counted(SafetyNotice, visible_notices, "area_id"), "area_id", few=("binds", "lifted", "lapsed"),
               facts=facts("binds", "lifted", "lapsed"), as_of=notices_on),
    Population("receipts", HERE / "receipts.toml", NoticeReceipt, counted(NoticeReceipt, visible_receipts, "area_id"), "area_id", few=("served", "timely", "excused"),
               facts=facts("served", "timely", "excused"), as_of=receipts_on),
    Population("notice_steps", HERE / "notice_steps.toml", NoticeStep, counted(NoticeStep, visible_steps, "receipt__area_id"), "receipt__area_id", few=("advised", "educated", "handed"),
               facts=facts("advised", "educated", "handed"), as_of=steps_on),
]  # fmt: skip
