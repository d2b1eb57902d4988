"""Counting anew after a change of the calendar: in the request when it is little, else in a process of its own (`wanjia retime`).

What still waits is what today's calendar would move, so a run that was killed is taken up by asking again. How far it is, whether
somebody stopped it and why it failed stand on the change itself (orgs/recounting), where the calendar page shows them.
"""

import fcntl
import logging
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wanjia.kernel.apart import start_process
from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs.recounting import commands as recounting
from wanjia.orgs.workdays.queries import latest_change, latest_source
from wanjia.verdict import Refused

from . import queries
from .commands import retime_all
from .rules import CLOCK, can_retime

SMALL = 40  # needs counted anew within the request
log = logging.getLogger(__name__)


def begin(change, *, at):
    """Count anew what a change moves; of many needs, in a process of its own. Returns how many moved at once, or None.

    change: None where the table was changed before changes were kept; what waits can still be counted.
    """
    if change is None:
        return retime_all(source=latest_source(), by=CLOCK, at=at)
    some = list(islice(queries.all_moved(WorkingCalendar.load(), today(at)), SMALL + 1))
    if len(some) <= SMALL:
        return work(change, at=at)
    recounting.take_up(change, waiting=len(some))  # seen at once, before the process has come up
    start_process("retime", "--change", change.pk)
    return None


def work(change, *, at, by=None):
    """Count anew to the end, in the name of whoever asked for it or of `by`; returns how many moved.

    Stopped by somebody, it ends quietly. What else ends it is logged and stands on the change: nobody waits for news in vain.
    """
    waiting = sum(1 for _need in queries.all_moved(WorkingCalendar.load(), today(at)))
    moved, run = [], None
    try:
        run = recounting.take_up(change, waiting=waiting)

        def beat(one):
            recounting.beat(change, run, one)
            moved.append(one)

        with _living():
            retime_all(source=change.told, by=by or change.run_by or CLOCK, at=at, beat=beat)
        recounting.end(change, run)
    except recounting.Stopped:
        log.info("recount stopped")
    except Exception as fault:
        recounting.end(change, run, fault=_said(fault))
        raise
    return sum(moved)


def go_on(*, at):
    """Take up what a killed or failed run left, by the clock: at each start of the server and with the day's sweep.

    A run that lives on this machine is left alone, and stays in the name of whoever asked for it. One that lives elsewhere ends at its next need, for this one has taken over. What somebody stopped waits for a hand. A fault stands on the change and in the log; it keeps no server from starting.
    """
    change = latest_change()
    try:
        if change and (change.stopped or _lives()):
            return 0
        return begin(change and recounting.hand_to_clock(change), at=at)
    except Exception:
        log.exception("recount failed")
        return 0


def go_on_as(user, *, at):
    """Go on in somebody's own name, also with what was stopped (接着算), and wait for it; returns how many moved. Raises Refused."""
    can_retime(user).or_raise()
    change = latest_change()
    if change is None:
        return retime_all(source=latest_source(), by=user, at=at)
    return work(recounting.resume_recount(change_id=change.pk, by=user, at=at), at=at)


@contextmanager
def _place():
    place = Path(settings.WANJIA_VAR) / "recount.lock"
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a") as file:
        yield file


@contextmanager
def _living():
    """Hold, beside any other run, what the system gives back the moment a process is killed: a beat alone is believed too long."""
    with _place() as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def _lives():
    """Tell whether a run goes on at this moment on this machine."""
    with _place() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _said(fault):
    """Say a fault for the page and the doctor; it is logged with its place, and what is no refusal told by its kind alone."""
    log.exception("recount failed")
    if isinstance(fault, Refused):
        return str(fault.reason)
    return _("程序出错(%(kind)s),详情在服务日志里。") % {"kind": type(fault).__name__}
