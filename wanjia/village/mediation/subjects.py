"""What the acts of mediation are about: a case. It is called by its number, never by a party; nothing that is typed about it lies on a device."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import MediationCase
from . import rules

CASES = Subject(
    "mediation_case", "village.mediationcase", "village/mediation/cases", seen=lambda actor, duty: rules.visible_cases(actor).select_related("village"), take=locked(MediationCase, "village"),
    look=looked(MediationCase, "village"), page="village:mediation_case", over=("village:mediations", _("矛盾调解")), about=lambda one: one.number, drafts=False,
)  # fmt: skip
