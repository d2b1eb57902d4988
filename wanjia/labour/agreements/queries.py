"""Agreements in force on a day, those that soon end, and how many came through each."""

from datetime import timedelta

from django.db.models import Count, Q

from wanjia.orgs import scope
from wanjia.policy.demand import in_force as numbers

from ..duties import Duty
from ..models import Agreement, Start
from . import rules


def in_force(day):
    """Return the Q of agreements in force on a day."""
    return Q(from_on__lte=day, until_on__gt=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def soon_over(day):
    """Return the Q of agreements that end within the days of the policy."""
    return in_force(day) & Q(until_on__lte=day + timedelta(days=numbers(day).alarm_days))


def expiring(actor, day):
    """Return the agreements of the actor's own offices that end within the days of the policy, the soonest first."""
    return Agreement.objects.filter(soon_over(day), scope.in_reach(actor, duty=Duty.KEEP_AGREEMENTS)).select_related("employer").order_by("until_on", "pk")


def tabs(actor, day):
    """Return {tab: its rows}, each with `came`, how many started through it."""
    rows = rules.visible_agreements(actor).annotate(came=Count("vacancies__starts"))
    return {"running": rows.filter(in_force(day)), "soon": rows.filter(soon_over(day), scope.in_reach(actor, duty=Duty.KEEP_AGREEMENTS)), "over": rows.exclude(in_force(day))}


def came(agreement):
    """Return the starts that an agreement is counted by, the newest first."""
    return Start.objects.filter(vacancy__agreement=agreement)


def came_seen(agreement, actor):
    """Return those of them whose workers the actor sees."""
    seen = scope.in_reach(actor, area="spell__worker__village_id", duty=(Duty.SEE_LABOUR, Duty.KEEP_LABOUR))
    return came(agreement).filter(seen).select_related("spell__worker__person__village", "vacancy__employer")
