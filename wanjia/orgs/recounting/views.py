"""How far the recount is, and the two buttons: go on, stop."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh

from wanjia.doors.guard import say
from wanjia.doors.reading import page
from wanjia.verdict import Refused

from ..workdays.followers import tell
from ..workdays.queries import latest_change
from ..workdays.rules import can_keep_workdays
from . import commands
from .queries import is_running


@page("calendar/retime/progress", name="retime_progress", fresh=True)
def progress(request):
    """How far the recount is; when it is over, the page is asked for anew."""
    can_keep_workdays(request.user).or_raise()
    change = latest_change()
    if not is_running(change, request.at):
        return HttpResponseClientRefresh()
    return {"recount": change}


@page("calendar/retime", sends=True)
def retime(request):
    """Go on with what still waits to be counted anew, as after a server that stopped half-way."""
    can_keep_workdays(request.user).or_raise()
    latest = latest_change()
    if latest:
        latest = commands.resume_recount(change_id=latest.pk, by=request.user, at=request.at)
    tell(latest, at=request.at)
    say(request, _("已接着重算,进度见本页。"))
    return redirect("orgs:calendar")


@page("calendar/retime/stop", sends=True)
def stop_recount(request):
    """Stop counting anew."""
    can_keep_workdays(request.user).or_raise()
    latest = latest_change()
    if latest is None:
        raise Refused(_("现在没有在重算,不用停止。"))
    commands.stop_recount(change_id=latest.pk, by=request.user, at=request.at)
    say(request, _("已停止。算好的保留,其余的点“接着算”再算。"))
    return redirect("orgs:calendar")
