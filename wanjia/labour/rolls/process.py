"""The process of one file: judge it, or write what was confirmed. Killed anywhere, it leaves whole parts, and the page starts another."""

import logging
import time
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.orgs.accounts.queries import as_of_now
from wanjia.sheets.codes import sentence
from wanjia.sheets.limits import Reject
from wanjia.verdict import Refused

from ..loading.commands import Busy, load_file
from ..states import RollState
from ..workbook import LABOURERS
from . import commands, sealed

log = logging.getLogger(__name__)
AGAIN, LONGEST = 5.0, timedelta(hours=6)  # seconds between two looks whether another load is over; how long one waits for it


def run(roll):
    """Do what is due for one file. Returns it; whatever goes wrong is said in its row."""
    who = {"by": as_of_now(roll.by)}
    try:
        commands.take(roll)
        with sealed.in_memory("roll", sealed.pieces(roll, "file")) as (path, _at), sealed.in_memory("report") as (report, report_at):
            told = _loaded(roll, path, report)
            if roll.state == RollState.SENT:
                with open(report_at, "rb", closefd=False) as file:
                    file.seek(0)
                    commands.judge_roll(roll_id=roll.pk, run=roll.run, told=told, report=file, at=timezone.now(), **who)
            else:
                commands.finish_roll(roll_id=roll.pk, run=roll.run, told=told, at=timezone.now(), **who)
    except commands.Stopped:
        pass
    except Reject as fault:
        _fail(roll, sentence(fault.code, "zh", fault.detail, LABOURERS.sentences), who)
    except Refused as fault:
        _fail(roll, fault.reason, who)
    except MemoryError:
        _fail(roll, _("内存不够,没有装载。可以按乡镇拆成几份再上传。"), who)
    except Exception:
        log.exception("roll %s", roll.pk)
        _fail(roll, _("处理时出了错,已记入系统日志。写完的部分是完整的,可以再上传同一份接着装。"), who)
    roll.refresh_from_db()
    return roll


def _loaded(roll, path, report):
    """Load the file, or only judge it; wait for another load that is under way."""
    judges, until = roll.state == RollState.SENT, timezone.now() + LONGEST
    while True:
        try:
            return load_file(
                path, by=as_of_now(roll.by), as_of=roll.as_of, at=timezone.now(), dry_run=judges, say=lambda *said: commands.beat(roll, *said), faults=report if judges else None,
                name=roll.file_name,
            )  # fmt: skip
        except Busy:
            if timezone.now() > until:
                raise
            commands.beat(roll, "waits")
            time.sleep(AGAIN)


def _fail(roll, words, who):
    try:
        commands.give_up(roll, words, at=timezone.now(), **who)
    except commands.Stopped:
        return
    except Exception:  # the database itself is away: the page sees the silence
        log.exception("roll %s could not be given up", roll.pk)
