"""What the acts of what is told privately are about: what was told to a home, a notice for a group's paper board."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked
from wanjia.verdict import NotFound

from ..models import Shortcoming, StrictNotice
from . import rules

OVER = ("village:shortcomings", _("待改进"))


def _under_its_home(pk, at):
    """Lock what was told, then the notice: whoever puts something right and whoever puts the notice up wait for each other."""
    found = StrictNotice.objects.filter(pk=pk).values_list("shortcoming", flat=True).first()
    short = Shortcoming.objects.select_for_update(of=("self",), no_key=True).select_related("home", "village").filter(pk=found).first()
    row = StrictNotice.objects.select_for_update(of=("self",), no_key=True).select_related("village", "item").filter(pk=pk).first()
    if short is None or row is None:
        raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
    row.shortcoming = short
    return row, at


SHORTS = Subject(
    "shortcoming", "village.shortcoming", "village/improving/told", seen=lambda actor, duty: rules.visible_shortcomings(actor, duty=duty).select_related("home", "village", "strict"),
    take=locked(Shortcoming, "home", "village"), page="village:shortcoming", over=OVER, about=lambda one: one.home.number,
)  # fmt: skip
STRICTS = Subject(
    "strict_notice", "village.strictnotice", "village/improving/board", seen=lambda actor, duty: rules.visible_strict(actor, duty=duty).select_related("shortcoming__home", "village", "item__body"),
    take=_under_its_home, page="village:strict_notice", over=("village:strict_notices", _("小组纸质栏")), about=lambda one: one.shortcoming.home.number,
)  # fmt: skip
