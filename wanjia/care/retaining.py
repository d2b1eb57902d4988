"""What is disposed of when its time is over (RETAINED): that a wish was claimed and granted stays, who claimed it goes; of a picture that it was taken."""

from django.db.models import Q

from wanjia.kernel.command import COMMANDS
from wanjia.orgs.retained import Retained, named_by
from wanjia.orgs.workdays.hours import CLOCK

from .event_states import PhotoState


def _dispose(pk, at):
    COMMANDS["care.dispose_photo"](photo_id=pk, by=CLOCK, at=at)


CLAIMS = Retained(
    "wish_claim", "care.WishClaim", over=Q(ended_at__isnull=False), place="wish__area_id", moments={"ended": ("ended_at", True)}, worked=named_by("care.WishClaim", "taken_by"),
)  # fmt: skip
PHOTOS = Retained(
    "care_photo", "care.Photo", over=Q(state__in=(PhotoState.UNCOVERED, PhotoState.COVERED, PhotoState.PUBLISHED)), place="event__area_id", moments={"taken": ("taken_on", False)},
    worked=named_by("care.Photo", "taken_by"), by_clock=_dispose,
)  # fmt: skip
