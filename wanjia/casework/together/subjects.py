"""What the acts of helpers are about: a sub-task, seen by its own unit while it is to do, and by whoever sees its need."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs import scope
from wanjia.verdict import NotFound

from .. import commands
from ..models import SubTask
from ..rules import SEES, visible_needs
from ..states import WITH_HELPER

SHOWN = ("need__village__parent", "need__holder", "need__handler", "unit")


def visible_tasks(actor, *, duty=SEES):
    """Return the sub-tasks of the needs that the actor sees, and those that lie with his own units: once done or sent back, no more.

    The need itself stays unseen by whoever only helps: its page, its words, its papers, its household.
    """
    if not scope.handles_content(actor, duty=SEES):
        return SubTask.objects.none()
    own = Q(unit__in=[unit.pk for unit in scope.units(actor, duty=SEES)], state__in=WITH_HELPER)
    return SubTask.objects.filter(own | _of_seen(actor)).select_related(*SHOWN).defer(*SEALED)


def _of_seen(actor):
    """The Q of the sub-tasks of needs that the actor sees: a look for each sub-task, not a walk through every need."""
    return Q(Exists(visible_needs(actor).filter(pk=OuterRef("need"))))


def tasks_to_act_on(actor, *, duty=SEES):
    """Return the same and what the own units had: an act that is sent twice is answered twice, though its sub-task is over since.

    What such a row is about, its card shows to nobody else than `visible_tasks` does.
    """
    if not scope.handles_content(actor, duty=SEES):
        return SubTask.objects.none()
    own = Q(unit__in=[unit.pk for unit in scope.units(actor, duty=SEES)])
    return SubTask.objects.filter(own | _of_seen(actor)).select_related(*SHOWN).defer(*SEALED)


SEALED = ("need__story", "need__requester_phone", "need__ledger_cells")


def _take(task_id, at):
    """Lock the need first, then the sub-task: acts on one need and on its sub-tasks happen one after the other."""
    need = SubTask.objects.filter(pk=task_id).values_list("need", flat=True).first()
    if need is None:
        raise NotFound(_("没有找到这项协办。可能已经办完,或者不在您的单位手里。"))
    need, at = commands.take(need, at)
    task = SubTask.objects.select_for_update(of=("self",)).select_related("unit").get(pk=task_id)
    task.need = need
    return task, at


def _look(task_id):
    task = SubTask.objects.select_related(*SHOWN).filter(pk=task_id).first()
    if task is None:
        raise NotFound(_("没有找到这项协办。可能已经办完,或者不在您的单位手里。"))
    return task


TASKS = Subject(
    "task", "casework.subtask", "tasks", seen=tasks_to_act_on, take=_take, look=_look, page="casework:task", card="casework/together/task_card.html",
    over=("casework:together", _("协办")), about=lambda task: f"{task.need.number} · {task.unit.name}", says=lambda task: task.words,
)  # fmt: skip
