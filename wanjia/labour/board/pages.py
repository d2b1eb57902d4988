"""What the pages of the board's acts show besides their forms."""

from django.utils.translation import gettext as _

from ..board_states import PartState


def given_to(task):
    """Return in one line whose task it is now, and by which day."""
    return _("%(unit)s牵头,%(day)s 以前") % {"unit": task.lead.name, "day": task.due_on}


def has_open_parts(task, _actor, _day):
    """Tell whether an assisting unit has not said that its part is done."""
    return task is not None and task.parts.filter(state=PartState.OPEN).exists()


def open_parts(_request, task):
    """Return the parts that are open still, for whoever reports."""
    return {"open_parts": task.parts.filter(state=PartState.OPEN).select_related("unit").order_by("due_on")}


def overdue_words(task, level):
    """Return the sentence of a stage of being overdue."""
    return _("%(day)s 到期,还没有报办结,第 %(n)s 级提醒交办单位") % {"day": task.due_on, "n": level - 1}
