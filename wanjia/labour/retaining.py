"""What is disposed of when its time is over (RETAINED): that it was, where and when stays, the words that say who go."""

from django.db.models import Q

from wanjia.orgs.retained import Retained, Spared, named_by
from wanjia.policy.retention import born_after

from .day_states import DayState
from .demand_states import ComplaintState


def _of_a_child(*paths):
    """Return what spares rows of whoever is under age: paths of the person."""

    def held(day):
        found = Q()
        for path in paths:
            found |= Q(**{f"{path}birth_on__gt": born_after(day)})
        return found

    return held


SPELLS = Retained(
    "spell", "labour.Spell", over=Q(to_on__isnull=False), place="worker__village_id", moments={"ended": ("to_on", False)},
    holds={Spared.CHILD: _of_a_child("worker__person__")}, worked=named_by("labour.Spell", "recorded_by"),
)  # fmt: skip
CHANGES = Retained(
    "spell_change", "labour.Change", over=Q(spell__to_on__isnull=False), place="spell__worker__village_id", moments={"ended": ("spell__to_on", False)},
    holds={Spared.CHILD: _of_a_child("spell__worker__person__")}, part_of=("spell",), worked=named_by("labour.Change", "recorded_by"),
)  # fmt: skip
COMPLAINTS = Retained(
    "complaint", "labour.Complaint", over=~Q(state=ComplaintState.RECEIVED), place="employer__area_id", moments={"judged": ("judged_on", False)}, named=("employer__code",),
    holds={Spared.CHILD: _of_a_child("person__")}, worked=named_by("labour.Complaint", "recorded_by", "judged_by"),
)  # fmt: skip
BELONGINGS = Retained(
    "belonging", "labour.Belonging", over=Q(to_on__isnull=False), place="worker__village_id", moments={"ended": ("to_on", False)},
    holds={Spared.CHILD: _of_a_child("worker__person__")}, worked=named_by("labour.Belonging", "recorded_by"),
)  # fmt: skip
DAY_WORK = Retained(
    "day_work", "labour.DayWork", over=~Q(state__in=(DayState.SENT, DayState.ARRIVED)) & (~Q(state=DayState.UNPAID) | ~Q(need="")), place="order__market__area_id",
    moments={"worked": ("order__day", False)}, holds={Spared.CHILD: _of_a_child("waiting__card__worker__person__", "waiting__card__")}, worked=named_by("labour.DayWork", "sent_by"),
)  # fmt: skip
CARDS = Retained(
    "day_card", "labour.Card", over=Q(pk__isnull=False), place="area_id", moments={"came": ("last_on", False)}, holds={Spared.CHILD: _of_a_child("worker__person__", "")},
    worked=named_by("labour.Card", "made_by"),
)  # fmt: skip
