"""What the acts of exports are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from .rules import visible_exports


def _seen(actor, *, duty):
    return visible_exports(actor)


EXPORTS = Subject(
    "export", "reporting.export", "exports", seen=_seen, take=None, page="", over=("reporting:exports", _("导出")),
    about=lambda export: export.purpose,
)  # fmt: skip
