"""What the acts of lapsing are about: the points of one year and one version of the rules."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ...models import PointLapse
from . import rules

LAPSES = Subject(
    "point_lapse", "village.pointlapse", "village/points/lapses", seen=lambda actor, duty: rules.visible_lapses(actor, duty=duty).select_related("village", "scheme"), take=locked(PointLapse, "village", "scheme"),
    page="village:point_lapse", over=("village:points", _("积分")), about=lambda one: str(_("%(year)s 年记的积分过期") % {"year": one.year}),
)  # fmt: skip
