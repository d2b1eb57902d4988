"""What the acts on the tree of areas are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject

from .. import scope
from ..models import Area, AreaAlias
from ..subjects import locked

AREAS = Subject(
    "area", "orgs.area", "areas", take=locked(Area), page="orgs:area", over=("orgs:areas", _("行政区划")), id="str", slash=False,
    seen=lambda actor, *, duty: Area.objects.filter(scope.in_place(actor, duty=duty, area="code")).select_related("parent"),
)  # fmt: skip
AREA_NAMES = Subject(
    "alias", "orgs.areaalias", "areas/<str:area_id>/aliases", take=locked(AreaAlias, "area"), id="int", of=lambda alias: alias.area, page="orgs:area",
    seen=lambda actor, *, duty: AreaAlias.objects.filter(scope.in_place(actor, duty=duty)), over=AREAS.over, slash=False,
)  # fmt: skip
