"""No slot is uncovered without an alarm before it, to a person, with the cheapest remedy: on the working day before, and an hour before.

What is due says the posts, what is held the roster that stands and the guards' own calendars: a month without a roster, a plan that changed, an illness at half past six all look alike here.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.roles import Role
from wanjia.policy import guarding as policy

from ..guard_states import Stage
from ..models import GateAlarm, School
from ..plan_states import Party
from ..year.answering import horizon, post_of, posts_of, told_from
from .questions import Question, cell_of
from .rules import starts_at
from .standing import Cover, key_of

ANSWER = (Role.HEADMASTER, Role.GATE_OFFICER, Role.SCHOOLS_OFFICER)  # who answers for a gate: of the school, else of the police, else of education
ABOUTS = {Stage.DAY: "gate_open", Stage.HOUR: "gate_hour"}  # what a message outside the house is about


def stage_of(seat, at, since):
    """Return the Stage in which an uncovered seat is to be told at a moment, or None. since: from this moment on it is told the day before."""
    edition = policy.in_force(seat.day)
    begins = starts_at(seat)
    if at >= begins:
        return None
    if at >= begins - timedelta(minutes=edition.hour_before_minutes):
        return Stage.HOUR
    return Stage.DAY if at >= since else None


def look(at, schools=None):
    """Find what is uncovered today and up to the next working day, each stage once. Returns (new alarms, not saved; keys of those that are covered now; keys of those that are open again).

    schools: of these alone; at: the moment.
    """
    day, calendar = today(at), WorkingCalendar.load()
    end = horizon(day, calendar)
    schools = list(schools if schools is not None else School.objects.on(day).select_related("area", "unit"))
    cover = Cover(schools, day, end)
    told = {(*key_of(one), one.stage): one for one in GateAlarm.objects.filter(school__in=schools, day__gte=day, day__lt=end)}
    open_now = {one.seat.key for one in cover.gaps}
    closed = [one.pk for one in told.values() if one.covered_at is None and key_of(one) not in open_now and starts_at(one) > at]
    again = [one.pk for one in told.values() if one.covered_at is not None and key_of(one) in open_now]
    due = [(gap, stage) for gap in cover.gaps if (stage := _due(gap.seat, at, calendar)) and (*gap.seat.key, stage) not in told]
    posts, remedies = posts_of(ANSWER, day) if due else [], Remedies(at)
    return [_alarm(gap, stage, posts, remedies, at) for gap, stage in due], closed, again


def _due(seat, at, calendar):
    """A gap of Monday that opens on Saturday is told at once: Friday's hour has passed."""
    return stage_of(seat, at, told_from(seat.day, calendar, policy.in_force(seat.day).day_before))


def _alarm(gap, stage, posts, remedies, at):
    seat, (words, guard), post = gap.seat, remedies.of(gap), post_of(gap.seat.school, ANSWER, posts)
    alarm = GateAlarm(
        school=seat.school, post=seat.post, place=seat.post.same_as, party=seat.party, n=seat.n, day=seat.day, from_at=seat.from_at, stage=stage, raised_at=at,
        person_id=post and post.user_id, guard_id=guard, why=str(gap.why)[:60], remedy=words[:120],
    )  # fmt: skip
    alarm.told_unit = post and post.organisation  # whose group or mailbox hears of it
    return alarm


class Remedies:
    """The cheapest remedy of gaps, asked of the engine once for each part of a roster."""

    def __init__(self, at):
        self.at, self.found = at, {}

    def of(self, gap):
        """Return (words, key of the guard whom it asks, or None) of a gap."""
        if gap.duty is None:
            return _("这一岗还没有排班:请测算并启用排班。"), None
        part = (gap.duty.plan_id, gap.duty.party, gap.duty.school_id if gap.duty.party != Party.POLICE else None)
        if part not in self.found:
            self.found[part] = Question(gap.duty.plan, gap.duty.school, gap.duty.party, self.at).remedies()
        one = self.found[part].get(cell_of(gap.duty))
        return (one.zh, one.guard) if one else (_("请在排班里改派一人。"), None)


def messages(new, path):
    """Return what the units of those who answer are told outside the house, for orgs.delivery: no name, the day and the hour alone."""
    return [
        (one.told_unit, ABOUTS[one.stage], f"{one.day:%m-%d} {one.from_at:%H:%M}", path, f"gate:{one.place}:{one.party}:{one.n}:{one.day}:{one.from_at:%H%M}:{one.stage}")
        for one in new if one.told_unit is not None
    ]  # fmt: skip
