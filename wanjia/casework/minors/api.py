"""POST minors-audit   publish the audit of a year;  GET minors-audit/all   those that were published, with what they say."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Schema

from wanjia.doors.calls import list_of, router_of
from wanjia.orgs.duties import Duty

from .queries import visible_audits
from .subjects import AUDITS


class AuditOut(Schema):
    """One published report; content: sections of figures, and who may open files by unit and role."""

    id: UUID
    number: str
    year: int
    as_of: date
    digest: str
    content: dict[str, Any]


def _audit(_request, row, answer):
    return row or answer


router = router_of(AUDITS, AuditOut, _audit, others={"": (201, AuditOut, _audit)}, root="")


@list_of(router, "/all", AuditOut, page="casework:minors", words=_("未成年人信息审计"), duty=Duty.READ_JOURNAL)
def audits(request, _asked):
    """The published audits of the county that I audit, the newest first."""
    return visible_audits(request.user)
