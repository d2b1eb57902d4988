"""What stands on the list of rechecks, what comes next at this desk, and what was said after a closing. Each list costs a fixed number of queries."""

from datetime import timedelta

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, When
from django.db.models.functions import Coalesce

from wanjia.kernel.calendar import day_start, today
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.policy.honesty import in_force

from ..doubts import sentence
from ..ledger.queries import waits_for_recheck
from ..models import Finding, FindingNeed, Need, Recheck
from ..rules import concludes, involves, visible_needs
from ..states import NeedState as S

SHOWN = 20
REST = timedelta(hours=1)  # so long a need that was sought in vain comes to nobody again


def to_recheck(actor):
    """Return the needs that the next tier must look at and the actor may, the first due first; each with `tries` in vain and `by_on`, its day."""
    mine = visible_needs(actor, duty=OrgsDuty.RECHECK_NEEDS).filter(waits_for_recheck(actor))
    mine = mine.annotate(tries=Count("rechecks", filter=Q(rechecks__round=F("reopenings"), rechecks__at__gte=F("done_at"), rechecks__reached=False)))
    mine = mine.annotate(by_on=Coalesce("recheck_due_on", "step_due_on", "due_on"))
    return mine.select_related("village__parent", "holder", "household").defer("story", "requester_phone", "ledger_cells").order_by("by_on", "pk")


def to_recheck_now(actor, at):
    """Return what of it may be looked at now: not tried in vain within the hour."""
    return to_recheck(actor).filter(~Exists(Recheck.objects.filter(need=OuterRef("pk"), reached=False, at__gt=at - REST)))


def looked_today(actor, at):
    """Count the needs that the actor has looked at today."""
    return Recheck.objects.filter(by=actor.pk, at__gte=day_start(today(at))).values("need").distinct().count()


def findings(actor):
    """Return the findings of which the actor sees every need called, newest first, each with `called`. Counted by unit and rule, never by person."""
    called = FindingNeed.objects.filter(called=True).annotate(answer=_answer()).select_related("need")
    seen = visible_needs(actor, duty=OrgsDuty.RECHECK_NEEDS).filter(pk=OuterRef("need"))
    of_it = FindingNeed.objects.filter(finding=OuterRef("pk"))
    part = Need.objects.filter(involves(actor) | concludes(actor), pk=OuterRef("need"))
    mine = Finding.objects.filter(~Exists(of_it.filter(~Exists(seen), called=True)), ~Exists(of_it.filter(Exists(part))))
    return mine.select_related("unit").prefetch_related(Prefetch("needs", queryset=called, to_attr="called"))


def told(rows):
    """Say findings: [{"finding", "seen", "reason", "needs", "stands"}]. needs: those called, each with `answer`; stands: what their rechecks say."""
    return [{"finding": one, **sentence(one), "needs": one.called, "stands": stands(need.answer for need in one.called)} for one in rows]


def _answer():
    """What a recheck since it was found says of one need of a finding: so, not so, or nothing yet."""
    since = Recheck.objects.filter(need=OuterRef("need"), at__gt=OuterRef("finding__at"), reached=True)
    return Case(
        When(Exists(since.filter(agrees=False)), then=1), When(Q(need__contradicted_on__gte=F("finding__at__date")), then=1),
        When(Exists(since.filter(agrees=True)), then=0), default=2,
    )  # fmt: skip


def stands(answers):
    """Return how a finding is answered: "true" as soon as one need was found not so, "nothing" once all were found so, else "open"."""
    answers = list(answers)
    return "true" if 1 in answers else "open" if 2 in answers or not answers else "nothing"


def earlier_of(need, actor=None, _day=None):
    """Return the needs of the same home and kind that were struck off within the days before this one was recorded, the latest first."""
    if need.household_id is None:
        return Need.objects.none()
    since = need.recorded_at - timedelta(days=in_force(need.recorded_on).complaint_days)
    there = Need.objects.filter(household=need.household_id, category=need.category, state=S.CLOSED, closed_at__gte=since, closed_at__lte=need.recorded_at)
    return there.exclude(pk=need.pk).order_by("-closed_at", "pk")


def said_again(actor, at):
    """Return the needs that may say that an earlier one of their home, struck off, is not settled, longest waiting first.

    One of which nobody has said whether it does stays until somebody says it, however long that takes.
    """
    days = timedelta(days=in_force(today(at)).complaint_days)
    before = Need.objects.filter(
        household=OuterRef("household"), category=OuterRef("category"), state=S.CLOSED, closed_at__lte=OuterRef("recorded_at"),
        closed_at__gte=OuterRef("recorded_at") - days,
    ).exclude(pk=OuterRef("pk"))  # fmt: skip
    # One that a desk declined stands here too: whoever closed the earlier one might decline what is said against it.
    mine = visible_needs(actor).filter(again="", household__isnull=False).exclude(state=S.WITHDRAWN)
    waiting = mine.filter(Exists(before), ~Exists(before.filter(involves(actor)))).order_by("recorded_at", "pk")
    return waiting.select_related("village__parent", "holder").defer("story", "requester_phone", "ledger_cells")


def told_of(need):
    """Say an earlier need: its number, what it was, when it was struck off."""
    return f"{need.number} {need.summary}({today(need.closed_at).isoformat()} {need.get_outcome_display()})"
