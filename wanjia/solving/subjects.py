"""What the acts on a plan are about."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked

from .models import Plan
from .rules import visible_plans

PLANS = Subject(
    "plan", "solving.plan", "plans", seen=visible_plans, take=locked(Plan, "area", "asked_by"), page="solving:plan", over=("solving:plans", _("方案")),
    about=lambda plan: _("第 %(n)s 版") % {"n": plan.number}, drafts=False,
)  # fmt: skip
