"""What the pages of events' acts show besides their forms."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import queries


def to_the_roll(request, event):
    """The roll has a page of its own, village by village; what is ticked there is sent here."""
    return None if request.method == "POST" else redirect("care:event_roll", event.pk)


def whose(_request, arrival):
    """Whose invitation is shown: the village, and the head of the home as lists name somebody."""
    return {"head": queries.heads([arrival]).get(arrival.household_id, ""), "village": arrival.household.village}


def hours_said(shift):
    """What is said when hours are put down: whoever was not insured is named as such."""
    said = _("已记 %(h)s 小时 %(m)s 分。") % {"h": shift.minutes // 60, "m": shift.minutes % 60}
    return said if shift.insured else said + _("此人当天没有志愿者保险,请补办。")


def team_said(event):
    """What is said when a team is put down: how many stay off; a repeat has nothing new to say."""
    return getattr(event, "said", _("已排上。"))
