"""What the page of one need's triage shows besides its form, and where it leads on."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.orgs.models import Tier

from ..matters.queries import likely
from ..states import Difficulty, NeedState
from . import queries


def beside_one(request, need):
    """How far the day's triage has come, the grid, and what may be the same matter."""
    day = request.day
    done, whole = queries.progress(request.user, day)
    more = {"likely": likely(request.user, need, day)}
    return {"progress": done, "whole": whole, "difficulties": list(Difficulty), "grid": queries.grid_rows(need.village_id, day), **more}


def onward(_request, need, _answer):
    """Bring the next one, unless this one was being graded anew."""
    return redirect("casework:triage") if need.state == NeedState.ADMITTED else None


def decided(answer):
    """What became of a change of the grid: agreed to it is a cell, else it stays a change."""
    return _("这项改动不执行,研判表不变。") if hasattr(answer, "state") else _("已同意,研判表从所写日期起执行。")


def to_grid(_request, _change, _answer):
    """Back to the whole grid."""
    return redirect("casework:grid")


def change_said(_request, change):
    """What the change would be, for who decides on it."""
    return {"tiers": [Tier(tier).label for tier in change.tiers.split(",")]}
