"""Stop a run with what it has, put a version in force by one swap, drop one."""

from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import act
from wanjia.verdict import Conflict

from .. import rules
from ..duties import Duty
from ..kinds import kind_of
from ..models import Plan, Standing
from ..states import PLAN
from ..subjects import PLANS
from . import pages


@act(
    PLANS, "stop", words=_("停下来,用现有结果"), done=_("已通知停下,正在收尾。"), duty=Duty.WORK_PLANS, may=rules.can_stop, tone="quiet", rank=20, at="stop",
    lines={"plan.stop": _("让计算停下来")},
)  # fmt: skip
def stop_plan(plan, *, by, at):
    """Tell the engine to end with the best plan so far (停止计算); it looks once a second."""
    Plan.objects.filter(pk=plan.pk).update(stop=True)
    journal.record(act="plan.stop", subject=plan, by=by, at=at, area_code=plan.area_id)
    plan.stop = True
    return plan


@act(
    PLANS, "activate", words=_("启用这一版"), done=_("这一版已启用。"), duty=Duty.WORK_PLANS, may=rules.can_activate, rank=10,
    template="solving/runs/activate.html", more=pages.found,
    lines={"plan.activate": _("启用方案")},
)  # fmt: skip
def activate_plan(plan, *, by, at):
    """Put a version in force (启用方案): one row is swapped, and with it, in the same transaction, what the app hangs on it.

    Raises Conflict when somebody put another version in force meanwhile.
    """
    standing = Standing.objects.select_related("plan").filter(kind=plan.kind, about=plan.about).first()
    before = standing.plan if standing else None
    if standing is None:
        _standing, made = Standing.objects.get_or_create(
            kind=plan.kind, about=plan.about, defaults={"plan": plan, "since": at, "by": by}
        )
    else:
        made = Standing.objects.filter(pk=standing.pk, version=standing.version).update(
            plan=plan, since=at, by=by, version=standing.version + 1
        )
    if not made:
        raise Conflict()
    kind_of(plan).swap(plan, before, by=by, at=at)
    journal.record(
        act="plan.activate", subject=plan, by=by, at=at, area_code=plan.area_id, before=str(before.number) if before else "", after=str(plan.number), work=plan.kind,
    )  # fmt: skip
    return plan


@act(
    PLANS,
    "drop",
    words=_("作废这一版"),
    done=_("这一版已作废。"),
    duty=Duty.WORK_PLANS,
    may=rules.can_drop,
    tone="danger",
    aside=True,
)
def drop_plan(plan, *, by, at):
    """Drop a version (作废): its proposals go with it; a run that is at it finds out and stops without a trace."""
    kind_of(plan).drop(plan)
    plan.ended_at = plan.ended_at or at
    journal.move(plan, PLAN, "drop", by=by, at=at, saving=["ended_at"], area_code=plan.area_id)
    return plan
