"""Receive a file, keep its verdict, confirm, stop, finish; take the refused rows home."""

import uuid

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import act, inside
from wanjia.kernel.apart import start_process
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.scope import unit
from wanjia.sheets.writing import safe_file_name
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import Load, Roll, RollPart
from ..states import ROLL
from . import pages, rules, sealed
from .subjects import ROLLS

TOLD = ("rows", "rows_ok", "rows_refused", "findings")


class Stopped(Conflict):
    """The work was stopped, or another process took it over: this one writes nothing more."""


@act(
    ROLLS, "send_roll", words=_("上传名册"), duty=Duty.LOAD_LABOUR, may=inside, new=True, page=False, call=None, as_sent="name",
    because="step one is the page of all files (views.rolls); a program loads by the command line, beside the file", lines={"roll.send": _("上传劳动力名册")},
)  # fmt: skip
def send_roll(*, name, body, as_of, by, at):
    """Keep a file, sealed, and start the process that judges it (上传名册). body: bytes or a File; name: as the browser sent it; as_of: the day it speaks of."""
    rules.can_load(by).or_raise()
    if as_of > today(at):
        raise Refused(_("截至日期不能晚于今天。"))
    roll = Roll.objects.create(file_name=safe_file_name(name)[:120], size=len(body), by=by, organisation=unit(by, duty=Duty.LOAD_LABOUR), as_of=as_of, received_at=at, beat_at=at)
    sealed.keep(roll, "file", body if isinstance(body, File) else _Bytes(body))
    journal.record(act="roll.send", subject=roll, by=by, at=at, size=roll.size, as_of=str(as_of))
    transaction.on_commit(lambda: start(roll))
    return roll


class _Bytes:
    def __init__(self, body):
        self.body, self.at = body, 0

    def read(self, n):
        piece = self.body[self.at : self.at + n]
        self.at += n
        return piece


def start(roll):
    """Start the process that goes on with a file."""
    Roll.objects.filter(pk=roll.pk).update(beat_at=timezone.now())
    start_process("roll-job", roll.pk)


def take(roll):
    """Take the work on: from now on only this run may write. Raises Stopped where there is none to do."""
    roll.run = uuid.uuid4().hex
    if not Roll.objects.filter(pk=roll.pk, state=roll.state, state__in=rules.WAITING).update(run=roll.run, beat_at=timezone.now(), done=0, whole=0, doing="cut"):
        raise Stopped
    return roll


def beat(roll, doing, done=0, whole=0):
    """Say how far the work is. Raises Stopped when somebody stopped it or another run has it."""
    mine = Roll.objects.filter(pk=roll.pk, state=roll.state, run=roll.run)
    if not mine.update(doing=doing, done=done, whole=whole, beat_at=timezone.now()):
        raise Stopped


def _mine(roll_id, run):
    roll = Roll.objects.select_for_update().get(pk=roll_id)
    if roll.run != run or roll.state not in rules.WAITING:
        raise Stopped
    return roll


@command("labour.judge_roll")
def judge_roll(*, roll_id, run, told, report, by, at):
    """Keep the verdict on a file and the copy of its refused rows. report: a binary file."""
    roll = _mine(roll_id, run)
    rules.can_work_on(by, roll).or_raise()
    for name in TOLD:
        setattr(roll, name, told[name])
    sealed.drop(roll, "report")
    if roll.rows_refused:
        sealed.keep(roll, "report", report)
    journal.move(roll, ROLL, "judge", by=by, at=at, saving=TOLD, rows=roll.rows, rows_ok=roll.rows_ok, rows_refused=roll.rows_refused)
    return roll


@command("labour.finish_roll")
def finish_roll(*, roll_id, run, told, by, at):
    """End a file of which everything that is good is written; its content is dropped."""
    roll = _mine(roll_id, run)
    rules.can_work_on(by, roll).or_raise()
    roll.counts, roll.load = told["counts"], Load.objects.filter(pk=told["load"] or None).first()
    sealed.drop(roll, "file")
    journal.move(roll, ROLL, "finish", by=by, at=at, saving=("counts", "load"))
    return roll


@transaction.atomic
def give_up(roll, fault, *, by, at):
    """Say why nothing more comes of a file, whatever became of the post by which it was sent. What was written before stands, part by part."""
    roll = _mine(roll.pk, roll.run)
    roll.fault = str(fault)[:300]
    sealed.drop(roll, "file")
    journal.move(roll, ROLL, "fail", by=by, at=at, saving=("fault",), reason=roll.fault)
    return roll


@act(
    ROLLS, "confirm_roll", at="confirm", words=_("确认装载"), done=_("已开始装载,这一页会显示进度。"), duty=Duty.LOAD_LABOUR, may=rules.can_confirm, rank=10,
    lines={"roll.confirm": _("确认装载名册")},
)  # fmt: skip
def confirm_roll(roll, *, by, at):
    """Have the good rows written (确认装载): a process of its own does it, part by part."""
    roll.beat_at = at
    journal.move(roll, ROLL, "confirm", by=by, at=at, saving=("beat_at",), rows_ok=roll.rows_ok)
    transaction.on_commit(lambda: start(roll))
    return roll


@act(
    ROLLS, "stop_roll", at="stop", words=_("停下来"), done=_("已停下。写完的部分是完整的,留着;再上传同一份就接着装。"), duty=Duty.LOAD_LABOUR, may=rules.can_stop, tone="danger", rank=20,
    lines={"roll.stop": _("停下名册装载")},
)  # fmt: skip
def stop_roll(roll, *, by, at):
    """Stop the work on a file (停下来): its process finds out with the next part and ends; what is written stays, the file is dropped."""
    sealed.drop(roll, "file")
    journal.move(roll, ROLL, "stop", by=by, at=at)
    return roll


@act(
    ROLLS, "take_roll_report", at="report", words=_("下载退回的行"), duty=Duty.LOAD_LABOUR, may=rules.can_take_report, then=pages.report, tone="quiet", rank=30, call=None,
    because="rows with numbers of people, for whoever mends the list at a desk; a program has its own copy by the command line", lines={"roll.take_report": _("取回名册里退回的行")},
)  # fmt: skip
def take_report(roll, *, by, at):
    """Journal that the refused rows are taken out, and return the file; the page makes the answer (下载退回的行)."""
    journal.record(act="roll.take_report", subject=roll, by=by, at=at, rows=roll.rows_refused)
    return roll


def drop_old(at):
    """Drop what nobody mends any more, and the content of files that nobody confirmed. Returns how many parts."""
    return RollPart.objects.filter(roll__received_at__lt=at - rules.KEPT).delete()[0]
