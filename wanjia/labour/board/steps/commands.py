"""How a line of a task is written: its step, the journal's line, the parts that end with it. Not acts: each is part of one."""

from django.db.models import F

from wanjia.kernel import journal
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.verdict import Conflict

from ...board_states import BOARD_PART, BOARD_TASK, PartState
from ...duties import Duty
from ...models import BoardPart, BoardStep, BoardTask
from ...models.board import LINE


def person(by):
    """Return who acts as a row keeps it: None of the clock and the installer."""
    return by if by.id else None


def note_step(task, act, *, by, at, words="", unit=None):
    """Write a line of a task, with how the task stands now."""
    n = (task.steps.order_by("-n").values_list("n", flat=True).first() or 0) + 1
    return BoardStep.objects.create(
        task=task, n=n, on=today(at), at=at, act=act, by=person(by), unit=unit, words=str(words).strip()[:LINE], state=task.state, due_on=task.due_on, reported_on=task.reported_on,
    )  # fmt: skip


def office_of(task, by):
    """Return in the name of which unit the office acts on a task."""
    return scope.unit(by, duty=Duty.SET_BOARD, code=task.area_id)


def move(task, name, *, by, at, unit, words="", saving=()):
    """Move a task along its table, with its line in the journal and its own."""
    journal.move(task, BOARD_TASK, name, by=by, at=at, saving=saving, reason=words, area_code=task.area_id, unit=unit and unit.pk)
    note_step(task, f"board_task.{name}", by=by, at=at, words=words, unit=unit)
    return task


def change(task, act, *, by, at, unit, words="", **facts):
    """Change facts of a task that is no move (a later day, a part, a stage), with the same lines."""
    if not BoardTask.objects.filter(pk=task.pk, version=task.version).update(**facts, version=F("version") + 1):
        raise Conflict()
    task.refresh_from_db()
    journal.record(act=act, subject=task, by=by, at=at, area_code=task.area_id, reason=words, unit=unit and unit.pk)
    note_step(task, act, by=by, at=at, words=words, unit=unit)
    return task


def asked_no_more(task):
    """Let a later day that was asked for fall: the task is reported, or withdrawn. Returns the fields to save."""
    task.later_on, task.later_why, task.later_by = None, "", None
    return ["later_on", "later_why", "later_by"]


def ask_part(task, unit, due_on, what, *, by, at):
    """Ask a unit for its part of a task."""
    return BoardPart.objects.create(task=task, unit=unit, what=what.strip(), due_on=due_on, asked_at=at, asked_by=person(by))


def end_parts(task, *, by, at):
    """End the parts that nobody waits for any more: the task is done, or withdrawn."""
    for part in task.parts.filter(state=PartState.OPEN).order_by("pk"):
        part.ended_at = at
        journal.move(part, BOARD_PART, "end", by=by, at=at, saving=["ended_at"], area_code=task.area_id)
