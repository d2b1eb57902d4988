"""What the acts on a proposal are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.solving.standing.holding import hold_standing

from ..models import Proposal
from .rules import visible_proposals

_locked = locked(Proposal, "worker__person", "vacancy__employer", "plan")


def take(pk, at):
    """Lock a proposal, and the version under which it is answered: what is said while another is put in force would be carried over by nobody."""
    proposal, at = _locked(pk, at)
    hold_standing(proposal.plan_id)
    return proposal, at


PROPOSALS = Subject(
    "proposal", "labour.proposal", "labour/proposals", seen=visible_proposals, take=take,
    page="labour:proposal", over=("labour:campaigns", _("就业行动")), about=lambda proposal: proposal.worker.person.shown_name,
)  # fmt: skip
