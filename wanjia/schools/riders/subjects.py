"""What the acts of riders are about: a child who rides, an adult who may receive it."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Receiver, Rider
from . import rules

OVER = ("schools:riders", _("乘车学生"))
RIDERS = Subject(
    "rider", "schools.rider", "schools/riders", seen=lambda actor, duty: rules.visible_riders(actor, duty=duty).select_related("child", "school__unit", "area"),
    take=locked(Rider, "child", "school__unit", "school__area", "area"), look=looked(Rider, "child", "school__unit", "area"), page="schools:rider", over=OVER,
    about=lambda one: one.child.shown_name, drafts=False,
)  # fmt: skip
RECEIVERS = Subject(
    "receiver", "schools.receiver", "schools/receivers", seen=lambda actor, duty: rules.visible_receivers(actor, duty=duty).select_related("rider__child"),
    take=locked(Receiver, "rider__child", "rider__school"), look=looked(Receiver, "rider__child"), page="schools:rider", of=lambda one: one.rider, over=OVER,
    about=lambda one: f"{one.rider.child.shown_name} · {one.relation}", drafts=False,
)  # fmt: skip
