"""What is asked of the board's tasks: which are open, late, done, on a day; what waits for whom; what the office is to be told of."""

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.fields import BooleanField

from wanjia.kernel.calendar import WorkingCalendar, today
from wanjia.orgs import scope
from wanjia.policy.ladder import Clock, highest, in_force

from ..board_states import STILL, UNDONE, BoardState, PartState
from ..duties import Duty
from ..models import BoardPart, BoardStep, BoardTask
from . import rules

CLOCK = "board"  # of policy/ladder.toml
FACTS = ("state", "due_on", "reported_on")
LISTS = ("mine", "open", "late", "due", "on_time", "done")
MOST = 500  # of a queue's number


def on_day(rows, day, _today=None):
    """Return the tasks set by the end of `day` (None: now) and not withdrawn by then, with how they stood as f_… columns: of a past day by their lines, which no later act changes."""
    if day is None:
        facts = {f"f_{name}": F(name) for name in FACTS}
    else:
        last = BoardStep.objects.filter(task=OuterRef("pk"), on__lte=day).order_by("-n")
        rows, facts = rows.filter(set_on__lte=day), {f"f_{name}": Subquery(last.values(name)[:1]) for name in FACTS}
    rows = rows.annotate(**facts, f_pillar=F("pillar")).exclude(f_state=BoardState.WITHDRAWN)
    in_time = Case(When(f_reported_on__lte=F("f_due_on"), then=Value(True)), default=Value(False), output_field=BooleanField())
    return rows.annotate(f_on_time=in_time)


def listed(rows, which, day):
    """Keep of tasks `on_day` those of one list; `day`: the day on which they are looked at. The soonest due come first."""
    kept = {
        "open": Q(f_state__in=STILL), "late": Q(f_state__in=UNDONE, f_due_on__lt=day), "due": Q(f_due_on__lt=day), "on_time": Q(f_due_on__lt=day, f_on_time=True),
        "done": Q(f_state=BoardState.CONFIRMED),
    }[which]  # fmt: skip
    return rows.filter(kept).order_by("f_due_on", "set_at", "pk")


def _own(actor):
    return [unit.pk for unit in scope.units(actor, duty=Duty.WORK_BOARD)]


def waiting(actor):
    """Return the tasks that wait for the actor: to accept, to do and report, a part to do; for the office to answer, to decide, to confirm."""
    units, found = _own(actor), Q(pk__in=[])
    if units:
        part = BoardPart.objects.filter(task=OuterRef("pk"), unit__in=units, state=PartState.OPEN)
        found |= Q(lead__in=units, state__in=(BoardState.GIVEN, BoardState.TAKEN)) | Exists(part)
    if actor.has_duty(Duty.SET_BOARD):
        judged = Q(state=BoardState.REPORTED) & ~Q(reported_by=actor.id) | Q(later_on__isnull=False) & ~Q(later_by=actor.id) | Q(state=BoardState.CONTESTED)
        found |= judged & Q(pk__in=rules.visible_tasks(actor, duty=Duty.SET_BOARD).values("pk"))
    return BoardTask.objects.filter(found).order_by("due_on", "set_at", "pk")


def own_parts(actor, shown):
    """Return {id of a task: by which day} of those among `shown` of which an open part lies with a unit of the actor's."""
    found = BoardPart.objects.filter(task__in=[one.pk for one in shown], unit__in=_own(actor), state=PartState.OPEN).order_by("-due_on", "pk")
    return dict(found.values_list("task", "due_on"))


def queue(actor, day):
    """Return {name of the place: how many wait for the actor}."""
    if not actor.has_duty(*rules.SEES):
        return {}
    n = waiting(actor).order_by()[:MOST].count()
    return {"labour:board_tasks": None if n == MOST else n}


def overdue(actor, day):
    """Count the tasks whose day is over and of which nothing was reported, for the office that set them; a lead has its own among what waits for it."""
    return rules.visible_tasks(actor, duty=Duty.SET_BOARD).filter(state__in=UNDONE, due_on__lt=day).count() if actor.has_duty(Duty.SET_BOARD) else 0


def stage(task, day, calendar):
    """Return the highest stage of being overdue that a task has come to and that nobody was told of, 0 for none."""
    told = dict.fromkeys(range(1, task.level + 1), day)  # no stage of a task waits for the one below
    return highest(CLOCK, Clock(today(task.set_at), task.due_on), told, day, calendar)


def to_tell(day):
    """Return [(id of a task, stage)] of what the office is to be told of on a day."""
    if in_force(day) is None:
        return []
    late = BoardTask.objects.filter(state__in=UNDONE, due_on__lt=day, level__lt=top(day)).only("set_at", "due_on", "level").order_by("pk")
    calendar = WorkingCalendar.load()
    return [(task.pk, level) for task in late if (level := stage(task, day, calendar))]


def top(day):
    """Return the last stage that the ladder of a day has."""
    return max((rung.level for rung in in_force(day).of(CLOCK)), default=0)


def of_month(actor, first, end):
    """Return what a meeting about a month looks at: tasks due within it, and those due before that are open still."""
    rows = rules.visible_tasks(actor).exclude(state=BoardState.WITHDRAWN)
    return rows.filter(Q(due_on__gte=first, due_on__lt=end) | Q(due_on__lt=first, state__in=STILL)).order_by("due_on", "set_at", "pk")


def faults(_day):
    """Yield (task, column, is, should) of tasks that do not stand as their last line says."""
    last = BoardStep.objects.filter(task=OuterRef("pk")).order_by("-n")
    rows = BoardTask.objects.annotate(**{f"l_{name}": Subquery(last.values(name)[:1]) for name in FACTS})
    for task in rows.order_by("pk").iterator(chunk_size=500):
        for name in FACTS:
            if getattr(task, name) != getattr(task, f"l_{name}"):
                yield str(task.pk), name, getattr(task, name), getattr(task, f"l_{name}")
