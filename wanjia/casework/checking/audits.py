"""What a published audit of minors' information says, held against its digest and the line of its publishing."""

from wanjia.kernel.models import Entry

from ..minors.queries import digest
from ..models import MinorsAudit


def faults(_day):
    """Yield (number, column, is, should)."""
    told = {pk: detail["digest"] for pk, detail in Entry.objects.filter(subject="casework.minorsaudit", act="minors.publish").values_list("subject_id", "detail")}
    for audit in MinorsAudit.objects.order_by("published_at", "pk"):
        if (is_ := digest(audit.content)) != audit.digest:
            yield audit.number, "content", is_, audit.digest
        if audit.digest != told.get(str(audit.pk)):
            yield audit.number, "digest", audit.digest, told.get(str(audit.pk), "no line of the journal publishes it")
