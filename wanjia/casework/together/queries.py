"""What lies with helpers and what their leads wait for. A list costs the same number of queries for one row and for fifty."""

from django.db.models import Case, Q, When

from wanjia.casework.duties import Duty
from wanjia.orgs import scope
from wanjia.orgs.asked_by import AskedBy
from wanjia.orgs.models import Organisation
from wanjia.shapes import number

from ..models import SubTask
from ..queries import holders_for, signing
from ..rules import SEES, TIERS
from ..states import STILL, WITH_HELPER, TaskState
from .rules import LEADS
from .subjects import visible_tasks


def helpers_for(need, _actor, day):
    """Return the units that may be asked to help: those that work where the need lies and can sign, without its own."""
    if need is None or need.holder_id is None:
        return []
    signers = set(signing(day).values_list("organisation", flat=True))
    return [unit for unit in holders_for(need, day, TIERS) if unit.pk in signers and unit.pk != need.holder_id]


def others_for(task, actor, day):
    """Return the same for a sub-task that is given anew: not the unit that has it."""
    return [unit for unit in helpers_for(task.need, actor, day) if unit.pk != task.unit_id]


def living(_row, _actor, day):
    """Return every living unit: what a call may name; the rule says why one may not help."""
    return Organisation.objects.on(day)


def name_of(row):
    """Return what a unit is called in a list."""
    return row.name


def with_us(actor):
    """Return the sub-tasks that lie with the actor's own units, the first due first."""
    own = [unit.pk for unit in scope.units(actor, duty=SEES)]
    return _listed(visible_tasks(actor).filter(unit__in=own, state__in=WITH_HELPER))


def asked_by_us(actor):
    """Return what leads still wait for, of the needs that the actor sees: what was sent back first, then the first due."""
    own = [unit.pk for unit in scope.units(actor, duty=SEES)]
    rows = visible_tasks(actor).filter(state__in=STILL).exclude(unit__in=own, state__in=WITH_HELPER)
    return _listed(rows, Case(When(state=TaskState.SENT_BACK, then=0), default=1))


def for_lead(actor, day):
    """Return what the actor's own units, as leads, must look after: sent back, past its day, or with a unit where nobody signs."""
    held = [unit.pk for unit in scope.units(actor, duty=LEADS)]
    stuck = Q(state=TaskState.SENT_BACK) | Q(due_on__lt=day) | ~Q(unit__in=signing(day).values("organisation"))
    return _listed(visible_tasks(actor).filter(stuck, need__holder__in=held, state__in=STILL), Case(When(state=TaskState.SENT_BACK, then=0), default=1))


def _listed(rows, *first):
    return rows.order_by(*first, "due_on", "asked_at", "pk")


def to_do(actor, _day):
    """Count what waits on the page of helpers: what lies with the own units, what was sent back to them as leads; one query."""
    if not scope.handles_content(actor, duty=SEES):
        return {}
    own, held = _own_and_held(actor)
    return {"casework:together": TO_DO.first(actor) or 0} if own or held else {}


def _own_and_held(actor):
    return ([unit.pk for unit in scope.units(actor, duty=duty)] for duty in ((Duty.ACCEPT_NEEDS, Duty.HANDLE_NEEDS), LEADS))


def _to_do(actor):
    own, held = _own_and_held(actor)
    return SubTask.objects.filter(Q(unit__in=own, state__in=WITH_HELPER) | Q(need__holder__in=held, state=TaskState.SENT_BACK))


TO_DO = AskedBy(lambda actor: number(_to_do(actor)))
