"""What the acts of wishes are about: a wish, a line of money."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Wish, WishMoney
from . import rules

OVER = ("care:wishes", _("微心愿"))

WISHES = Subject(
    "wish", "care.wish", "care/wishes", seen=lambda actor, duty: rules.visible_wishes(actor, duty=duty).select_related("child", "area__parent"),
    take=locked(Wish, "child__village__parent", "area__parent"), look=looked(Wish, "child", "area"), page="care:wish", over=OVER, about=lambda one: f"{one.code} · {one.thing}", drafts=False,
)  # fmt: skip
MONEY = Subject(
    "wish_money", "care.wishmoney", "care/wish-money", seen=lambda actor, duty: rules.visible_money(actor, duty=duty).select_related("claim__wish"),
    take=locked(WishMoney, "claim__wish"), look=looked(WishMoney, "claim__wish"), page="care:wish", of=lambda one: one.claim.wish, over=OVER, about=lambda one: one.number, drafts=False,
)  # fmt: skip
