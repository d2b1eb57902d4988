"""Template words of the labour register: {% load labour %}."""

from django import template

from ..states import Ended, Place
from ..workers import asking

register = template.Library()


@register.filter
def trade_words(code):
    """What a trade is called."""
    return asking.trade_words(code)


@register.filter
def place_words(code):
    """What a class of places is called."""
    return Place(code).label if code in Place.values else ""


@register.filter
def ended_words(code):
    """Why a spell ended; what an older hand or an erasure wrote stands as it is."""
    return Ended(code).label if code in Ended.values else code
