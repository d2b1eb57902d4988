"""What the acts on sponsorship are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from .. import scope
from ..models import Sponsorship
from ..subjects import locked

BONDS = Subject(
    "bond", "orgs.sponsorship", "sponsorships", take=locked(Sponsorship, "organisation__area", "area"), page="", over=("orgs:sponsorships", _("挂联")),
    seen=lambda actor, *, duty: Sponsorship.objects.filter(scope.in_place(actor, duty=duty)), id="int", slash=False,
)  # fmt: skip
