"""Where the acts of canteens lead."""

from django.shortcuts import redirect, render

from wanjia.doors.guard import next_of

from ..models import Meal
from . import queries


def to_meal(_request, _row, answer):
    """To the table of the meal."""
    return redirect("care:meal", answer.pk if isinstance(answer, Meal) else answer.meal_id)


def to_missed(request, _row, _answer):
    """To where the caller came from, else to the list of those to be called."""
    return redirect(next_of(request) or "care:missed")


def number_shown(request, serving, _read):
    """The number, to tap on."""
    return render(request, "care/canteen/number.html", {"number": queries.number_of(serving.diner), "contact": serving.diner.contact, "next": next_of(request)})
