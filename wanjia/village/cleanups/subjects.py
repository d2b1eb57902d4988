"""What the acts of clean-up days are about: a day."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import CleanUp
from . import rules

CLEANUPS = Subject(
    "clean_up", "village.cleanup", "village/cleanups", seen=lambda actor, duty: rules.visible_cleanups(actor, duty=duty).select_related("village"), take=locked(CleanUp, "village"),
    page="village:clean_up", over=("village:cleanups", _("清扫日")), about=str,
)  # fmt: skip
