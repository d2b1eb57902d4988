"""Who may grade a need, who may change the grid, and which cell gives more time, so that another unit must agree (ADR 86)."""

from bisect import bisect_right
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import WorkingCalendar, seed_days, today
from wanjia.orgs import scope
from wanjia.orgs.agreeing import rules as agreeing
from wanjia.orgs.agreeing.queries import lines_since
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.policy.triage import default_cells
from wanjia.verdict import first_refusal

from ..models import GridCell
from ..queries import is_forsaken
from ..rules import covers, left_to_above, raised_refusal, state_refusal
from ..states import IN_HANDS, NEED

CYCLE_DAYS = 28 * 365 + 7  # then the days of the week fall on the same dates again
LONGEST_DAYS = 3 * 365  # no cell lasts longer: 365 working days


def can_triage(actor, need, *, at=None):
    """Decide whether the actor may grade this need now, or grade it anew: once it is with a unit, only where nobody there can sign."""
    free = need.state not in IN_HANDS or is_forsaken(need, today(at or timezone.now()))
    return first_refusal(
        (actor.has_duty(Duty.TRIAGE_NEEDS), _("您的岗位没有研判权限。")),
        (covers(actor, need, duty=Duty.TRIAGE_NEEDS), _("这件诉求不在您的辖区。")),
        (
            NEED.allows("triage", need.state) or (NEED.allows("regrade", need.state) and free),
            state_refusal(need, _("只有已受理、还没有交办的诉求才能研判")),
        ),
        (not left_to_above(actor, need, duty=Duty.TRIAGE_NEEDS), raised_refusal(need)),
    )


def can_set_grid(actor, county):
    """Decide whether the actor may change the county's grid."""
    return first_refusal(
        (actor.has_duty(OrgsDuty.SET_RULES), _("您的岗位没有维护研判表的权限。")),
        (scope.covers(actor, county.code, duty=OrgsDuty.SET_RULES), _("只能维护本县的研判表。")),
    )


def can_agree(actor, change):
    """Decide whether the actor may agree to a cell that gives more time: of another unit, and watching over this county's work."""
    other, near = agreeing.can_agree(actor, change), unit_of_word(actor, change.county)
    return first_refusal((other, other.reason), (near is not None, _("别的县的研判表,由那个县的人来定。")))


def still_as_asked(change):
    """Decide whether a waiting cell may still be agreed to: not over one that was set meanwhile."""
    since = lines_since(change, "grid.propose", ("grid.set", "grid.agree")).filter(area_code=change.county_id)
    same = since.filter(detail__urgency=change.urgency, detail__difficulty=change.difficulty)
    return first_refusal(
        (not same.exists(), _("申请之后,这一格又改过。现在同意会盖掉新改的。请选不同意,由申请人按现在的研判表重新申请。")),
    )  # fmt: skip


def unit_of_word(actor, county):
    """Return the unit of the first post by which the actor watches over work in this county or in a part of it; None where none does."""
    posts = scope.posts(actor, duty=agreeing.AGREES)
    return next((post.organisation for post in posts if post.reach.covers(county.code) or county.covers(post.reach.code)), None)


def gives_more(cell):
    """Tell whether a cell gives more time than one in force on any day from its first on, and more than the product's grid.

    Else no promise comes later than one of the two had it, whatever order the changes come in: nobody's rate gets better.
    """
    default = default_cells()[cell.urgency, cell.difficulty]
    own = GridCell.objects.filter(county=cell.county, urgency=cell.urgency, difficulty=cell.difficulty)
    before = [*own.not_ended(cell.from_on), *([] if own.on(cell.from_on).exists() else [default])]
    return could_end_later(cell, default, cell.from_on) and any(could_end_later(cell, old, cell.from_on) for old in before)


def could_end_later(new, old, day):
    """Tell whether a need graded on `day` or later could be promised later by one cell than by another.

    Working against calendar days: `new` is counted with the rest of both the table and the published calendar, `old` with the
    work of both. One unit alone moves the table only between the two.
    """
    if new.unit == old.unit:
        return new.days > old.days
    spans = _spans(new.days, day, all) if new.unit == "working" else _spans(old.days, day, any)
    return max(spans) > old.days if new.unit == "working" else new.days > min(spans)


def _spans(days, first, works):
    """List how many days so many working days last, counted from each day of a whole cycle. works: all or any of the two calendars."""
    calendars = WorkingCalendar.load(), WorkingCalendar((row.day, row.works) for row in seed_days())
    dates = (first + timedelta(days=n) for n in range(CYCLE_DAYS + LONGEST_DAYS))
    worked = [n for n, date in enumerate(dates) if works(calendar.works(date) for calendar in calendars)]
    return [worked[bisect_right(worked, start) + days - 1] - start for start in range(CYCLE_DAYS)]
