"""What may be due, asked in SQL; what climbs, for the lists. Days are counted afterwards, of the few that may be due (rungs.py)."""

from datetime import timedelta

from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.asked_by import AskedBy
from wanjia.policy.ladder import in_force
from wanjia.shapes import number

from ..clocks import ASKS
from ..models import Need, Rung, SessionItem, Step, SubTask
from ..rules import SEES, visible_needs
from ..states import BEFORE_DONE, OPEN, WITH_HELPER, Climbs, ItemState, Level, NeedState, Outcome
from .rungs import EXTENDED, Facts, Remembering, reached

# What decides whether a rung has fallen due.
ASKED = (
    "state", "due_on", "graded_on", "first_due_on", "recorded_on", "reopenings", "extended_from", "stopped_on", "runs_on", "stopped_days", "outcome", "planned_on",
    "step_due_on", "step_from_on", "step_clock", "holder_id", "asked_for", "asked_until", "done_at", "due_days",
)  # fmt: skip
# A reminder lies before the last day by a fifth of the way at most: (days ahead, days that must have gone by since it was recorded).
AHEAD = ((10, 0), (30, 8), (3660, 50))


def due(at):
    """Return the ids of the needs of which some rung has fallen due by `at` and was not climbed, in their order."""
    day, calendar = today(at), Remembering.load()
    edition = in_force(day)
    if edition is None:
        return []
    found, some = [], list(may_be_due(day).only(*(name.removesuffix("_id") for name in ASKED)).order_by("pk"))
    for part in (some[first : first + 2000] for first in range(0, len(some), 2000)):
        facts, taken = facts_of(part), taken_of(part)
        found += [need.pk for need in part if reached(need, day, facts.get(need.pk, Facts()), taken.get(need.pk, {}), edition, calendar)]
    return found


def may_be_due(day):
    """Return the needs of which a rung may have fallen due: of each clock, those near enough to its last day that have not climbed as far as this goes."""
    ahead = Q(pk__in=[])
    for days, gone in AHEAD:
        ahead |= Q(due_on__lte=day + timedelta(days=days), recorded_on__lte=day - timedelta(days=gone))
    reminded = _climbed(Climbs.NEED, Level.REMIND, ends_on=OuterRef("due_on"))
    top = _climbed(Climbs.NEED, Level.RAISE_AGAIN, ends_on=OuterRef("due_on"), round=OuterRef("reopenings"))
    own = Q(state__in=BEFORE_DONE) & (Q(due_on__lt=day) & ~top | Q(due_on__gte=day) & ahead & ~reminded)
    step = _climbed(Climbs.STEP, Level.RAISE, ends_on=OuterRef("step_due_on"), starts_on=OuterRef("step_from_on"), holder=OuterRef("holder"))
    stepping = Q(state__in=OPEN, step_due_on__lte=day + timedelta(days=1)) & ~step
    planned = Q(state__in=(NeedState.DONE_REPORTED, NeedState.VERIFIED), outcome=Outcome.PLANNED, planned_on__isnull=False) & (
        Q(planned_on__lt=day) & ~_climbed(Climbs.PLAN, Level.RAISE, ends_on=OuterRef("planned_on"))
        | Q(planned_on__gte=day) & ~_climbed(Climbs.PLAN, Level.REMIND, ends_on=OuterRef("planned_on"))
    )
    item = Q(pk__in=SessionItem.objects.filter(state=ItemState.OPEN, session__on__lt=day).values("need"))
    part = Q(due_on__lte=day + timedelta(days=20)) | Q(agreed__isnull=False, agreed_at=None)
    helped = Q(state__in=BEFORE_DONE, pk__in=SubTask.objects.filter(part, state__in=WITH_HELPER).values("need"))
    return Need.objects.filter(own | stepping | planned | item | helped | (Q(state__in=BEFORE_DONE) & ~Q(asked_for="")))


def _climbed(clock, level, **of):
    return Exists(Rung.objects.filter(need=OuterRef("pk"), clock=clock, level=level, **of))


def facts_of(needs):
    """Return {id: Facts} of those needs of which something waits for the tier above, lies open on an agenda or with a helper."""
    asking = [need.pk for need in needs if need.asked_for]
    lines = Step.objects.filter(need__in=asking, act__in=ASKS).order_by().values_list("need").annotate(at=Max("recorded_at")) if asking else ()
    asked = {need: today(at) for need, at in lines}
    items = SessionItem.objects.filter(need__in=[need.pk for need in needs], state=ItemState.OPEN)
    open_ = {need: (key, today(called), on) for need, key, called, on in items.values_list("need", "pk", "session__called_at", "session__on")}
    parts = {}
    tasks = SubTask.objects.filter(need__in=[need.pk for need in needs], state__in=WITH_HELPER).order_by("pk")
    for need, key, at, due, agreed, agreed_at, since in tasks.values_list("need", "pk", "asked_at", "due_on", "agreed", "agreed_at", "agree_from_on"):
        parts.setdefault(need, []).append((key, today(at), due, (since or today(at)) if agreed is not None and agreed_at is None else None))
    return {need: Facts(asked.get(need), open_.get(need), tuple(parts.get(need, ()))) for need in asked.keys() | open_.keys() | parts.keys()}


def taken_of(needs):
    """Return {id: {(clock, turn, level): the day on which that rung was climbed}}."""
    found = {}
    for need, clock, turn, level, at in Rung.objects.filter(need__in=[need.pk for need in needs]).order_by().values_list("need", "clock", "turn", "level", "at"):
        found.setdefault(need, {})[clock, turn, level] = today(at)
    return found


def live():
    """Return the Q of the rungs whose clock still runs in the turn that they were climbed in, and of which somebody was told."""
    need = Q(clock=Climbs.NEED, need__state__in=BEFORE_DONE, need__reopenings=F("round")) & (Q(need__extended_from=None) | Q(turn__endswith=EXTENDED))
    step = Q(clock=Climbs.STEP, need__state__in=OPEN, need__step_clock=F("step"), need__step_from_on=F("starts_on"), need__holder=F("holder"))
    asked = Q(clock=Climbs.ASKED, need__state__in=BEFORE_DONE) & ~Q(need__asked_for="")
    item = Q(clock=Climbs.SESSION) & Exists(SessionItem.objects.filter(need=OuterRef("need"), state=ItemState.OPEN))
    plan = Q(clock=Climbs.PLAN, need__state__in=(NeedState.DONE_REPORTED, NeedState.VERIFIED), need__planned_on=F("ends_on"))
    mine = SubTask.objects.filter(need=OuterRef("need"), state__in=WITH_HELPER)
    part = Q(clock=Climbs.HELP) & Exists(mine.filter(due_on=OuterRef("ends_on"))) | Q(clock=Climbs.AGREE) & Exists(mine.filter(agreed__isnull=False, agreed_at=None))
    return Q(passed=False) & (need | step | asked | item | plan | part & Q(need__state__in=BEFORE_DONE))


def climbing(actor):
    """Return the needs that the actor sees of which a clock climbs, each with the `level` it has reached: the highest, then the longest."""
    rungs = Rung.objects.filter(live(), need=OuterRef("pk")).order_by("-level", "-at")
    first = {f"rung_{name}": Subquery(rungs.values(name)[:1]) for name in ("level", "clock", "step", "ends_on", "at", "told__name", "told__short_name")}
    rows = visible_needs(actor).filter(state__in=OPEN).annotate(**first).filter(rung_level__isnull=False)
    return rows.select_related("village__parent", "holder", "handler").defer("story", "requester_phone", "ledger_cells").order_by("-rung_level", "rung_at", "number")


def levels(rows):
    """Count what climbs by its level: {level: n}."""
    return dict(rows.order_by().values_list("rung_level").annotate(n=Count("pk")))


def told_lately(actor):
    """Count the needs of `told_to_us`."""
    return TOLD.first(actor) or 0


TOLD = AskedBy(lambda actor: number(told_to_us(actor, visible_needs(actor).filter(state__in=OPEN))))


def told_to_us(actor, rows):
    """Keep of `rows` the needs of which the actor's units were told of a rung, while its clock runs; none for whoever sees no content."""
    units = [unit.pk for unit in scope.units(actor, duty=SEES)]
    # A unit from which it was raised has it no more; one that only helps sees its part, not the need.
    told = Rung.objects.filter(live(), Q(told__in=units) | Q(holder__in=units, holder=F("need__holder")))
    return rows.filter(pk__in=told.values("need"))
