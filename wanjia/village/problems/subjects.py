"""What the acts of problems are about: one problem."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked

from ..models import Problem
from . import rules

OF_PROBLEM = ("village", "item__body", "item__meeting", "proposal")
PROBLEMS = Subject(
    "village_problem", "village.problem", "village/problems", seen=lambda actor, duty: rules.visible_problems(actor, duty=duty).select_related(*OF_PROBLEM), take=locked(Problem, "village"),
    look=looked(Problem, *OF_PROBLEM), page="village:village_problem", over=("village:problems", _("公共问题")), about=str,
)  # fmt: skip
