"""What the acts of fares are about: an operator's month."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Settlement
from . import rules

SETTLEMENTS = Subject(
    "settlement", "schools.settlement", "schools/settlements", seen=lambda actor, duty: rules.visible_settlements(actor, duty=duty).select_related("operator__area"),
    take=locked(Settlement, "operator__area"), page="schools:settlement", over=("schools:settlements", _("接送月结")), about=lambda one: f"{one.operator} {one.month}",
)  # fmt: skip
