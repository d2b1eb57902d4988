"""Who sees a need. Every mechanism's own rules stand on this."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope

from .models import Holding, Need, Support


def visible_needs(actor):
    """Return the needs that the actor sees.

    All of the own area for a unit without a line; in the own area what the own line holds; and what an own unit holds, held or
    helps with, wherever it lies. Nothing for an administrator or an auditor, whose posts open no content.
    """
    if not scope.handles_content(actor):
        return Need.objects.none()
    orgs = [org.pk for org in scope.units(actor)]
    mine = Q(holder__in=orgs) | Q(recorded_by=actor.pk)
    mine |= Exists(Holding.objects.filter(need=OuterRef("pk"), organisation__in=orgs))
    mine |= Exists(Support.objects.filter(need=OuterRef("pk"), organisation__in=orgs))
    return Need.objects.filter(scope.in_reach(actor, area="village_id", held="holder__line") | mine)


def covers(actor, need):
    """Tell whether the need lies in the actor's reach: the area, and for a unit of a line what its own line holds."""
    if scope.handles_content(actor) and need.recorded_by_id is not None and need.recorded_by_id == actor.id:
        return True
    within = [reach for reach in scope.reaches(actor) if reach.first <= need.village_id < reach.end]
    return any(not reach.line or (need.holder_id and need.holder.line == reach.line) for reach in within)


def holds(actor, need):
    """Tell whether one of the actor's units owns the need."""
    return need.holder_id is not None and need.holder_id in {org.pk for org in actor.orgs}


def helps(actor, need):
    """Tell whether one of the actor's units owns the need or helps with it."""
    return holds(actor, need) or need.supports.filter(organisation__in=actor.orgs).exists()


def state_refusal(need, wanted):
    """Return the sentence for a need that stands elsewhere than `wanted` (words) asks."""
    return _("这件诉求现在是“%(state)s”,%(wanted)s。") % {"state": need.get_state_display(), "wanted": wanted}
