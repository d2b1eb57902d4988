"""What the page of one need's triage shows besides its form, and where it leads on."""

from django.shortcuts import redirect
from django.utils import timezone

from wanjia.kernel.calendar import today

from ..states import Difficulty, NeedState
from . import queries


def beside_one(request, need):
    """How far the day's triage has come, and the grid."""
    day = today(timezone.now())
    done, whole = queries.progress(request.user, day)
    return {"progress": done, "whole": whole, "difficulties": list(Difficulty), "grid": queries.grid_rows(need.village_id, day)}


def onward(_request, need, _answer):
    """Bring the next one, unless this one was being graded anew."""
    return redirect("casework:triage") if need.state == NeedState.ADMITTED else None
