"""What is asked of rosters: for which areas and months, the days of a roster, who could be sent, with whom one could exchange."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Area
from wanjia.orgs.models.areas import Level
from wanjia.policy.statuses import months_after

from ..duties import Duty
from ..guard_states import SwapState
from ..models import DutySwap, GateDuty, Guard, Term
from ..plan_states import Party
from . import rules
from .standing import key_of

TERM = "学期"  # what a call says instead of a month
MOST = 200  # a queue as long as this is named and counted no further


def counties(_row, actor, day):
    """The counties whose rosters the actor may have drawn: guards stand in for one another across townships, so a roster is a county's."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.DRAW_ROSTER), level=Level.COUNTY).order_by("code")


def months(_row, _actor, day):
    """Return [(month, words)]: this one and the two that follow, and the term."""
    ahead = [months_after(day.replace(day=1), n) for n in range(3)]
    return [*((f"{one:%Y-%m}", f"{one:%Y-%m}") for one in ahead), (TERM, _("整个学期"))]


def next_month(_row, _actor, day):
    """The month that comes next, from the twentieth on; before, this one."""
    return f"{months_after(day.replace(day=1), 1) if day.day >= 20 else day:%Y-%m}"


def term_of(area, day):
    """The term of an area that a day lies in, or the next one."""
    stems = [area.stem[:n].ljust(12, "0") for n in (4, 6)]
    return Term.objects.filter(area__in=stems, to_on__gt=day + timedelta(days=1)).order_by("from_on").first()


def every_guard(*_row):
    """Every guard: what a call may name; who may be sent, the act judges."""
    return Guard.objects.all()


def every_duty(*_row):
    """Every duty of rosters that stand: what a call may name; which may be exchanged, the act judges."""
    return GateDuty.objects.filter(plan__standing__isnull=False).select_related("guard", "post", "school__unit")


def able_for(duty, _actor, day):
    """The guards of a duty's party who may stand at its school at all; whom a rule keeps away, the act says."""
    if duty is None:
        return Guard.objects.none()
    rows = Guard.objects.on(day).filter(party=duty.party)
    return (rows.filter(school=duty.school_id) if duty.party != Party.POLICE else rows).exclude(pk=duty.guard_id).order_by("name", "pk")


def exchangeable(duty, _actor, day):
    """The duties of the same roster, party and school (of the police: of any) that are held by somebody else within a fortnight."""
    if duty is None:
        return GateDuty.objects.none()
    rows = every_duty().filter(plan=duty.plan_id, party=duty.party, day__gte=day, day__lt=max(day, duty.day) + timedelta(days=14), guard__isnull=False)
    return (rows if duty.party == Party.POLICE else rows.filter(school=duty.school_id)).exclude(guard=duty.guard_id).order_by("day", "from_at", "pk")


def words_of(duty):
    """Return which duty it is, in words: a gate has several a day."""
    return f"{duty.day:%m-%d} {duty.from_at:%H:%M} {duty.school.unit.name} {duty.post.name} {duty.guard.name if duty.guard else ''}".rstrip()


def listed(actor, first, end, school=None):
    """The duties in reach of the rosters that stand between two days."""
    rows = rules.visible_duties(actor).filter(plan__standing__isnull=False, day__gte=first, day__lt=end)
    rows = rows.filter(school=school) if school else rows
    return rows.select_related("guard", "post__gate", "school__unit", "lost").order_by("school__area_id", "school_id", "day", "from_at", "post__name", "party", "n")


def alarms(actor, day):
    """The alarms in reach of seats from a day on that are still open, each seat once: by its last stage."""
    rows = rules.visible_alarms(actor).filter(covered_at=None, day__gte=day).select_related("school__unit", "post", "person", "guard")
    found = {}
    for one in rows.order_by("day", "from_at", "school_id", "place", "party", "n", "-stage")[: 2 * MOST]:
        found.setdefault((one.day, one.from_at, one.place, one.party, one.n), one)
    return list(found.values())


def alarmed(user, day):
    """How many seats are uncovered and told, for whoever answers for gates and can still send somebody: what the desk says."""
    return len(_to_mend(user, day)) if user.has_duty(Duty.MARK_GATES, Duty.EDIT_ROSTER) else 0


def _to_mend(user, day):
    """The alarms of a day on, without those of today whose duty has ended: they stand on their page, and nobody is to hurry for them."""
    found, now = alarms(user, day), timezone.now()
    open_now = every_duty().filter(day=today(now), guard=None, school__in={one.school_id for one in found})
    ended = {key_of(one) for one in open_now if rules.is_over(one, now)}
    return [one for one in found if key_of(one) not in ended]


def queue(user, day):
    """Return {name of the place: how many seats are uncovered and told, and how many exchanges wait}."""
    if not user.has_duty(Duty.MARK_GATES, Duty.EDIT_ROSTER):
        return {}
    return {"schools:alarms": len(_to_mend(user, day)) + waiting(user).count()}


def waiting(actor):
    """The exchanges in reach that wait for a yes, for whoever approves them: not whoever asked."""
    if not actor.has_duty(Duty.EDIT_ROSTER):
        return DutySwap.objects.none()
    rows = rules.visible_swaps(actor, duty=Duty.EDIT_ROSTER).filter(state=SwapState.ASKED).exclude(asked_by=actor.id)
    return rows.select_related("one__school__unit", "one__guard", "one__post", "other__guard", "other__post", "other__school__unit").order_by("one__day", "pk")


def stamp(absence):
    """Return what changes with every change of the part of a roster that an absence left open: whoever saw other ways to mend sees them anew."""
    one = absence.lost.filter(plan__standing__isnull=False, guard=None).order_by("-day").first()
    rows = GateDuty.objects.filter(plan=one.plan_id, party=one.party) if one else GateDuty.objects.none()
    return str(rows.aggregate(sum=Sum("version"))["sum"] or 0)
