"""Take up work on an upload that stopped half-way."""

from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import CHINA
from wanjia.verdict import Conflict

from . import commands
from .pages import go_on
from .progress import is_stale


def resume(upload, *, by):
    """Take up work that stopped half-way. Raises Conflict when it is still going on, or somebody took it up a moment ago."""
    due = is_stale(upload, timezone.now()) or (upload.state == "judged" and not upload.forecast)
    if not due or not commands.take_up(upload):
        raise Conflict(_busy(type(upload).objects.get(pk=upload.pk)))
    go_on(upload, by=by)


def _busy(upload):
    """Say who sent it and when it was last heard of."""
    if upload.heartbeat_at is None:
        return _("这份表现在没有要处理的内容,请刷新页面看最新情况。")
    facts = {"who": upload.by.name if upload.by else "", "when": f"{upload.heartbeat_at.astimezone(CHINA):%H:%M:%S}"}
    return _("%(who)s上传的这份表正在处理(%(when)s 还有进展),不用再点。请稍等片刻再看。") % facts
