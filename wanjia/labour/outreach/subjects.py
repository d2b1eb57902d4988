"""What the acts of outreach are about: telling people of a vacancy, somebody who was told."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from ..models import Outreach, Reached
from .rules import visible_outreach, visible_reached

OVER = ("labour:outreaches", _("岗位推送"))
OUTREACHES = Subject(
    "outreach", "labour.outreach", "labour/outreach", seen=lambda actor, duty: visible_outreach(actor, duty=duty).select_related("vacancy__employer", "area"),
    take=locked(Outreach, "vacancy", "area"), page="labour:outreach", over=OVER, about=lambda one: one.vacancy.title,
)  # fmt: skip
REACHED = Subject(
    "reached", "labour.reached", "labour/reached", seen=lambda actor, duty: visible_reached(actor, duty=duty).select_related("worker__person", "vacancy", "outreach"),
    take=locked(Reached, "worker__person", "vacancy"), page="labour:outreach", of=lambda one: one.outreach, over=OVER,
    about=lambda one: one.worker.person.shown_name, says=lambda one: one.vacancy.title, drafts=False,
)  # fmt: skip
