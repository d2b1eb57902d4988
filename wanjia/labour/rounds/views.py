"""Rounds: those that run and those that were, how far one is by village, who is left."""

from django.db.models import F

from wanjia.doors.listing import page_of
from wanjia.doors.reading import page

from ..duties import Duty
from . import queries
from .rules import visible_rounds
from .subjects import ROUNDS


@page("labour/rounds/", Duty.SEE_LABOUR, template="list")
def rounds(request):
    """Rounds, those that run first."""
    rows = visible_rounds(request.user).select_related("area").order_by(F("closed_on").desc(nulls_first=True), "-from_on", "pk")
    return {"page": page_of(request, rows), "day": request.day, "opens": request.user.has_duty(Duty.RUN_ROUNDS)}


@page("labour/rounds/<uuid:round_id>/", Duty.SEE_LABOUR, template="one", of=ROUNDS, moves=True)
def round(request, one):
    """One round: how far each village is, with a way to those who are left."""
    rows = queries.progress(one)
    return {"page": page_of(request, rows), "whole": queries.summed(rows), "day": request.day, "calls": request.user.has_duty(Duty.KEEP_LABOUR)}
