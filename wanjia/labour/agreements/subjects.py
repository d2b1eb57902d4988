"""What the acts of this room are about: an agreement."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Agreement
from .rules import visible_agreements

AGREEMENTS = Subject(
    "agreement", "labour.agreement", "agreements", seen=visible_agreements, take=locked(Agreement, "area"), page="labour:agreement", over=("labour:agreements", _("劳务协作")),
    about=lambda one: one.title,
)  # fmt: skip
