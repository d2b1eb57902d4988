"""Children in company by their lines, and concerns: two populations. How a line stands is `lines.standing`'s word, here as on every page."""

from pathlib import Path

from django.db.models import Case, CharField, F, Q, Value, When

from wanjia.orgs import scope
from wanjia.reporting.figures.population import Population

from ..children.rules import knows_all
from ..line_states import Level
from ..lines.standing import FACTS, standing
from ..models import Concern, Paired

HERE = Path(__file__).parent


def counted_pairs(actor, *, duty):
    """Return the pairs that an actor counts: those of children of the places where the duty is, whatever the line, an auditor's too."""
    return Paired.objects.filter(scope.in_place(actor, area="child__village_id", duty=duty))


def counted_concerns(actor, *, duty):
    """Return the concerns that an actor counts."""
    return Concern.objects.filter(scope.in_place(actor, area="child__village_id", duty=duty))


def lines_on(rows, day, today):
    """Return pairs as they stood at the end of `day` (None: now, which is on `today`)."""
    return standing(rows, day or today)


def concerns_on(rows, day, today):
    """Return the concerns that were open at the end of `day` (None: now, which is on `today`), as they stood then.

    One that was put on the ledger later had no need yet, and was watched unless it had a task with its day.
    """
    day = day or today
    rows = rows.filter(on__lte=day).filter(Q(settled_on=None) | Q(settled_on__gt=day))
    later = Q(handed_on__gt=day)
    return rows.annotate(
        f_domain=F("domain"), f_due_on=F("due_on"), f_need=Case(When(later, then=Value("")), default=F("need"), output_field=CharField()),
        f_level=Case(When(later & Q(due_on=None), then=Value(Level.WATCH)), default=F("level"), output_field=CharField()),
    )


PAIRED = Population(
    "lines", HERE / "lines.toml", Paired, counted_pairs, "child__village_id", few=FACTS, facts={name: (name, "") for name in FACTS}, as_of=lines_on, whom="child", circle=knows_all,
)  # fmt: skip
CONCERNS = Population(
    "concerns", HERE / "concerns.toml", Concern, counted_concerns, "child__village_id", few=("domain", "level"),
    facts={name: (name, "") for name in ("domain", "level", "due_on", "need")}, as_of=concerns_on, whom="child", circle=knows_all,
)  # fmt: skip
