"""What the acts on units are about."""

from django.utils.translation import pgettext_lazy

from wanjia.kernel.acts import Subject

from ..models import Organisation
from ..subjects import locked
from .rules import visible_organisations

UNITS = Subject(
    "unit", "orgs.organisation", "units", take=locked(Organisation, "area"), page="orgs:unit", over=("orgs:units", pgettext_lazy("list", "单位")), slash=False,
    seen=lambda actor, *, duty: visible_organisations(actor, duty=duty).select_related("area", "parent"), about=lambda unit: unit.name,
)  # fmt: skip
