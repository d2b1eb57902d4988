"""Pages of rosters: the week of schools, one duty and why, what a version says, an absence and how it is mended, what is uncovered."""

from collections import defaultdict
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, Exists, Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page
from wanjia.kernel.calendar import WorkingCalendar
from wanjia.kernel.privacy import mask_phone
from wanjia.solving.subjects import PLANS

from ..duties import Duty
from ..guarding.rules import keeps_guard, visible_guards
from ..models import DutySwap, GateDuty
from ..plan_states import Party
from ..plans.queries import holding
from ..year.answering import horizon
from ..year.rules import visible_schools
from . import drawing, queries
from .pages import of_duty_row, of_mending
from .rules import can_edit, is_over, starts_at
from .standing import Cover, key_of
from .subjects import ABSENCES, DUTIES
from .tables import WEEK, table_of, week_of

SHOWN = 60  # schools of one page
LAST = 5  # exchanges of a duty


@page("schools/roster/", Duty.SEE_SCHOOLS, template="roster")
def roster(request):
    """A week of the roster that stands: the schools with what is uncovered; of one school the table. ?week=2026-11-02 ?school="""
    monday = week_of(request.GET.get("week", ""), request.day)
    rows = visible_schools(request.user).on(monday + WEEK - timedelta(days=1)).select_related("unit", "area").order_by("area_id", "unit__name", "pk")
    chosen = request.GET.get("school")
    one = _chosen(rows, chosen) if chosen else (rows[0] if len(rows[:2]) == 1 else None)
    shown = {"monday": monday, "before": monday - WEEK, "after": monday + WEEK, "draws": request.user.has_duty(Duty.DRAW_ROSTER), "school": one, "day": request.day}
    if one is not None:
        return shown | table_of(one, monday, request.at)
    found = page_of(request, rows, per_page=SHOWN)
    cover = Cover(list(found), monday, monday + WEEK)
    seats, gaps = defaultdict(int), defaultdict(int)
    for seat in cover.seats:
        seats[seat.school.pk] += 1
    for gap in cover.gaps:
        gaps[gap.seat.school.pk] += 1
    for school in found:
        school.n_seats, school.n_gaps = seats[school.pk], gaps[school.pk]
    return shown | {"page": found, "without": set(rows.exclude(Exists(holding(monday + WEEK - timedelta(days=1)))).values_list("pk", flat=True))}


def _chosen(rows, text):
    try:
        return get_object_or_404(rows, pk=UUID(text))
    except ValueError:
        raise Http404 from None


@page("schools/duties/<uuid:gate_duty_id>/", Duty.SEE_SCHOOLS, of=DUTIES, moves=True)
def gate_duty(request, one):
    """One duty: who, why he, who else could come and at what price, whom a rule keeps away."""
    stands = one.plan.standing.exists()
    asks = stands and request.user.has_duty(Duty.EDIT_ROSTER) and (one.guard_id or not is_over(one, request.at))  # nobody is sent to what is over
    options = of_duty_row(one, request.at) if asks else []
    swaps = DutySwap.objects.filter(Q(one=one) | Q(other=one)).select_related("one", "other").order_by("-asked_at")[:LAST]
    return {
        "stands": stands, "options": options, "why": options[0] if options and options[0].stands_here else None, "best": all(each.price is None or each.price >= 0 for each in options[1:]), "begun": request.at >= starts_at(one), "swaps": swaps, "over": is_over(one, request.at), "gives": bool(can_edit(request.user, one, request.at)),
        "phone": mask_phone(one.guard.phone) if one.guard else "", "known": one.guard_id is not None and visible_guards(request.user).filter(pk=one.guard_id).exists(),
    }  # fmt: skip


@page("schools/rosters/<uuid:plan_id>/", Duty.DRAW_ROSTER, template="plan")
def roster_plan(request, plan_id):
    """What a version says: school by school how many seats and how many open; the open ones by day."""
    plan = row_or_404(PLANS, request.user, plan_id, duty=Duty.DRAW_ROSTER)
    if plan.kind != drawing.KIND:
        raise Http404
    rows = GateDuty.objects.filter(plan=plan)
    needed = ~Q(party=Party.PARENT)
    by_school = rows.values("school", "school__unit__name").annotate(n=Count("pk", filter=needed), gaps=Count("pk", filter=needed & Q(guard=None))).order_by("-gaps", "school__unit__name")
    gaps = rows.filter(needed, guard=None).select_related("school__unit", "post").order_by("day", "from_at", "pk")
    first, end, since = drawing.span(plan)
    return {"plan": plan, "page": page_of(request, gaps), "by_school": by_school[:SHOWN], "first": first, "last": end - timedelta(days=1), "since": since}


@page("schools/absences/<uuid:guard_absence_id>/", Duty.SEE_SCHOOLS, of=ABSENCES, moves=True)
def guard_absence(request, one):
    """One absence: the duties that it left open, three who could stand in for each, both ways to mend."""
    edits = request.user.has_duty(Duty.EDIT_ROSTER)
    found = of_mending(request, one) if edits and one.taken_back_at is None else {"ways": [], "lost": []}
    return found | {"open": one.lost.filter(plan__standing__isnull=False, guard=None).select_related("school__unit", "post").order_by("day", "from_at"), "edits": edits, "keeps": keeps_guard(request.user, one.guard)}


@page("schools/alarms/", Duty.MARK_GATES, Duty.EDIT_ROSTER, template="alarms")
def alarms(request):
    """What is uncovered: what was told, to whom, why, and the cheapest remedy; what is not yet due to be told; exchanges that wait for a yes."""
    found, end = queries.alarms(request.user, request.day), horizon(request.day, WorkingCalendar.load())
    duties = {key_of(one): one for one in queries.listed(request.user, request.day, request.day + WEEK).filter(guard=None)}
    for one in found:
        one.duty = duties.get(key_of(one))
        one.over = one.duty is not None and is_over(one.duty, request.at)
    told, near = {key_of(one) for one in found}, visible_schools(request.user).on(request.day).select_related("unit", "area")
    coming = [gap for gap in Cover(near, request.day, end).gaps if gap.seat.key not in told and starts_at(gap.seat) > request.at]
    return {"alarms": found, "coming": coming, "last": end - timedelta(days=1), "swaps": queries.waiting(request.user)[: queries.MOST]}
