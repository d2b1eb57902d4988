"""What the acts on a proposal are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Proposal
from .rules import visible_proposals

PROPOSALS = Subject(
    "proposal", "labour.proposal", "labour/proposals", seen=visible_proposals, take=locked(Proposal, "worker__person", "vacancy__employer", "plan"),
    page="labour:proposal", over=("labour:campaigns", _("就业行动")), about=lambda proposal: proposal.worker.person.shown_name,
)  # fmt: skip
