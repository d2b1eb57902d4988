"""Which exports are disposed of when their time is over (RETAINED): who took how many rows stays, what for and which search does not."""

from django.db.models import Q

from wanjia.orgs.retained import Retained, named_by

from .states import ExportState

EXPORTS = Retained(
    "export", "reporting.Export", over=~Q(state=ExportState.WAITING), place="asked_org__area_id", moments={"asked": ("asked_at", True)},
    worked=named_by("reporting.Export", "asked_by", "asked_org", "decided_by"),
)  # fmt: skip
