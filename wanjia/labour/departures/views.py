"""The list of departures, one of them, the trips of a version, the trips that stand."""

from datetime import date, timedelta

from django.urls import reverse

from wanjia.doors.listing import page_of
from wanjia.doors.pages import row_or_404
from wanjia.doors.reading import page
from wanjia.kernel.calendar import day_start
from wanjia.solving.subjects import PLANS

from ..campaigns.rules import visible_campaigns
from ..departure_states import Listed, TripState
from ..duties import Duty
from ..models import Trip, Worker
from ..workers.queries import meant
from . import queries, rules
from .subjects import DEPARTURES


def _campaign(request):
    asked = request.GET.get("drive", "")
    return visible_campaigns(request.user).filter(pk=asked).first() if len(asked) == 36 and asked.count("-") == 4 and set(asked) <= set("0123456789abcdef-") else None


@page("labour/departures/", *rules.SEES, template="list")
def departures(request):
    """Who is on the list of departures in my reach, who must leave first at the head."""
    state, text = request.GET.get("state", Listed.LISTED), request.GET.get("q", "").strip()
    campaign = _campaign(request)
    rows = rules.visible_departures(request.user)
    rows = rows.filter(worker__in=Worker.objects.filter(meant(request.user, text)).values("pk")) if text else rows
    rows = queries.on_list(rows, state=state, campaign=campaign)
    loose = queries.without_drive(rules.visible_departures(request.user))
    return {"page": page_of(request, rows), "state": state, "states": Listed.choices, "q": text, "campaign": campaign, "loose": loose, "day": request.day}


@page("labour/departures/<uuid:departure_id>/", *rules.SEES, template="one", of=DEPARTURES, moves=True)
def departure(request, departure):
    """One on the list: where to, when, with whom, on which trip. What is sealed is shown to whoever keeps the village or arranges the trip."""
    keeps = request.user.has_duty(Duty.KEEP_LABOUR, Duty.DISPATCH)
    return {"seat": queries.seat_of(departure), "companions": queries.companions(departure), "keeps": keeps, "late": departure.state == Listed.LISTED and departure.latest_on < request.day}


@page("labour/plans/<uuid:plan_id>/trips/", Duty.DISPATCH, template="plan")
def plan_trips(request, plan_id):
    """The trips of one version: by day, with what it needs."""
    plan = row_or_404(PLANS, request.user, plan_id, duty=(Duty.DISPATCH,))
    rows = Trip.objects.filter(plan=plan)
    asked = _day(request)
    shown = queries.counted(_of_day(rows, asked)).select_related("cadre").order_by("leave_at", "number")
    found = page_of(request, shown)
    return {"plan": plan, "days": queries.days_of(rows), "day": asked, "page": found, "rows": queries.with_calls(list(found)), "sums": queries.sums_of(plan.pk), "stands": rules.stands(plan.pk)}


def _day(request):
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None


def _of_day(rows, day):
    if day is None:
        return rows
    return rows.filter(leave_at__gte=day_start(day), leave_at__lt=day_start(day + timedelta(days=1)))


@page("labour/trips/", *rules.SEES, template="trips")
def trips(request):
    """The trips that stand in my reach, from today on or by a day."""
    asked, state = _day(request), request.GET.get("state", "")
    rows = rules.visible_trips(request.user).filter(plan__in=rules.standing())
    rows = rows.filter(state=state) if state in TripState.values else rows
    rows = _of_day(rows, asked) if asked else rows
    rows = rows if asked or state else rows.exclude(state__in=(TripState.HANDED, TripState.CANCELLED))
    found = page_of(request, queries.counted(rows).order_by("leave_at", "number"))
    return {"page": found, "rows": queries.with_calls(list(found)), "day": asked, "states": TripState.choices, "state": state, "here": reverse("labour:trips")}
