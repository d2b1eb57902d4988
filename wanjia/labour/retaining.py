"""Which spells, and what they said before a correction, are disposed of when their time is over (RETAINED): where and when stays, with whom does not."""

from django.db.models import Q

from wanjia.orgs.retained import Retained, Spared, named_by
from wanjia.policy.retention import born_after


def _of_a_child(path):
    return lambda day: Q(**{f"{path}person__birth_on__gt": born_after(day)})


SPELLS = Retained(
    "spell", "labour.Spell", over=Q(to_on__isnull=False), place="worker__village_id", moments={"ended": ("to_on", False)},
    holds={Spared.CHILD: _of_a_child("worker__")}, worked=named_by("labour.Spell", "recorded_by"),
)  # fmt: skip
CHANGES = Retained(
    "spell_change", "labour.Change", over=Q(spell__to_on__isnull=False), place="spell__worker__village_id", moments={"ended": ("spell__to_on", False)},
    holds={Spared.CHILD: _of_a_child("spell__worker__")}, part_of=("spell",), worked=named_by("labour.Change", "recorded_by"),
)  # fmt: skip
