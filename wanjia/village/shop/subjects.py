"""What the acts of the shop are about: a thing on its shelves, what a home took, the close of a month."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Good, PointMonth, Redemption
from . import rules

GOODS = Subject(
    "good", "village.good", "village/shop/goods", seen=lambda actor, duty: rules.visible_goods(actor, duty=duty).select_related("village"), take=locked(Good, "village"),
    page="village:good", over=("village:shop", _("爱心超市")),
)  # fmt: skip
REDEMPTIONS = Subject(
    "redemption", "village.redemption", "village/shop/redemptions", seen=lambda actor, duty: rules.visible_redemptions(actor, duty=duty).select_related("good", "home", "village"),
    take=locked(Redemption, "good", "home", "village"), page="village:redemption", over=("village:shop", _("爱心超市")), about=lambda one: str(_("兑换回执 %(n)s 号") % {"n": one.serial}),
)  # fmt: skip
MONTHS = Subject(
    "point_month", "village.pointmonth", "village/points/months", seen=lambda actor, duty: rules.visible_months(actor, duty=duty).select_related("village"), take=locked(PointMonth, "village"),
    page="village:point_month", over=("village:point_months", _("积分月结")), about=lambda one: f"{one.village.short_name} {one.month}",
)  # fmt: skip
