"""Which exports are disposed of when their time is over (RETAINED): who took how many rows stays, what for and which search does not."""

from django.db.models import Q

from wanjia.orgs.retained import Retained

from .states import ExportState

EXPORTS = Retained(
    "export", "reporting.Export", over=~Q(state=ExportState.WAITING), place="asked_org__area_id", moments={"asked": ("asked_at", True)},
)  # fmt: skip
