"""A departure opens a left-behind check (B39): who of a home stays behind, a child or somebody old, and whether anybody went there since.

Derived, never stored. Which of the two it is no list says: a child stands in its file alone.
"""

from datetime import date, timedelta

from django.db.models import DateField, Exists, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from wanjia.policy.registers import visiting
from wanjia.policy.statuses import months_after
from wanjia.registry.duties import Duty

from ..households.rules import visible_households
from ..models import CHILDS_STAGES, Absence, Household, Membership, Visit
from ..states import VisitState


def left_behind(actor, day, *, home=None):
    """Return visible homes which somebody left for work lately, where a child or somebody old stays and nobody went or is going.

    Annotated: left_on, the day of the last departure; the one that is longest past first. home: only this one.
    """
    rule = visiting()
    since = day - timedelta(days=rule["departure_days"])
    gone = Absence.objects.filter(to_on=None, for_work=True, from_on__gte=since, from_on__lte=day)
    homes = visible_households(actor, duty=Duty.VISIT)
    homes = (homes.filter(pk=home.pk) if home else homes).annotate(left_on=Subquery(_last(gone), output_field=DateField()))
    went = Visit.objects.filter(household=OuterRef("pk")).filter(Q(state=VisitState.PLANNED) | Q(state=VisitState.DONE, done_on__gte=OuterRef("left_on")))
    rows = homes.filter(Exists(_staying(day, rule)), left_on__isnull=False).exclude(Exists(went))
    return rows.select_related("village").order_by("left_on", "number")


def _last(gone):
    """The last departure of the outer home: of its people, or of a father or mother of a child of it, whichever home that one is written down in."""
    home, living = OuterRef(OuterRef("pk")), Membership.objects.filter(to_on=None)
    here = living.filter(household=home, person=OuterRef("person"))
    child = living.filter(household=home, person__parents__parent=OuterRef("person"), person__parents__ended_on=None)
    mine = gone.filter(Exists(here) | Exists(child))
    return mine.order_by().values("to_on").annotate(on=Max("from_on")).values("on")  # to_on is empty in all of them: one group


def _staying(day, rule):
    """The members of the outer home who stay and need somebody: under eighteen or at school, or old.

    Who was away before he came to live here is here, until somebody says that he left again.
    """
    since = Q(from_on=None) | Q(from_on__gte=Coalesce(OuterRef("from_on"), date(1900, 1, 1)))
    away = Absence.objects.filter(since, person=OuterRef("person"), to_on=None)
    young = Q(person__birth_on__gt=months_after(day, -12 * 18)) | Q(person__birth_on=None, person__schooling__in=CHILDS_STAGES)
    old = Q(person__birth_on__lte=months_after(day, -12 * rule["old_from"]))
    living = Membership.objects.filter(household=OuterRef("pk"), to_on=None, person__died_on=None, person__merged_into=None)
    return living.filter(young | old).exclude(Exists(away))


def homes_left(person, day):
    """Return the homes which somebody's leaving concerns, where a child or somebody old stays and nobody is going yet: his own, and those of his children."""
    living = Membership.objects.filter(to_on=None)
    theirs = Q(pk__in=living.filter(person=person).values("household")) | Q(pk__in=living.filter(person__parents__parent=person, person__parents__ended_on=None).values("household"))
    going = Visit.objects.filter(household=OuterRef("pk"), state=VisitState.PLANNED)
    rows = Household.objects.filter(theirs, Exists(_staying(day, visiting()))).exclude(Exists(going))
    return rows.select_related("village").order_by("number")


def beside_home(request, home):
    """Return {"home", "left_on"} where somebody stays behind and nobody went there since; None else."""
    if not request.user.has_duty(Duty.VISIT):
        return None
    one = left_behind(request.user, request.day, home=home).first()
    return {"home": home, "left_on": one.left_on} if one else None
