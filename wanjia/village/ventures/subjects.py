"""What the acts of ventures are about: a venture."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..crafts.queries import listed_as
from ..models import Venture
from . import rules

VENTURES = Subject(
    "venture", "village.venture", "village/ventures", seen=lambda actor, duty: rules.visible_ventures(actor, duty=duty).select_related("home", "village"), take=locked(Venture, "home", "village"),
    page="village:venture", over=("village:ventures", _("庭院经济")), about=listed_as,
)  # fmt: skip
