"""What the acts of what was found are about: an inspection, a hazard."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Hazard, Inspection
from . import rules

OF_INSPECTION = ("stop__venue__area", "stop__round__lead", "stop__team", "for_unit")
OF_HAZARD = ("inspection__stop__venue__area", "inspection__stop__round__lead", "owner", "order", "handed_to")
INSPECTIONS = Subject(
    "inspection", "schools.inspection", "schools/inspections", seen=lambda actor, duty: rules.visible_inspections(actor, duty=duty).select_related(*OF_INSPECTION),
    take=locked(Inspection, *OF_INSPECTION), look=looked(Inspection, *OF_INSPECTION), page="schools:inspection", over=("schools:rounds", _("联合检查")), about=lambda one: one.stop.venue.name,
)  # fmt: skip
HAZARDS = Subject(
    "hazard", "schools.hazard", "schools/hazards", seen=lambda actor, duty: rules.visible_hazards(actor, duty=duty).select_related(*OF_HAZARD), take=locked(Hazard, *OF_HAZARD),
    look=looked(Hazard, *OF_HAZARD), page="schools:hazard", over=("schools:hazards", _("隐患")), about=lambda one: f"{one} {one.words}",
)  # fmt: skip
