"""What the acts of operations are about: one operation."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import RoadOperation
from . import rules

OF = ("area", "unit", "near__unit")
OPERATIONS = Subject(
    "road_operation", "schools.roadoperation", "schools/roads", seen=lambda actor, duty: rules.visible_operations(actor, duty=duty).select_related(*OF),
    take=locked(RoadOperation, *OF), look=looked(RoadOperation, *OF), page="schools:road_operation", over=("schools:roads", _("道路行动")), about=str,
)  # fmt: skip
