"""Template words of casework: the next legal act of a row, and where an act leads."""

from django import template
from django.urls import reverse

from ..ledger import moves

register = template.Library()


@register.simple_tag(takes_context=True)
def next_act(context, need):
    """Return {"address", "words"} of the one button a list shows for this need. Asks nothing of the database."""
    name, words = moves.next_act(context["request"].user, need)
    return {"address": reverse(f"casework:{name}", args=[need.pk]), "words": words, "looks": name == "need"}


@register.simple_tag
def url_of(name, need_id):
    """Return the address of an act on a need."""
    return reverse(f"casework:{name}", args=[need_id])
