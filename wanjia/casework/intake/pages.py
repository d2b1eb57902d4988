"""What the page at the end of a visit shows: what was voiced, what became of it, the promise, the slip."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from wanjia.kernel.calendar import today

from ..promise import promise_of
from ..slip.rules import can_issue
from . import queries


def findings(request, visit):
    """Each difficulty with its need, the promise in words, and whether a slip can be printed."""
    day = today(timezone.now())
    found = [
        (finding, need, need and promise_of(need, day), need and can_issue(request.user, need)) for finding, need in queries.findings_of(visit)
    ]
    return {"findings": found, "waiting": sum(need is None for _finding, need, _promise, _slip in found)}


def numbers_said(numbers):
    """The sentence afterwards."""
    return _("已登记:%(numbers)s。") % {"numbers": "、".join(numbers)}


def stay(_request, visit, _answer):
    """The door is still open: the promise is read out, the slip printed."""
    return redirect("casework:needs_of_visit", visit.pk)
