"""What the acts of proposals are about: one proposal. What is typed about it lies on no device."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.kernel.command import SystemActor
from wanjia.orgs.subjects import locked, looked

from ..models import Proposal
from . import rules

VILLAGER = SystemActor(name="村民(公开页)")
OF_PROPOSAL = ("village", "item__body", "item__meeting")
PROPOSALS = Subject(
    "village_proposal", "village.proposal", "village/proposals", seen=lambda actor, duty: rules.visible_proposals(actor, duty=duty).select_related(*OF_PROPOSAL), take=locked(Proposal, "village"),
    look=looked(Proposal, *OF_PROPOSAL), page="village:village_proposal", over=("village:proposals", _("村民提议")), about=lambda one: f"{one.number} {one.title}".strip(), drafts=False,
)  # fmt: skip
