"""What the acts of the steps are about: a matter."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import StepMatter
from . import rules

OF_MATTER = ("village", "item__body", "item__meeting")
MATTERS = Subject(
    "step_matter", "village.stepmatter", "village/steps", seen=lambda actor, duty: rules.visible_matters(actor, duty=duty).select_related(*OF_MATTER), take=locked(StepMatter, "village"),
    look=looked(StepMatter, *OF_MATTER), page="village:step_matter", over=("village:step_matters", _("四议两公开")), about=str,
)  # fmt: skip
