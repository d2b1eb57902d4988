"""Which complaints and belongings are disposed of when their time is over (RETAINED): that there was one stays, the words go."""

from django.db.models import Q

from wanjia.orgs.retained import Retained, Spared, named_by
from wanjia.policy.retention import born_after

from .demand import ComplaintState

COMPLAINTS = Retained(
    "complaint", "labour.Complaint", over=~Q(state=ComplaintState.RECEIVED), place="employer__area_id", moments={"judged": ("judged_on", False)}, named=("employer__code",),
    holds={Spared.CHILD: lambda day: Q(person__birth_on__gt=born_after(day))}, worked=named_by("labour.Complaint", "recorded_by", "judged_by"),
)  # fmt: skip
BELONGINGS = Retained(
    "belonging", "labour.Belonging", over=Q(to_on__isnull=False), place="worker__village_id", moments={"ended": ("to_on", False)},
    holds={Spared.CHILD: lambda day: Q(worker__person__birth_on__gt=born_after(day))}, worked=named_by("labour.Belonging", "recorded_by"),
)  # fmt: skip
