"""Grade a need; keep the county's grid."""

from datetime import timedelta

from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.calendar import Due, WorkingCalendar, today
from wanjia.kernel.command import command
from wanjia.kernel.verdict import Refused
from wanjia.orgs.models import Tier

from ..commands import advance, start_step, take
from ..models import GridCell
from ..queries import cell_for
from ..states import NEED, Difficulty, Urgency
from . import rules


@command("casework.triage_need")
def triage_need(*, need_id, urgency, difficulty, by, at, words=""):
    """Grade one need (研判). The grid gives tier, deadline and who may hold it; grading anew needs a reason in `words`."""
    need, at = take(need_id, at)
    rules.can_triage(by, need).or_raise()
    anew = not NEED.allows("triage", need.state)
    if anew and not words.strip():
        raise Refused(_("重新研判请写明理由。"))
    grade(need, urgency, difficulty, at=at)
    if not anew:  # grading anew starts no clock: not the need's own, not the step's
        start_step(need, "assign", at)
    advance(need, "regrade" if anew else "triage", by=by, at=at, words=words, urgency=urgency, difficulty=difficulty)
    return need


def grade(need, urgency, difficulty, *, at):
    """Write on `need` what the grid says of these grades: tier, hint, deadline.

    The first clock survives: it is counted from the first grading's day, and grading anew never moves it later.
    """
    day = need.graded_on = need.graded_on or today(at)
    cell = cell_for(need.village, Urgency(urgency), Difficulty(difficulty), day)
    need.urgency, need.difficulty, need.tier, need.grade_hint = urgency, difficulty, cell.tiers[0], cell.hint
    promise(need, deadline(cell, day), cell.days if cell.unit == "working" else None)


def promise(need, due, days):
    """Set the day by which a graded need is promised, never later than the first. days: working days it is counted by, or None."""
    if need.first_due_on is None:
        need.first_due_on = due.on
    elif due.on > need.first_due_on:
        return
    need.due_on, need.due_provisional, need.due_days = due.on, due.provisional, days


def deadline(cell, day, calendar=None):
    """Return the Due date of a cell counted from `day`."""
    if cell.unit == "working":
        return (calendar or WorkingCalendar.load()).add(day, cell.days)
    return Due(day + timedelta(days=cell.days))


@command("casework.set_grid_cell")
def set_grid_cell(*, county, urgency, difficulty, tiers, days, unit, hint, from_on, by, at):
    """Set one cell of the county's grid from a day on; the cell before it ends that day. Graded needs keep their deadline."""
    rules.can_set_grid(by, county).or_raise()
    if from_on < today(at):
        raise Refused(_("研判表只能从今天或以后的日期起修改,已研判的诉求不受影响。"))
    if not tiers or not set(tiers) <= set(Tier.values):
        raise Refused(_("请至少选择一个承办层级。"))
    if not 1 <= days <= 365:
        raise Refused(_("期限请填 1 到 365 天。"))
    live = GridCell.objects.filter(county=county, urgency=urgency, difficulty=difficulty, to_on=None)
    live.filter(from_on__gte=from_on).delete()
    live.update(to_on=from_on)
    cell = GridCell.objects.create(
        county=county, urgency=urgency, difficulty=difficulty, tiers=",".join(tiers), days=days, unit=unit, hint=hint,
        from_on=from_on, set_by=by,
    )  # fmt: skip
    journal.record(
        act="grid.set", subject=cell, by=by, at=at, area_code=county.code, urgency=urgency, difficulty=difficulty,
        tiers=list(tiers), days=days, unit=unit, from_on=from_on,
    )  # fmt: skip
    return cell
