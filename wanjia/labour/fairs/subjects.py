"""What the acts of fairs are about: a fair, a stall, somebody who registered there."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Fair, Registration, Stall
from .rules import visible_fairs, visible_registrations, visible_stalls

OVER = ("labour:fairs", _("招聘会"))
FAIRS = Subject(
    "fair", "labour.fair", "labour/fairs", seen=lambda actor, duty: visible_fairs(actor, duty=duty).select_related("area", "unit"), take=locked(Fair, "area"),
    page="labour:fair", over=OVER, about=lambda fair: fair.name,
)  # fmt: skip
STALLS = Subject(
    "stall", "labour.stall", "labour/stalls", seen=lambda actor, duty: visible_stalls(actor, duty=duty).select_related("fair", "employer"),
    take=locked(Stall, "fair", "employer"), page="labour:stall", over=OVER, about=lambda stall: stall.employer.name, drafts=False,
)  # fmt: skip
REGISTRATIONS = Subject(
    "registration", "labour.registration", "labour/registrations",
    seen=lambda actor, duty: visible_registrations(actor, duty=duty).select_related("stall__fair", "vacancy", "card__worker__person"),
    take=locked(Registration, "stall__fair", "vacancy", "card__worker__person"), page="labour:stall", of=lambda one: one.stall, over=OVER,
    about=lambda one: one.card.shown_name, says=lambda one: one.vacancy.title, drafts=False,
)  # fmt: skip
