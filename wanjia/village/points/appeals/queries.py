"""What is asked of appeals: who may be given one, what waits for whom."""

from django.db.models import Q
from django.shortcuts import redirect

from wanjia.orgs.areas.queries import villages_for

from ...duties import Duty
from ...models import PointAppeal
from ...point_states import AppealState
from . import rules


def answerers(row, actor, day):
    """Who may be given an appeal: of the line's own village, or of those in which the actor keeps points; not the actor."""
    villages = [row.village_id] if row else [one.pk for one in villages_for(Duty.KEEP_POINTS)(None, actor, day)]
    found = rules.people_for("")
    for one in villages:
        found |= rules.people_for(one)
    return found.exclude(pk__in=rules.hands(row, actor.id)).distinct().order_by("name", "pk")


def waiting(actor, day):
    """The appeals that the actor was given; after their day, all of the places where the actor looks at points."""
    rows = rules.visible_appeals(actor, duty=Duty.REVIEW_POINTS).filter(state=AppealState.OPEN)
    return rows.filter(Q(owner=actor.id) | Q(due_on__lt=day))


def of_home(home):
    """The appeals of a home, the last first."""
    return PointAppeal.objects.filter(home=home).select_related("claim__item", "item").order_by("-told_on", "pk")


def page_of(one):
    """Lead to an appeal."""
    return redirect("village:point_appeal", one.pk)
