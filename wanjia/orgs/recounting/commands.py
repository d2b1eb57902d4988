"""A run takes up a recount, says that it lives, ends; somebody stops it or goes on with it.

Which run may go on stands on the change: one that was taken for dead and comes back finds another's name there and stops.
"""

import uuid

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import act
from wanjia.kernel.calendar import CHINA
from wanjia.orgs.duties import Duty
from wanjia.verdict import Conflict, Refused

from ..models import DayChange
from ..subjects import SELDOM
from ..workdays.subjects import CHANGES
from .queries import is_running
from .rules import can_recount


class Stopped(Conflict):
    """Somebody stopped this recount, or another run goes on with it: this one writes nothing more."""

    def __init__(self):
        super().__init__(_("重算已停下,或者已由另一个进程接着算。已经算好的不变,请看工作日历页。"))


def take_up(change, *, waiting):
    """Begin a run of so many needs; return its name. A run of an earlier change ends at its next need. Raises Stopped."""
    run, mine = uuid.uuid4().hex, DayChange.objects.filter(pk=change.pk, stopped=False)
    if not mine.update(run=run, total=F("done") + waiting, beat_at=timezone.now(), fault=""):
        raise Stopped
    DayChange.objects.exclude(pk=change.pk).exclude(run="").update(run="", beat_at=None)
    return run


def beat(change, run, moved=0):
    """Say that the run lives and how many more are done. Raises Stopped when it may not go on."""
    if not DayChange.objects.filter(pk=change.pk, run=run, stopped=False).update(done=F("done") + moved, beat_at=timezone.now()):
        raise Stopped


def end(change, run, *, fault=""):
    """The run is over: through, or by a fault that stands on the change until somebody goes on."""
    DayChange.objects.filter(pk=change.pk, run=run).update(run="", beat_at=None, fault=fault[:200])


def hand_to_clock(change):
    """Let the recount go on in nobody's name: whoever asked for it may have left since."""
    DayChange.objects.filter(pk=change.pk).update(run_by=None)
    change.run_by = None
    return change


@act(
    CHANGES, "stop_recount", words=_("停止重算期限"), duty=Duty.SET_RULES, may=can_recount, page=False, call=None,
    because=SELDOM + "; its button on that page means the latest change", lines={"orgs.stop_recount": _("停止重算期限")},
)  # fmt: skip
def stop_recount(change, *, by, at):
    """Stop counting anew (停止重算): what is done stays, the rest waits until somebody goes on."""
    if not is_running(change, timezone.now()):
        raise Refused(_("现在没有在重算,不用停止。"))
    change.stopped, change.run, change.beat_at = True, "", None
    change.save(update_fields=["stopped", "run", "beat_at"])
    journal.record(act="orgs.stop_recount", subject=change, by=by, at=at, done=change.done, total=change.total)
    return change


@act(
    CHANGES, "resume_recount", words=_("接着重算期限"), duty=Duty.SET_RULES, may=can_recount, page=False, call=None,
    because=SELDOM + "; its button on that page means the latest change", lines={"orgs.resume_recount": _("接着重算期限")},
)  # fmt: skip
def resume_recount(change, *, by, at):
    """Go on counting anew (接着算) in one's own name what a stop, a fault or a kill left. Refused while it is under way."""
    if is_running(change, timezone.now()):
        raise Conflict(_("正在重算(%(when)s 还有进展),不用再点。") % {"when": f"{change.beat_at.astimezone(CHINA):%H:%M:%S}"})
    change.stopped, change.fault, change.run_by_id, change.run, change.beat_at = False, "", by.id, "", timezone.now()
    change.save(update_fields=["stopped", "fault", "run_by", "run", "beat_at"])
    journal.record(act="orgs.resume_recount", subject=change, by=by, at=at, done=change.done)
    return change
