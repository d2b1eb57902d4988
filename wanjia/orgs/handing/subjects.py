"""What finishing a hand-over is about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..models import Handover, Organisation
from .queries import visible


def _take(handover_id, at):
    """Lock the unit, then the row: nothing is given to the unit or its people meanwhile."""
    found = Handover.objects.filter(pk=handover_id).values_list("organisation", flat=True).first()
    if found is None:
        raise NotFound(_("没有找到这一项交接。"))
    Organisation.objects.select_for_update(no_key=True).get(pk=found)
    return Handover.objects.select_for_update(of=("self",)).select_related("user", "organisation__area").get(pk=handover_id), at


HANDOVERS = Subject(
    "handover", "orgs.handover", "handovers", seen=lambda actor, *, duty: visible(actor), take=_take, page="", over=("orgs:handovers", _("离岗交接")), slash=False,
    about=lambda row: f"{row.user.name if row.user else ''} {row.organisation.name}".strip(),
)  # fmt: skip
