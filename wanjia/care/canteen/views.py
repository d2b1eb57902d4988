"""Pages of canteens: the list with today's meals, one canteen, the table of a meal, whom to call, a month's account."""

from datetime import date, timedelta

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import words_of_days
from wanjia.doors.listing import block_of, page_of
from wanjia.doors.reading import page
from wanjia.kernel.privacy import mask_phone
from wanjia.policy.money import yuan
from wanjia.policy.statuses import months_after

from ..class_states import Diet, Eaten
from ..duties import Duty
from . import queries
from .subjects import CANTEENS, MEALS

HERE, HOME = (Eaten.ATE, Eaten.MISSED, Eaten.OFF), (Eaten.BROUGHT, Eaten.MISSED, Eaten.OFF)
SHORT = {Eaten.MISSED: _("没来")}  # of a button: what follows from it, the line beside it says
SHOWN = 10  # of the last meals
DIETS = dict(Diet.choices)


@page("care/canteens/", Duty.KEEP_CANTEEN, template="list")
def canteens(request):
    """Today's meals, whom to call, every canteen in reach."""
    meals = queries.today_of(request.user, request.day)
    return {
        "page": page_of(request, queries.listed(request.user)), "meals": meals, "unopened": queries.unopened(meals, request.at),
        "silent": block_of(request, queries.unserved(request.user, request.day), SHOWN, word="silent"),
        "to_call": queries.to_call(request.user).count(),
    }  # fmt: skip


@page("care/canteens/<uuid:canteen_id>/", Duty.KEEP_CANTEEN, of=CANTEENS, moves=True)
def canteen(request, one):
    """One canteen: who eats there, the last meals."""
    found = page_of(request, queries.diners_of(one))
    for diner in found:
        diner.needs, diner.days = words_of(diner.diet), words_of_days(diner.weekdays)
    return {"page": found, "past": block_of(request, one.meals.order_by("-day"), SHOWN, word="past"), "price": yuan(one.price), "share": yuan(one.share), "month": f"{request.day:%Y-%m}"}


@page("care/meals/<uuid:meal_id>/", Duty.KEEP_CANTEEN, of=MEALS, moves=True)
def meal(request, one):
    """The table of a meal: three answers each; how many portions of which diet."""
    rows = list(queries.at_table(one))
    for row in rows:
        row.needs = words_of(row.diner.diet)
        row.answers = [(state.value, SHORT.get(state, state.label)) for state in (HOME if row.diner.brought else HERE) if state != row.state]
    return {"rows": rows, "counts": queries.counts(one), "all": len(rows), "diets": _diets(rows), "brought": sum(row.diner.brought for row in rows)}


@page("care/missed/", Duty.KEEP_CANTEEN, template="missed")
def missed(request):
    """Who did not come to a meal and was not reached yet, the oldest first."""
    found = page_of(request, queries.to_call(request.user))
    for one in found:
        one.phone = mask_phone(queries.number_of(one.diner))
    return {"page": found}


@page("care/canteens/<uuid:canteen_id>/month/", Duty.KEEP_CANTEEN, of=CANTEENS, name="canteen_month")
def canteen_month(request, one):
    """A month's account by diner, in yuan: cost, own share, subsidy; rows add up to the sums. ?month=2026-11"""
    first = _month(request.GET.get("month", ""), request.day)
    after = months_after(first, 1)
    rows = queries.month_of(one, first, after)
    before = months_after(first, -1) if first > date.min else None
    about = {"first": first, "before": before, "after": after if after <= request.day else None}
    return {"rows": [_in_yuan(row) for row in rows], "sums": _in_yuan(queries.sums(rows))} | about


@page("care/canteens/<uuid:canteen_id>/sheet/", Duty.KEEP_CANTEEN, of=CANTEENS, name="canteen_sheet", fresh=True)
def canteen_sheet(request, one):
    """就餐签到表 of a week on paper: who is to come on which day, diets, portions a day; signed by hand, marked afterwards. ?week=2026-11-02"""
    monday = _week(request.GET.get("week", ""), request.day)
    days = [monday + timedelta(days=n) for n in range(7)]
    rows = list(queries.diners_of(one))
    for row in rows:
        row.needs, row.days = words_of(row.diet), [str(day.isoweekday()) in row.weekdays for day in days]
    return {"rows": rows, "days": days, "portions": [sum(row.days[n] for row in rows) for n in range(7)], "monday": monday, "after": monday + timedelta(days=7)}


def _week(text, day):
    try:
        found = date.fromisoformat(text) if text else day
    except ValueError:
        raise Http404 from None
    return found - timedelta(days=found.weekday())


def _month(text, day):
    try:
        first = date.fromisoformat(f"{text}-01") if text else day.replace(day=1)
    except ValueError:
        raise Http404 from None
    if first > day:
        raise Http404  # nothing was eaten in a month to come
    return first


def _in_yuan(row):
    return row | {name: yuan(row[name]) for name in ("cost", "own", "subsidy")}


def words_of(diet):
    """Return what somebody needs at table, in words."""
    return [DIETS.get(code, code) for code in diet.split()]


def _diets(rows):
    """Return [(words, how many portions)] of the needs of a meal, most first."""
    found = {}
    for row in rows:
        for words in row.needs:
            found[words] = found.get(words, 0) + 1
    return sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))
