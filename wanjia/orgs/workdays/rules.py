"""Who may change the working-day table, and which changes need a second unit; who of it may agree: orgs/agreeing (ADR 86)."""

from datetime import date

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import FIXED_FEASTS, WorkingCalendar, seed_days, today
from wanjia.kernel.command import SystemActor
from wanjia.orgs.duties import Duty
from wanjia.verdict import first_refusal

from ..agreeing.rules import can_agree


def can_keep_workdays(actor):
    """Decide whether the actor may change the table: it moves every due date of the county."""
    return first_refusal((actor.has_duty(Duty.SET_RULES), _("工作日历由县台账办维护,您可以查看,不能修改。")))


def can_decide(actor, change):
    """Decide whether the actor may give a word on a waiting change: to agree takes another unit, whoever keeps the table may take it back."""
    return can_keep_workdays(actor) or can_agree(actor, change)


def needs_second(actor, before, after, days):
    """Tell whether a change of `days` that makes the table `before` into `after` waits for a second unit.

    It does when a day that was worked becomes one of rest, save one on which the published calendar that comes with the product
    rests. Without such a day no promise, made or still to be made, comes later: then nobody's rate gets better.
    """
    return not isinstance(actor, SystemActor) and bool(days_won(before, after, days))


def still_as_asked(changed):
    """Decide whether a waiting change may still be agreed to: not over what was changed meanwhile. changed: those of its days."""
    said = "、".join(day.isoformat() for day in changed[:5])
    return first_refusal(
        (not changed, _("申请之后,这些天又改过:%(days)s。现在同意会盖掉新改的。请选不同意,由申请人按现在的日历重新申请。") % {"days": said}),
    )  # fmt: skip


def days_won(before, after, days):
    """List the days that a change of `days` makes free of work, beyond the published calendar, in order."""
    published = WorkingCalendar((row.day, row.works) for row in seed_days())
    # The first of October publishes its year: then the feasts fixed by law hold only as far as they stand in the table.
    asked = {*days, *(date(year, *feast) for year in {day.year for day in days} for feast in FIXED_FEASTS)}
    return sorted(
        day for day in asked
        if before.works(day) and not after.works(day) and not (day <= published.through and not published.works(day))
    )  # fmt: skip


def at_the_latest(table):
    """Return the table as those who keep it could leave it alone afterwards: what is worked beyond the published calendar is their own to
    take back, and the published days of rest to load. Whoever agrees sees what moves by this one, whatever was laid over it before.
    """
    seed = list(seed_days())
    published = WorkingCalendar((row.day, row.works) for row in seed)
    kept = {day: works for day, works in table.exceptions.items() if not works or day > published.through or published.works(day)}
    return WorkingCalendar(kept | {row.day: False for row in seed if not row.works})


def can_name(days, at):
    """Decide whether these days may be kept: the State Council publishes the next year, and none after it."""
    far = [day for day in days if day.year > today(at).year + 1]
    return first_refusal((not far, _("工作日历最多维护到明年,请核对年份:%(day)s。") % {"day": far[0] if far else ""}))
