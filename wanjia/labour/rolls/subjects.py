"""What the acts are about: a file that was sent."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Roll
from .rules import visible_rolls

ROLLS = Subject(
    "roll", "labour.roll", "labour/rolls", seen=visible_rolls, take=locked(Roll, "by", "organisation"), page="labour:roll_file", over=("labour:rolls", _("装载名册")),
    about=lambda roll: roll.file_name, drafts=False,
)  # fmt: skip
