"""What the acts of appeals are about: an appeal, taken under its line."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.verdict import NotFound

from ...models import PointAppeal, PointClaim
from . import rules


def _under_its_line(pk, at):
    """Lock the line, then the appeal: whoever reverses the line meanwhile waits."""
    found = PointAppeal.objects.filter(pk=pk).values_list("claim", flat=True).first()
    claim = PointClaim.objects.select_for_update(of=("self",), no_key=True).select_related("home", "item").filter(pk=found).first() if found else None
    row = PointAppeal.objects.select_for_update(of=("self",), no_key=True).select_related("home", "village", "item").filter(pk=pk).first()
    if row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.claim = claim
    return row, at


APPEALS = Subject(
    "point_appeal", "village.pointappeal", "village/points/appeals",
    seen=lambda actor, duty: rules.visible_appeals(actor, duty=duty).select_related("home", "village", "item__scheme", "claim__item__scheme", "owner", "redone"),
    take=_under_its_line, page="village:point_appeal", over=("village:point_appeals", _("积分申诉")), about=lambda one: one.home.number,
)  # fmt: skip
