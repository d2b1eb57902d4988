"""Each CHECK and each unique constraint of the three lines, met by name: the row that it refuses."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY

from ..models import Concern, LineContact, Rhythm
from .factories import START, helper


def contact(world):
    """A call with the child's teacher."""
    return LineContact.objects.create(child=world.register.child, helper=helper(world), line="teacher", way="phone", reached=True, on=START, recorded_at=MONDAY)


def concern(world, **facts):
    """Something that somebody watches."""
    return Concern.objects.create(**{"child": world.register.child, "domain": "study", "level": "watch", "words": "走神", "on": START, "recorded_at": MONDAY} | facts)


def rhythm(world, **facts):
    """The child is reached every month."""
    return Rhythm.objects.create(**{"child": world.register.child, "pace": "priority", "from_on": START, "looked_on": START} | facts)


CHECKS = {
    "rhythm_ends_after_start": lambda w: rhythm(w, to_on=START),
    "concern_is_acted_on": lambda w: concern(w, level="act"),
    "concern_handed_on_a_day": lambda w: concern(w, level="act", need="530625-2026-000001"),
    "concern_settled_on_a_day": lambda w: concern(w, settled_on=START + timedelta(days=1)),
}
ONCE = {"one_contact_a_day_a_way": contact, "one_rhythm_a_child": rhythm}
