"""Papers of the gates: the week table for the wall with surname and role, duty cards of the posts, a guard's month card, his calendar."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse

from wanjia.doors.reading import page
from wanjia.policy.statuses import months_after

from ..duties import Duty
from ..guarding.subjects import GUARDS
from ..plans.posts import plans_between
from ..rostering.standing import of_standing
from ..rostering.tables import table_of, week_of
from ..year.subjects import SCHOOLS
from .calendars import icalendar
from .walls import wall_names

AHEAD = 60  # days of a calendar


@page("schools/<uuid:school_id>/gate-table/", Duty.SEE_SCHOOLS, of=SCHOOLS, name="gate_table")
def gate_table(request, school):
    """The week table for the wall: who stands where, by surname and role alone. ?week=2026-11-02"""
    monday = week_of(request.GET.get("week", ""), request.day)
    shown = table_of(school, monday)
    names = wall_names({cell[0].guard for row in shown["rows"] for cell in row["cells"] if cell and cell[0] and cell[0].guard})
    for row in shown["rows"]:
        row["cells"] = [(names.get(cell[0].guard_id, "") if cell[0] else "", cell[2].needed) if cell else None for cell in row["cells"]]
    return shown | {"monday": monday, "after": monday + timedelta(days=7)}


@page("schools/<uuid:school_id>/duty-cards/", Duty.SEE_SCHOOLS, of=SCHOOLS, name="duty_cards")
def duty_cards(request, school):
    """A card for each post of the plan in force: where, around which bell, what is done, what to bring, who stands there (A49)."""
    plan = next((one for one in plans_between([school], request.day, request.day + timedelta(days=1))[school.pk] if one.holds(request.day)), None)
    return {"plan": plan, "posts": plan.posts.select_related("gate").order_by("going", "gate__name", "name") if plan else []}


@page("schools/guards/<uuid:guard_id>/card/", Duty.SEE_SCHOOLS, of=GUARDS, name="month_card")
def month_card(request, guard):
    """A guard's own card of a month: day, slot, school and post. ?month=2026-11"""
    first = _month(request.GET.get("month", ""), request.day)
    rows = of_standing().filter(guard=guard, day__gte=first, day__lt=months_after(first, 1)).select_related("school__unit", "post").order_by("day", "from_at")
    return {"rows": rows, "first": first, "after": months_after(first, 1)}


@page("schools/guards/<uuid:guard_id>/calendar/", Duty.SEE_SCHOOLS, of=GUARDS, name="guard_calendar", fresh=True)
def guard_calendar(request, guard):
    """A guard's duties of the next two months as a file for his telephone's calendar."""
    rows = of_standing().filter(guard=guard, day__gte=request.day, day__lt=request.day + timedelta(days=AHEAD)).select_related("school__unit", "post").order_by("day", "from_at")
    answer = HttpResponse(icalendar(rows, request.at), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="gates.ics"'
    return answer


def _month(text, day):
    try:
        return date.fromisoformat(f"{text}-01") if text else day.replace(day=1)
    except ValueError:
        raise Http404 from None
