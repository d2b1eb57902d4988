"""Who sees a plan and who may stop it, put it in force or drop it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.verdict import first_refusal

from .kinds import kind_of, planned
from .models import Plan, Standing
from .states import PlanState


def visible_plans(actor, *, duty=None):
    """Return the plans of every kind that the actor may see, each by its own app's word."""
    seen = Q(pk__in=[])
    for kind in planned().values():
        if actor.has_duty(kind.asks, kind.activates):
            seen |= Q(kind=kind.name) & kind.seen(actor)
    return Plan.objects.filter(seen).select_related("area", "asked_by")


def stands(plan):
    """Tell whether this version is the one in force."""
    return Standing.objects.filter(kind=plan.kind, about=plan.about, plan=plan).exists()


def can_stop(actor, plan):
    """Decide whether the actor may tell the engine to end with the best plan so far."""
    return first_refusal(
        (_in_reach(actor, plan, kind_of(plan).asks), _("这个方案不在您的范围。")),
        (plan.state in (PlanState.ASKED, PlanState.RUNNING), _("已经不在计算。")),
        (not plan.stop, _("已经请它停下来了,正在收尾。")),
    )


def can_activate(actor, plan):
    """Decide whether the actor may put this version in force."""
    return first_refusal(
        (_in_reach(actor, plan, kind_of(plan).activates), _("这个方案不在您的范围。")),
        (plan.state == PlanState.READY, _("只有已算好的方案才能启用。")),
        (not stands(plan), _("这一版正在使用。")),
    )


def can_drop(actor, plan):
    """Decide whether the actor may drop this version: never the one in force."""
    return first_refusal(
        (_in_reach(actor, plan, kind_of(plan).asks), _("这个方案不在您的范围。")),
        (plan.state not in (PlanState.FAILED, PlanState.DROPPED), _("这一版已经没有了。")),
        (not stands(plan), _("正在使用的一版不能作废,先启用另一版。")),
    )


def _in_reach(actor, plan, duty):
    """By the very duty that is asked: whoever works plans of a county and puts those of one township in force does not put the county's in force."""
    return scope.covers(actor, plan.area_id, duty=duty) and visible_plans(actor).filter(pk=plan.pk).exists()
