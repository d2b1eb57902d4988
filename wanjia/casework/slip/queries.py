"""What a code opens."""

from django.db.models import F

from ..models import Slip, SlipMiss
from .rules import still_speaks

# No letter or digit that two people read differently.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6


def canonical(code):
    """Return the code as it is kept: upper case, without blanks and dashes."""
    return "".join(char for char in code.upper() if char.isalnum())


def need_of(code):
    """Return the need that a code opens, or None; its `replaced` says whether another slip has taken the place of this one."""
    field = Slip._meta.get_field("code_index")
    found = Slip.objects.filter(code_index__in=field.look_for(canonical(code))).select_related("need__village", "need__holder", "need__household")
    slip = found.order_by(F("ended_at").desc(nulls_first=True)).first()
    if slip is None or not still_speaks(slip):
        return None
    slip.need.replaced = slip.ended_at is not None
    return slip.need


def old_misses(before):
    """Return the slip codes that somebody mistyped long ago."""
    return SlipMiss.objects.filter(at__lt=before)
