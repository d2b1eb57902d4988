"""What the acts of plans are about: a version, and the rows that it holds."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel.acts import Subject
from wanjia.orgs.subjects import locked, looked
from wanjia.verdict import NotFound

from ..models import PlanContact, PlanMark, PlanRisk, PlanVersion, Post
from . import rules

OVER = ("schools:plans", _("护学方案"))
OF_A_PLAN = ("school__unit", "school__area", "drafted_for")


def _within(model, *related):
    """Return what locks the version of a row, then reads the row: who hands a plan in and who changes it wait for each other."""

    def take(pk, at):
        found = model.objects.filter(pk=pk).values_list("plan", flat=True).first()
        plan = PlanVersion.objects.select_for_update(of=("self",), no_key=True).select_related(*OF_A_PLAN).filter(pk=found).first()
        row = model.objects.select_related(*related).filter(pk=pk).first()
        if plan is None or row is None:
            raise NotFound(_("没有找到。可能不存在,或者不在您的辖区。"))
        row.plan = plan
        return row, at

    return take


def _row(key, model, root, seen, about=str, *related):
    return Subject(
        key, model._meta.label_lower, root, seen=lambda actor, duty: seen(actor, duty=duty).select_related("plan__school__unit", "plan__school__area", *related), take=_within(model, *related),
        look=looked(model, "plan__school__unit", *related), page="schools:plan", of=lambda one: one.plan, over=OVER, about=about,
    )  # fmt: skip


def title(plan):
    """Return what a version is called."""
    return _("%(school)s护学方案第%(n)s版") % {"school": plan.school.unit.name, "n": plan.number}


PLANS = Subject(
    "school_plan", "schools.planversion", "schools/plans", word="plan", seen=lambda actor, duty: rules.visible_plans(actor, duty=duty).select_related(*OF_A_PLAN), take=locked(PlanVersion, *OF_A_PLAN),
    look=looked(PlanVersion, *OF_A_PLAN), page="schools:plan", over=OVER, about=title,
)  # fmt: skip
POSTS = _row("guard_post", Post, "schools/posts", rules.visible_posts, str, "gate")
RISKS = _row("plan_risk", PlanRisk, "schools/risks", rules.visible_risks)
CONTACTS = _row("plan_contact", PlanContact, "schools/contacts", rules.visible_contacts)
MARKS = _row("plan_mark", PlanMark, "schools/marks", rules.visible_marks)
