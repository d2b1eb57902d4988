"""What the acts of points are about: a version of the rules, a claim."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import PointClaim, PointScheme
from . import rules

SCHEMES = Subject(
    "point_scheme", "village.pointscheme", "village/points/schemes", seen=lambda actor, duty: rules.visible_schemes(actor, duty=duty).select_related("village"), take=locked(PointScheme, "village"),
    page="village:point_scheme", over=("village:points", _("积分")), about=lambda one: str(_("%(village)s积分办法第 %(n)s 版") % {"village": one.village.short_name, "n": one.serial}),
)  # fmt: skip
CLAIMS = Subject(
    "point_claim", "village.pointclaim", "village/points/claims", seen=lambda actor, duty: rules.visible_claims(actor, duty=duty).select_related("home", "item__scheme", "village"),
    take=locked(PointClaim, "home", "item__scheme", "village"), page="village:point_claim", over=("village:points", _("积分")), about=lambda one: one.item.words,
)  # fmt: skip
