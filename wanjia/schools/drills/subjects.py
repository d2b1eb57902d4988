"""What the acts of lessons and drills are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import BusDrill
from . import rules

DRILLS = Subject(
    "bus_drill", "schools.busdrill", "schools/bus-drills", seen=lambda actor, duty: rules.visible_drills(actor, duty=duty).select_related("school__unit", "term"),
    take=locked(BusDrill, "school__unit", "term"), look=looked(BusDrill, "school__unit", "term"), page="", over=("schools:bus_drills", _("乘车安全教育")), about=str,
)  # fmt: skip
