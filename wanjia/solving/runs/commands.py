"""Ask for a plan, take it up, tell how far it is, stop it, keep it, give it up. The engine itself never holds a transaction."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from wanjia.kernel import journal
from wanjia.kernel.apart import start_process
from wanjia.kernel.command import SystemActor
from wanjia.verdict import Conflict, Refused

from ..kinds import kind_of
from ..models import Plan
from ..states import PLAN, PlanState
from .progress import SILENT, is_silent

CLOCK = SystemActor(name="系统计时")
STEP = timedelta(seconds=1)  # no more often than this is it told how far a run is, and asked whether to stop


class Superseded(Exception):
    """Another run is at this plan, or it is over: whoever finds this stops without a trace."""


def ask_plan(kind, about, area, *, settings, by, at):
    """Make the next version of a plan and start its process once this transaction is through. Inside the act of the app that asks.

    Raises Refused while another version of it is being worked.
    """
    number = (Plan.objects.filter(kind=kind, about=about).aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            plan = Plan.objects.create(
                kind=kind, about=about, area=area, number=number, settings=settings, asked_at=at, asked_by=by, beat_at=at
            )
    except IntegrityError:
        raise Refused(_("已有一版正在计算。可以等它算完,或者先停下来。")) from None
    journal.record(
        act="plan.ask", subject=plan, by=by, at=at, area_code=area.pk, after=plan.state, work=kind, number=number, asked=settings
    )
    transaction.on_commit(lambda: start_process("plan-job", plan.pk))
    return plan


def take_up(plan, *, at):
    """Take the work on: from now on only this run may write. Raises Superseded when somebody else has it."""
    run = uuid.uuid4().hex
    try:
        with transaction.atomic():
            plan.run, plan.beat_at = run, at
            journal.move(plan, PLAN, "take", by=plan.asked_by, at=at, saving=["run", "beat_at"], area_code=plan.area_id)
    except (Conflict, Refused):
        raise Superseded from None
    return plan


def beat(plan, share, doing, *, at):
    """Say how far the run is; return whether it is to stop. Raises Superseded when the plan is no longer this run's."""
    mine = Plan.objects.filter(pk=plan.pk, state=PlanState.RUNNING, run=plan.run)
    if not mine.update(beat_at=at, share=round(100 * min(max(share, 0), 1)), doing=doing[:120]):
        raise Superseded
    stop = mine.values_list("stop", flat=True).first()
    if stop is None:
        raise Superseded
    return stop


@transaction.atomic
def keep(plan, problem, answer, *, at):
    """Write the version's rows and make it ready, in one transaction. Raises Superseded when the plan is no longer this run's."""
    if not Plan.objects.select_for_update().filter(pk=plan.pk, state=PlanState.RUNNING, run=plan.run).exists():
        raise Superseded
    kind_of(plan).store(plan, problem, answer)
    plan.words, plan.gap, plan.stopped, plan.ended_at, plan.share, plan.doing = (
        dict(answer.words),
        answer.gap,
        answer.stopped,
        at,
        100,
        "",
    )
    saving = ["words", "gap", "stopped", "ended_at", "share", "doing"]
    journal.move(
        plan, PLAN, "keep", by=plan.asked_by, at=at, saving=saving, area_code=plan.area_id, number=plan.number, found=plan.words
    )
    return plan


@transaction.atomic
def give_up(plan, sentence, *, by=None, at):
    """Say why no version came of it. What stood before stands on."""
    plan.fault, plan.ended_at, plan.doing = sentence[:300], at, ""
    journal.move(
        plan,
        PLAN,
        "fail",
        by=by or plan.asked_by,
        at=at,
        saving=["fault", "ended_at", "doing"],
        reason=sentence[:300],
        area_code=plan.area_id,
    )
    return plan


def give_up_silent(*, at):
    """Give up the runs whose process is no more: killed, or the machine restarted. Returns how many."""
    n = 0
    for plan in Plan.objects.filter(state__in=(PlanState.ASKED, PlanState.RUNNING), beat_at__lt=at - SILENT):
        if is_silent(plan, at):
            try:
                give_up(plan, _("计算中断了(可能是服务器重启)。原来的方案没有变,可以重新计算。"), by=CLOCK, at=at)
                n += 1
            except (Conflict, Refused):
                continue  # it came to life, or somebody was quicker
    return n
