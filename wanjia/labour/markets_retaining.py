"""Which days' work, cards and people told are disposed of when their time is over (RETAINED): the counts stay, the words and names go."""

from django.db.models import Q

from wanjia.orgs.retained import Retained, Spared, named_by
from wanjia.policy.retention import born_after

from .day_states import DayState


def _of_a_child(path):
    return lambda day: Q(**{f"{path}worker__person__birth_on__gt": born_after(day)}) | Q(**{f"{path}birth_on__gt": born_after(day)})


DAY_WORK = Retained(
    "day_work", "labour.DayWork", over=~Q(state__in=(DayState.SENT, DayState.ARRIVED)) & (~Q(state=DayState.UNPAID) | ~Q(need="")), place="order__market__area_id",
    moments={"worked": ("order__day", False)}, holds={Spared.CHILD: _of_a_child("waiting__card__")}, worked=named_by("labour.DayWork", "sent_by"),
)  # fmt: skip
CARDS = Retained(
    "day_card", "labour.Card", over=Q(pk__isnull=False), place="area_id", moments={"came": ("last_on", False)}, holds={Spared.CHILD: _of_a_child("")},
    worked=named_by("labour.Card", "made_by"),
)  # fmt: skip
