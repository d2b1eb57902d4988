"""What the acts of pledges are about: a pledge."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Pledge
from . import rules

OF = ("member__body__area", "member__person")
PLEDGES = Subject(
    "pledge", "village.pledge", "village/branch/pledges", seen=lambda actor, duty: rules.visible_pledges(actor, duty=duty).select_related(*OF), take=locked(Pledge, *OF),
    page="village:pledge", over=("village:pledges", _("党员承诺")), about=str,
)  # fmt: skip
