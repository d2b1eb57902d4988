"""What the pages of closing and rechecking show besides their forms."""

from ..doubts import sentences_of
from ..rules import this_round
from .rules import checklist


def ticks(request, need):
    """The nine rules as they stand now."""
    return {"ticks": checklist(need, request.at)}


def side_by_side(_request, need):
    """The unit's claim and the household's word, beside each other; why it is looked at, and the tries in vain."""
    callbacks = list(this_round(need.callbacks, need).defer("words").select_related("by_org"))
    return {
        "papers": need.evidence.filter(taken_back_at=None).defer("body"),
        "money": need.decisions.exclude(money="").order_by("-line").values_list("money", flat=True).first(),
        "callbacks": callbacks,
        "doubts": sentences_of(need),
        "complaints": need.followed_by.order_by("recorded_at"),
        "tries": this_round(need.rechecks, need).filter(reached=False),
    }
