"""What a code opens."""

from ..models import Slip, SlipMiss

# No letter or digit that two people read differently.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 6


def canonical(code):
    """Return the code as it is kept: upper case, without blanks and dashes."""
    return "".join(char for char in code.upper() if char.isalnum())


def need_of(code):
    """Return the need a live slip code opens, or None."""
    field = Slip._meta.get_field("code_index")
    slip = (
        Slip.objects.filter(code_index__in=field.look_for(canonical(code)), ended_at=None)
        .select_related("need__village", "need__holder", "need__household")
        .first()
    )
    return slip.need if slip else None


def old_misses(before):
    """Return the slip codes that somebody mistyped long ago."""
    return SlipMiss.objects.filter(at__lt=before)
