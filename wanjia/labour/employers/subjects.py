"""What the acts of this room are about: an employer, a piece of evidence, a complaint."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Complaint, Employer, Proof
from .rules import visible_complaints, visible_employers, visible_proofs

OVER = ("labour:employers", _("用工单位"))
EMPLOYERS = Subject(
    "employer", "labour.employer", "employers", seen=visible_employers, take=locked(Employer, "area"), page="labour:employer", over=OVER, about=lambda one: one.name,
)  # fmt: skip
PROOFS = Subject(
    "proof", "labour.proof", "employers/proofs", seen=visible_proofs, take=locked(Proof, "employer__area"), page="", over=OVER,
    about=lambda one: f"{one.employer.name} · {one.criterion_words} · {one.words}", of=lambda one: one.employer,
)  # fmt: skip
COMPLAINTS = Subject(
    "complaint", "labour.complaint", "employers/complaints", seen=visible_complaints, take=locked(Complaint, "employer__area"), page="labour:complaint", over=OVER,
    about=lambda one: f"{one.employer.name} · {one.ground_words}", drafts=False,
)  # fmt: skip
