"""What the acts of guarding are about: a guard, what a parent offered, hours in which somebody cannot come."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Busy, Consent, Guard
from . import rules

OVER = ("schools:guards", _("护学人员"))
_WITH = ("school__unit", "school__area", "unit")
GUARDS = Subject(
    "guard", "schools.guard", "schools/guards", seen=lambda actor, duty: rules.visible_guards(actor, duty=duty).select_related(*_WITH, "gate"),
    take=locked(Guard, *_WITH), look=looked(Guard, *_WITH, "gate"), page="schools:guard", over=OVER, about=lambda one: one.name, drafts=False,
)  # fmt: skip
CONSENTS = Subject(
    "consent", "schools.consent", "schools/consents", seen=rules.visible_consents, take=locked(Consent, *(f"guard__{one}" for one in _WITH)),
    look=looked(Consent, *(f"guard__{one}" for one in _WITH)), page="schools:guard", of=lambda one: one.guard, over=OVER, about=lambda one: one.guard.name, drafts=False,
)  # fmt: skip
BUSY = Subject(
    "busy", "schools.busy", "schools/busy", seen=rules.visible_busy, take=locked(Busy, *(f"guard__{one}" for one in _WITH)),
    look=looked(Busy, *(f"guard__{one}" for one in _WITH)), page="schools:guard", of=lambda one: one.guard, over=OVER, about=lambda one: one.guard.name, drafts=False,
)  # fmt: skip
