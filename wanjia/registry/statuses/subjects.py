"""What the acts on statuses are about: one that a person or a home holds."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.kernel.calendar import today
from wanjia.verdict import Refused

from ..households.rules import household_for, visible_households
from ..models import DatedStatus
from ..people.rules import person_for, visible_people


def _statuses_seen(actor, *, duty):
    seen = Q(person__in=visible_people(actor, duty=duty)) | Q(household__in=visible_households(actor, duty=duty))
    return DatedStatus.objects.filter(seen).select_related("person", "household")


def _status(status_id, at, *, by, duty):
    day = today(at)
    status = DatedStatus.objects.select_related("person", "household").filter(Q(to_on=None) | Q(to_on__gt=day), pk=status_id).first()
    if status is None:
        raise Refused(_("没有这条记录,或已经终止。"))
    if status.person_id:
        person_for(by, status.person_id, duty=duty[0])
    else:
        household_for(by, status.household_id, duty=duty[0])
    return status, at


STATUSES = Subject(
    "status", "registry.datedstatus", "statuses", seen=_statuses_seen, take=_status, page="",
    about=lambda status: f"{status.scheme_words}:{status.words}",
)  # fmt: skip
