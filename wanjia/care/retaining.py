"""What is disposed of when its time is over (RETAINED): that a wish was claimed and granted stays, who claimed it goes."""

from django.db.models import Q

from wanjia.orgs.retained import Retained, named_by

CLAIMS = Retained(
    "wish_claim", "care.WishClaim", over=Q(ended_at__isnull=False), place="wish__area_id", moments={"ended": ("ended_at", True)}, worked=named_by("care.WishClaim", "taken_by"),
)  # fmt: skip
