"""What the acts of exports are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.duties import Duty

from .rules import visible_exports


def _seen(actor, *, duty):
    """An export is taken by whoever asked for it, and by nobody else."""
    seen = visible_exports(actor)
    return seen.filter(asked_by=actor.pk) if Duty.EXPORT in duty else seen


EXPORTS = Subject(
    "export", "reporting.export", "exports", seen=_seen, take=None, page="", over=("reporting:exports", _("导出")),
    about=lambda export: export.purpose,
)  # fmt: skip
