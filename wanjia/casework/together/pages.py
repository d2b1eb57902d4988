"""What the pages of helpers show besides their forms, where they lead, and the rows of sub-tasks that a consultation's page asks."""

from django import forms
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from wanjia.doors.asking import Day
from wanjia.orgs.models import Organisation
from wanjia.verdict import Refused

from ..models.together import LONGEST_TASK
from ..queries import children_of, last_day_to_help, tasks_of, without_children
from . import queries
from .subjects import visible_tasks

ROWS = (1, 2, 3)


def asked_so_far(_request, need):
    """What was asked of others already."""
    return {"tasks": tasks_of(need)}


def on(request, task, _answer):
    """Lead to the list where the sub-task is no longer the helper's own: what is over is out of its sight."""
    return None if visible_tasks(request.user).filter(pk=task.pk).exists() else redirect("casework:together")


def matter_of(need, day):
    """Return what a need is about as a helper reads it: no child's name stands in it."""
    return without_children(need.summary, children_of(need, day))


class Unit(forms.ModelChoiceField):
    """One unit out of a list, by its name."""

    def label_from_instance(self, unit):
        """Its name."""
        return unit.name


def task_fields(need, actor, day):
    """Return {name: form field} of three rows of sub-tasks: unit, words, day."""
    among = Organisation.objects.filter(pk__in=[unit.pk for unit in queries.helpers_for(need, actor, day)])
    last, found = last_day_to_help(need, day) if need.due_on else None, {}
    for n in ROWS:
        found[f"unit{n}"] = Unit(among, label=_("单位"), required=False, empty_label=_("没有"))
        found[f"words{n}"] = forms.CharField(label=_("做什么"), required=False, max_length=LONGEST_TASK)
        found[f"due{n}"] = forms.DateField(label=_("哪天以前"), required=False, widget=Day(), initial=last)
    return found


def rows_of(tasks, need, day):
    """Yield (unit, words, day) of each row that names a unit. Raises Refused for one that names no unit, or says nothing."""
    for n in ROWS:
        unit, words = tasks.get(f"unit{n}"), (tasks.get(f"words{n}") or "").strip()
        if unit is None and not words:
            continue
        if unit is None or len(words) < 4:
            raise Refused(_("第 %(n)s 行请写明哪个单位、做什么(至少 4 个字)。") % {"n": n})
        yield unit, words, tasks.get(f"due{n}") or last_day_to_help(need, day)
