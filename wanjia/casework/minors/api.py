"""POST minors-audit   publish the audit of a year;  GET minors-audit/all   those that were published, with what they say."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wanjia.doors.answers import Answer
from wanjia.doors.calls import list_of, router_of

from ..models import MinorsAudit
from .queries import visible_audits
from .subjects import AUDITS


class AuditOut(Answer, of=MinorsAudit, columns="id number year as_of digest"):
    """One published report; content: sections of figures, and who may open files by unit and role."""

    content: dict[str, Any]


router = router_of(AUDITS, AuditOut, others={"": 201})


@list_of(router, "/all", AuditOut, page="casework:minors", words=_("未成年人信息审计"))
def audits(request, _asked):
    """The published audits of the county that I audit, the newest first."""
    return visible_audits(request.user)
