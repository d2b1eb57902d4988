"""What the act of a school's own grounds is about: a hazard there."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..inspecting.subjects import OF_HAZARD
from ..models import Hazard
from . import rules

CAMPUS_HAZARDS = Subject(
    "campus_hazard", "schools.hazard", "schools/campus-hazards", seen=lambda actor, duty: rules.visible_hazards(actor).select_related(*OF_HAZARD), take=locked(Hazard, *OF_HAZARD),
    look=looked(Hazard, *OF_HAZARD), page="", over=("schools:campus", _("本校隐患")), about=lambda one: f"{one} {one.words}",
)  # fmt: skip
