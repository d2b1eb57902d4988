"""What the acts of recruitment are about: somebody who applied. Lists and titles name a number, never the person."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Candidate
from . import rules

OF = ("body__area", "person")
CANDIDATES = Subject(
    "candidate", "village.candidate", "village/recruiting", seen=lambda actor, duty: rules.visible_candidates(actor, duty=duty).select_related(*OF), take=locked(Candidate, *OF),
    look=looked(Candidate, *OF), page="village:candidate", over=("village:recruiting", _("党员发展")), about=lambda one: str(_("第 %(n)s 号档案") % {"n": one.serial}), drafts=False,
)  # fmt: skip
