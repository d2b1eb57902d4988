"""The form that asks for what is filtered, on the page of exports."""

from wanjia.orgs.duties import Duty
from wanjia.registry.lookups.commands import look_up

from . import queries
from .forms import AskNeeds, Question


def facts(request, form):
    """Return how many needs the question of the page keeps, and the form that asks for their export; None for who may not."""
    if not request.user.has_duty(Duty.EXPORT):
        return None
    question = Question(request.POST or request.GET, actor=request.user)
    look_up(request.user, question.data.get("q", ""))
    rows = queries.rows(request.user, question.data, request.at).count()
    return {"question": question.plain(), "rows": rows, "form": form or AskNeeds(actor=request.user)}
