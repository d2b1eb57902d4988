"""What the acts on aid are about: aid that somebody holds, a proposal to cut it, a refusal, urgent aid. The rules say who may; a lock first."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ..households.subjects import HOMES, headed
from ..models import AidCut, AidRefusal, DatedStatus, UrgentAid
from .rules import visible_aid, visible_cuts, visible_refusals, visible_urgent

OVER = ("registry:aid", _("救助办理"))


def holder_of(status):
    """Return how whoever holds a status is called on a list: a home by its head, a person by name, a child by its initials."""
    return headed(status.household) if status.household_id else status.person.shown_name


def _taker(model, *with_):
    def take(pk, at):
        row = model.objects.select_for_update(of=("self",)).select_related(*with_).filter(pk=pk).first()
        if row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        return row, at

    return take


OF_HOME = replace(HOMES, drafts=False)  # what is refused, or needed at once, may be a child's
HELD = Subject(
    "held", "registry.datedstatus", "aid/held", seen=lambda actor, duty: visible_aid(actor, duty=duty), take=_taker(DatedStatus, "household", "person"),
    page="", over=OVER, about=lambda status: f"{holder_of(status)} · {status.words}", word="status", drafts=False,
)  # fmt: skip
CUTS = Subject(
    "cut", "registry.aidcut", "aid", seen=lambda actor, duty: visible_cuts(actor, duty=duty), take=_taker(AidCut, "status__household", "status__person"),
    page="registry:aid_cut", over=OVER, about=lambda cut: f"{holder_of(cut.status)} · {cut.status.words}", card="registry/aid/card.html", drafts=False,
)  # fmt: skip
REFUSALS = Subject(
    "refusal", "registry.aidrefusal", "aid/refusals", seen=lambda actor, duty: visible_refusals(actor, duty=duty),
    take=_taker(AidRefusal, "household"), page="registry:aid_refusal", over=OVER, about=lambda one: headed(one.household), drafts=False,
)  # fmt: skip
URGENT = Subject(
    "urgent", "registry.urgentaid", "aid/urgent", seen=lambda actor, duty: visible_urgent(actor, duty=duty), take=_taker(UrgentAid, "household"),
    page="", over=OVER, about=lambda one: headed(one.household), drafts=False,
)  # fmt: skip
