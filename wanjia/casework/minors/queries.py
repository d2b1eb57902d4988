"""The audit of a year as it stands, and as it was published."""

import hashlib
import json
from datetime import date

from django.utils import translation

from wanjia.orgs.models import Level

from ..models import MinorsAudit
from . import figures, rules


def span_of(area, year, day):
    """Return the Span of a year: to its last day, or to today while it runs."""
    return figures.Span(area, year, min(date(year, 12, 31), day))


def standing(span):
    """Return [(section's words, [(figure, the number as it is told)])]."""
    return [(words, [(one, one.told(span)) for one in some]) for words, some in figures.SECTIONS]


@translation.override("zh-hans")
def content(span):
    """Return what a report says, as JSON keeps it."""
    return {
        "sections": [
            {"zh": str(words), "rows": [{"id": one.key, "zh": str(one.words), "shown": told, "meaning": str(one.meaning)} for one, told in some]}
            for words, some in standing(span)
        ],
        "roles": [{"unit": unit, "role": role, "n": n} for unit, role, n in figures.by_role(span)],
    }  # fmt: skip


def digest(said):
    """Return the SHA-256 of what a report says."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def visible_audits(actor, *, duty=None):
    """Return the published reports of the county that the actor audits."""
    area = rules.audited(actor)
    return MinorsAudit.objects.filter(area=area).select_related("area", "unit", "published_by") if area and area.level == Level.COUNTY else MinorsAudit.objects.none()
