"""What the acts of distributions are about: a distribution, a pupil of its roll."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..locking import locked_within
from ..models import Distribution, Gift
from . import rules

OVER = ("care:gifts", _("物资发放"))
DISTRIBUTIONS = Subject(
    "distribution", "care.distribution", "care/gifts", seen=lambda actor, duty: rules.visible_distributions(actor, duty=duty).select_related("school"),
    take=locked(Distribution, "school"), look=looked(Distribution, "school"), page="care:distribution", over=OVER, about=lambda one: one.name,
)  # fmt: skip
PUPILS = Subject(
    "gift", "care.gift", "care/gift-rows", seen=lambda actor, duty: rules.visible_gifts(actor, duty=duty).select_related("distribution", "child"),
    take=locked_within(Distribution, "roll", Gift, "distribution", "child"), page="care:distribution", of=lambda one: one.distribution, over=OVER, about=lambda one: one.child.shown_name, drafts=False,
)  # fmt: skip
