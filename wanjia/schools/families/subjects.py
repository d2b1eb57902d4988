"""What the acts of parents' classes are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import ParentClass
from . import rules

PARENT_CLASSES = Subject(
    "parent_class", "schools.parentclass", "schools/parent-classes", seen=lambda actor, duty: rules.visible_classes(actor, duty=duty).select_related("school__unit", "school__area", "lecturer"),
    take=locked(ParentClass, "school__unit", "school__area"), look=looked(ParentClass, "school__unit", "school__area", "lecturer__unit"), page="schools:parent_class",
    over=("schools:parent_classes", _("家长课堂")), about=lambda one: f"{one.school.unit.name} {one.day}", drafts=False,
)  # fmt: skip
