"""Who sees a need, and who is independent of it. Every mechanism's own rules stand on this."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.models import Post

from .models import Holding, Need, Step, Support

# The acts by which a unit works on a need: whoever wrote one of them has a result to defend.
WORKED = ("accept", "start", "note", "evidence", "report_done", "hand_to", "hand_on", "return")


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


def homes_of_needs(actor):
    """Return the homes (ids, as a query) whose needs the actor's units hold, held or help with: a tie with the home."""
    orgs = [org.pk for org in scope.units(actor)]
    held = Q(holder__in=orgs) | Q(holdings__organisation__in=orgs) | Q(supports__organisation__in=orgs)
    return Need.objects.filter(held, household__isnull=False).values("household")


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


def independent(actor, need):
    """Tell whether the actor has no part in this need: the one answer that callback, recheck, withdrawal and slip go by (ADR 70).

    Not independent is whoever wrote work on it, and whoever held a post, at any time since it was recorded, in a unit that owns
    it, was ever given it, helps with it, or worked on it, be it through somebody who stood in two units then.
    `involves` asks the same of many needs at once.
    """
    units, authors = part_in(need)
    return actor.pk not in authors and units.isdisjoint(stood_since(actor, need))


def part_in(need):
    """Return ({ids of the units}, {ids of the people}) that have a part in a need: every unit of an author, not the main one only."""
    lines = need.steps.filter(act__in=("assign", *WORKED)).order_by().values_list("act", "holder_id", "by_org_id", "by_id", "recorded_at")
    units = {need.holder_id, *need.supports.values_list("organisation_id", flat=True)}
    units |= {holder if act == "assign" else org for act, holder, org, _by, _at in lines}
    work = {(by, at) for act, _holder, _org, by, at in lines if act != "assign" and by}
    return (units | stood_at(work)) - {None}, {by for by, _at in work}


def stood_since(actor, need):
    """Return the ids of the units in which somebody held a post at any time since the need was recorded."""
    since = Q(to_on=None) | Q(to_on__gt=need.recorded_on)
    return set(Post.objects.filter(since, user=actor.pk).values_list("organisation_id", flat=True))


def stood_at(work):
    """Return the ids of all units in which people held a post when they worked: {(person's id, moment)}."""
    days = {(by, today(at)) for by, at in work}
    posts = Post.objects.filter(user__in={by for by, _day in days}).values_list("user_id", "organisation_id", "from_on", "to_on") if days else ()
    return {unit for user, unit, first, end in posts for by, day in days if by == user and first <= day and (end is None or day < end)}


def involves(actor):
    """Return the Q of the needs in which the actor has a part: the other side of `independent`, for lists."""
    since = Q(to_on=None) | Q(to_on__gt=OuterRef("recorded_on"))
    return (
        Exists(Step.objects.filter(need=OuterRef("pk"), by=actor.pk, act__in=WORKED))
        | Exists(Post.objects.filter(since, user=actor.pk, organisation=OuterRef("holder")))
        | Exists(Support.objects.filter(_was_in(actor, "organisation"), need=OuterRef("pk")))
        | Exists(Step.objects.filter(_was_in(actor, "holder"), need=OuterRef("pk"), act="assign"))
        | Exists(Step.objects.filter(_was_in(actor, "by_org") | _with_author(actor), need=OuterRef("pk"), act__in=WORKED))
    )


def _was_in(actor, unit):
    since = Q(to_on=None) | Q(to_on__gt=OuterRef("need__recorded_on"))
    return Exists(Post.objects.filter(since, user=actor.pk, organisation=OuterRef(unit)))


def _with_author(actor):
    """Of a step: when it was written its author also stood in a unit in which the actor stands or stood since the need was recorded."""
    day = OuterRef("recorded_at__date")
    since = Q(to_on=None) | Q(to_on__gt=OuterRef(OuterRef("need__recorded_on")))
    beside = Exists(Post.objects.filter(since, user=actor.pk, organisation=OuterRef("organisation")))
    return Exists(Post.objects.filter(Q(to_on=None) | Q(to_on__gt=day), beside, from_on__lte=day, user=OuterRef("by")))


def this_round(rows, need):
    """Keep the callbacks or rechecks about what was reported last: of this round, and after the last "done" of its handler."""
    return rows.filter(round=need.reopenings, at__gte=need.done_at or need.recorded_at)
