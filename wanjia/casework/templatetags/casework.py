"""Template words of casework: the next legal act of a row, and where an act leads. A list has fifty rows: these words are cheap."""

from functools import cache
from uuid import UUID

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from wanjia.doors.words import in_english
from wanjia.policy.triage import hint_in_english

from ..ledger import moves
from ..promise import WHAT, kind_of
from ..states import Difficulty, NeedState, Urgency
from ..together import pages as together
from ..together.subjects import visible_tasks

register = template.Library()
NOBODY = UUID(int=0)


@cache
def _door(name):
    return reverse(f"casework:{name}", args=[NOBODY])


def _address(name, need_id):
    """Return the address of an act; the route is resolved once, not for each row."""
    return _door(name).replace(str(NOBODY), str(need_id))


@register.simple_tag(takes_context=True)
def next_act(context, need):
    """Return what a row shows of a need besides its own fields: the one button, the ways in, the words of its state and grades.

    Asks nothing of the database.
    """
    name, words = moves.next_act(context["request"].user, need)
    return {
        "address": _address(name, need.pk),
        "words": words,
        "need": _address("need", need.pk),
        "drawer": _address("drawer", need.pk),
        "stopped": _("停表") if need.is_stopped(context["frame"].today) else "",
        "state": NeedState(need.state).label,
        "urgency": Urgency(need.urgency).label if need.urgency else "",
        "difficulty": Difficulty(need.difficulty).label if need.difficulty else "",
    }


@register.simple_tag
def url_of(name, need_id):
    """Return the address of an act on a need."""
    return _address(name, need_id)



@register.simple_tag(takes_context=True)
def sees_task(context, task):
    """Tell whether the reader sees what a sub-task is about: its unit no more, once it is over."""
    return visible_tasks(context["request"].user).filter(pk=task.pk).exists()


@register.simple_tag
def matter_of(need):
    """Return what a need is about as a helper reads it: no child's name stands in it."""
    return together.matter_of(need)


@register.simple_tag
def promised(need):
    """Say which promise a need's date is: 答复 while it is not graded, then 办结."""
    return WHAT[kind_of(need)]


@register.filter
def hinted(hint):
    """A hint of the grid in the reader's language."""
    return hint_in_english(hint) if hint and in_english() else hint
