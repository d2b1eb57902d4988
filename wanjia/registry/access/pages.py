"""What the pages of acts on a leave show besides their form, and what they say afterwards."""

from django.utils.translation import gettext as _

from wanjia.doors.words import in_english
from wanjia.kernel.calendar import today
from wanjia.policy import access as policy

from .. import permits
from ..lookups.commands import look_up
from ..states import AccessState


def looked_up(request, _access):
    """Journal a search by whole number before anything is answered: that a number is no child's of the register tells too."""
    if request.method == "POST":
        look_up(request.user, request.POST.get("number", ""))
    return {}


def looked_up_urgently(request, _access):
    """The same in an emergency, which no day's limit stops."""
    if request.method == "POST":
        look_up(request.user, request.POST.get("number", ""), urgent=True)
    return {}


def decided(access):
    """What became of a request."""
    return _("已批准,到期自动结束。") if access.state == AccessState.GRANTED else _("已退回,理由申请人会看到。")


def broken(access):
    """How long the file is open."""
    return _("已打开 %(n)s 分钟,到时自动结束。孩子所在村、乡镇的负责人已经收到提醒。") % {"n": policy.in_force(today(access.asked_at)).break_minutes}


def limits(request, _access):
    """How long, how often, and by when it is reviewed."""
    now = policy.in_force(request.day)
    return {"limits": now, "source": now.source[in_english()]}


def facts(_request, access):
    """What is asked for: how many children it would open, never who."""
    return {"n": len(permits.children_of(access))}
