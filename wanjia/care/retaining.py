"""What is disposed of when its time is over (RETAINED): that a wish was claimed and granted stays, who claimed it goes; of a picture that it was taken.

Who might fetch a child, what an elder must not eat, whom to call and what was said on the telephone go; that there was a list and a call stays.
"""

from django.db.models import Q

from wanjia.kernel.command import COMMANDS
from wanjia.orgs.retained import Retained, named_by
from wanjia.orgs.workdays.hours import CLOCK

from .event_states import KEPT


def _dispose(pk, at):
    COMMANDS["care.dispose_photo"](photo_id=pk, by=CLOCK, at=at)


CLAIMS = Retained(
    "wish_claim", "care.WishClaim", over=Q(ended_at__isnull=False), place="wish__area_id", moments={"ended": ("ended_at", True)}, worked=named_by("care.WishClaim", "taken_by"),
)  # fmt: skip
COLLECTORS = Retained(
    "collector", "care.Collector", over=Q(to_on__isnull=False), place="child__village_id", moments={"ended": ("to_on", False)}, child=Q(pk__isnull=False),
    worked=named_by("care.Collector", "listed_by", "confirmed_by"),
)  # fmt: skip
DINERS = Retained(
    "diner", "care.Diner", over=Q(to_on__isnull=False), place="canteen__area_id", moments={"ended": ("to_on", False)}, worked=named_by("care.Diner", "recorded_by"),
)  # fmt: skip
CALLS = Retained(
    "missed_call", "care.MissedCall", over=Q(pk__isnull=False), place="serving__meal__canteen__area_id", moments={"called": ("at", True)}, part_of=("diner",),
    worked=named_by("care.MissedCall", "by"),
)  # fmt: skip
PHOTOS = Retained(
    "care_photo", "care.Photo", over=Q(state__in=KEPT), place="event__area_id", moments={"taken": ("taken_on", False)},
    worked=named_by("care.Photo", "taken_by"), by_clock=_dispose,
)  # fmt: skip
