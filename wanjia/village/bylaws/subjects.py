"""What the acts of by-laws are about: a version of a rule."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import looked
from wanjia.verdict import NotFound

from ..models import Bylaw, BylawVersion
from . import rules

OF_VERSION = ("bylaw__village", "item__body", "item__meeting")


def _in_its_bylaw(pk, at):
    """Lock the rule of a version, then the version: of two that come in force one is first."""
    bylaw = Bylaw.objects.select_for_update(of=("self",), no_key=True).select_related("village").filter(pk__in=BylawVersion.objects.filter(pk=pk).values("bylaw")).first()
    row = BylawVersion.objects.select_for_update(of=("self",), no_key=True).select_related("item__body", "item__meeting").filter(pk=pk).first()
    if bylaw is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.bylaw = bylaw
    return row, at


VERSIONS = Subject(
    "bylaw_version", "village.bylawversion", "village/bylaws", seen=lambda actor, duty: rules.visible_versions(actor, duty=duty).select_related(*OF_VERSION), take=_in_its_bylaw,
    look=looked(BylawVersion, *OF_VERSION), page="village:bylaw_version", over=("village:bylaws", _("村里的制度")),
    about=lambda one: str(_("%(name)s第 %(n)s 版") % {"name": one.bylaw.name, "n": one.serial}),
)  # fmt: skip
