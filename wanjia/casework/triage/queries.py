"""The grid in force, and how far the day's triage has come."""

from wanjia.casework.duties import Duty
from wanjia.kernel.calendar import day_start
from wanjia.orgs.agreeing.rules import AGREES
from wanjia.orgs.duties import Duty as OrgsDuty
from wanjia.orgs.models import Area, ChangeState, Level, Tier
from wanjia.orgs.scope import posts
from wanjia.policy.triage import Cell, default_cells

from ..models import CellChange, GridCell, Step
from ..rules import visible_needs
from ..states import Difficulty, NeedState, Urgency
from .rules import can_agree


def grid(county_code, day):
    """Return {(urgency, difficulty): Cell} in force in a county on a day: one query."""
    own = GridCell.objects.on(day).filter(county__code__startswith=county_code[:6], county__level=Level.COUNTY)
    cells = {
        (row.urgency, row.difficulty): Cell(row.urgency, row.difficulty, tuple(row.tiers.split(",")), row.days, row.unit, row.hint)
        for row in own
    }
    return {**default_cells(), **cells}


def grid_rows(county_code, day):
    """Return [(urgency words, [cell with words])] for the page."""
    cells = grid(county_code, day)
    return [
        (urgency, [_shown(cells[urgency.value, difficulty.value]) for difficulty in Difficulty]) for urgency in Urgency
    ]


def _shown(cell):
    return {
        "at": f"{cell.urgency}/{cell.difficulty}", "codes": " ".join(cell.tiers), "tier": Tier(cell.tiers[0]).label, "tiers": [Tier(tier).label for tier in cell.tiers],
        "days": cell.days, "unit": cell.unit, "hint": cell.hint, "urgency": cell.urgency, "difficulty": cell.difficulty,
    }  # fmt: skip


def waiting(actor):
    """Return the needs that wait for triage, longest waiting first."""
    return visible_needs(actor, duty=Duty.TRIAGE_NEEDS).filter(state=NeedState.ADMITTED).order_by("step_due_on", "recorded_at", "pk")


def progress(actor, day):
    """Return (done today by me, done plus waiting)."""
    done = Step.objects.filter(act="triage", by=actor.pk, recorded_at__gte=day_start(day)).count()
    return done, done + waiting(actor).count()


def own_county(actor):
    """Return the county whose grid the actor keeps, or None."""
    codes = {post.reach.code[:6] for post in posts(actor, duty=OrgsDuty.SET_RULES)}
    return Area.objects.filter(level=Level.COUNTY, code__startswith=min(codes)).first() if codes else None


def county_shown(actor):
    """Return the county whose grid the actor is shown: the one that he keeps, else one that waits for his word, else the one he watches over."""
    if kept := own_county(actor):
        return kept
    if changes := to_agree(actor):
        return changes[0].county
    codes = {post.reach.code[:6] for post in posts(actor, duty=AGREES)}
    return Area.objects.filter(level=Level.COUNTY, code__startswith=min(codes)).first() if codes else None


def cells_to_come(county):
    """Return the county's own cells, newest first, with who set them and who of another unit agreed."""
    return GridCell.objects.filter(county=county).select_related("set_by", "agreed_by").order_by("-from_on", "urgency", "difficulty")


def changes_of(county, state):
    """Return the changes of a county's grid that wait, or that were declined, the latest first."""
    return CellChange.objects.filter(county=county, state=state).select_related("county")


def to_agree(actor):
    """List the changes of a grid that wait for the actor's word."""
    if not actor.has_duty(*AGREES):
        return []
    waiting = CellChange.objects.filter(state=ChangeState.WAITING).select_related("county")
    return [change for change in waiting if can_agree(actor, change)]
