"""What the pages of matters show besides their forms, and where they lead."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.casework.duties import Duty
from wanjia.doors.guard import next_of

from ..handling.rules import can_report_done
from ..rules import holds, visible_needs
from . import queries
from .subjects import visible_matters


def to_matter(request, _row, matter):
    """Lead to what was made, unless the person came from a list."""
    return None if next_of(request) else redirect("casework:matter", matter.pk)


def to_list(request, _row, _answer):
    """Lead to the list of proposals, unless the person came from elsewhere."""
    return None if next_of(request) else redirect("casework:matters")


def after_leaving(request, matter, _answer):
    """Lead to the list where nothing is left of it."""
    stands = queries.group(request.user, matter) if visible_matters(request.user).filter(pk=matter.pk).exists() else None
    return None if next_of(request) or stands else redirect("casework:matters")


def to_leave(matter, actor, _day):
    """Return the needs that may be taken out: those that the actor sees."""
    return queries.members(actor, matter)


def once_in(matter, actor, _day):
    """Return the needs that a call may name: those that ever stood in it, so that what is sent twice is answered twice."""
    return visible_needs(actor).filter(joined__matter=matter)


def one_of(need):
    """Say one need in a list."""
    return f"{need.number} {need.summary[:30]}"


def who_takes_it(request, matter):
    """List what the own unit holds of a matter: which needs take the report now, and why the others do not."""
    mine = [need for need in queries.members(request.user, matter) if holds(request.user, need, duty=Duty.HANDLE_NEEDS)]
    judged = [(need, can_report_done(request.user, need)) for need in mine]
    return {"takes": [need for need, verdict in judged if verdict], "not_now": [(need, verdict.reason) for need, verdict in judged if not verdict]}


def why_left(left):
    """Say of each need that could not take the report why not: its number and the reason."""
    return ";".join(f"{number} {reason}" for number, reason in left)


def reported(answer):
    """Say what was reported, and by number and reason what was not."""
    said = _("%(n)s 件已报办结,各等各的回访。") % {"n": len(answer["done"])}
    return said + (_("没有报的 %(n)s 件:%(why)s") % {"n": len(answer["left"]), "why": why_left(answer["left"])} if answer["left"] else "")
