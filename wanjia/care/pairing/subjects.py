"""What the acts of pairing are about: a pair, a proposal, a child who is to have somebody."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Entitled, Pair, PairProposal
from . import rules

OVER = ("care:pairs", _("结对帮扶"))
PAIRS = Subject(
    "pair", "care.pair", "care/pairs", seen=lambda actor, duty: rules.visible_pairs(actor, duty=duty).select_related("child__village__parent", "helper__organisation"),
    take=locked(Pair, "child", "helper__organisation"), page="care:pair", over=OVER, about=lambda one: f"{one.child.shown_name} · {one.helper.name}", drafts=False,
)  # fmt: skip
PROPOSED = Subject(
    "pair_proposal", "care.pairproposal", "care/pair-proposals",
    seen=lambda actor, duty: rules.visible_proposals(actor, duty=duty).select_related("child__village__parent", "helper", "next_helper", "plan__area"),
    take=locked(PairProposal, "child", "helper", "plan__area"), page="care:pair_proposal", over=OVER, about=lambda one: one.child.shown_name, drafts=False,
)  # fmt: skip
ENTITLED = Subject(
    "entitled", "care.entitled", "care/entitled", seen=lambda actor, duty: rules.visible_entitled(actor, duty=duty).select_related("child__village__parent"),
    take=locked(Entitled, "child"), page="care:entitled_child", over=OVER, about=lambda one: one.child.shown_name, drafts=False,
)  # fmt: skip
