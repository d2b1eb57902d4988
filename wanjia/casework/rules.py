"""Who sees a need, and who is independent of it. Every mechanism's own rules stand on this."""

from contextlib import contextmanager

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.duties import Duty as Orgs
from wanjia.orgs.models import Post, Tier
from wanjia.registry.memberships import members_on, rung_at
from wanjia.shapes import Shape

from .duties import Duty
from .models import Holding, Need, Step, SubTask, Support
from .states import STILL, ConfirmedBy

TIERS = (Tier.VILLAGE, Tier.TOWNSHIP, Tier.COUNTY)
# The acts by which a unit works on a need: whoever wrote one of them has a result to defend.
WORKED = ("accept", "start", "note", "evidence", "report_done", "hand_to", "hand_on", "return", "ask_extension", "stop", "ask_stop", "run",
          "help", "help_take", "help_agree", "help_send_back", "help_report", "help_give_again", "consult")  # fmt: skip

# The acts by which a unit was given a need to settle.
GIVEN = ("assign", "take_over")

# The lines by which somebody else names a helper: none of them is its own act.
NAMES_HELPERS = ("help", "help_named", "help_give_again", "help_take_over")
GAVE_OR_WORKED = Shape(lambda need: Step.objects.filter(need=need, act__in=(*GIVEN, *WORKED)).order_by().values_list(
    "act", "holder_id", "by_org_id", "by_id", "recorded_at"))  # fmt: skip
HELPERS = Shape(lambda need: bound().filter(need=need).order_by().values_list("organisation_id", flat=True))
STOOD = Shape(lambda user, day: Post.objects.filter(Q(to_on=None) | Q(to_on__gte=day), user=user).order_by().values_list("organisation_id", flat=True))

# Every post that has to do with needs sees those of its reach; what it may do there, its duties say. Whoever serves labourers or children alone has nothing to do with them.
SEES = (*Duty, Orgs.RECHECK_NEEDS)


def visible_needs(actor, *, duty=SEES):
    """Return the needs that the actor sees by the posts that carry `duty`.

    All of the own area for a unit without a line; in the own area what the own line holds, and what the own hand recorded; and
    what an own unit holds or held, wherever it lies. Nothing for an administrator or an auditor, whose posts open no content.
    Whoever only helps sees its sub-task, and of the need what that takes (together/subjects.py).
    """
    return Need.objects.filter(seen(actor, duty=duty)) if scope.handles_content(actor, duty=duty) else Need.objects.none()


def seen(actor, *, duty):
    """Return the Q of `visible_needs`."""
    # What the own hand recorded lies in the reach anyway, unless a line narrows it: every list asks the shorter question.
    narrowed = any(reach.line for reach in scope.reaches(actor, duty=duty))
    mine = tied(actor, duty=duty) if narrowed else _of_units(actor, duty)
    return scope.in_reach(actor, area="village_id", held="holder__line", duty=duty) | mine


def tied(actor, *, duty):
    """Return the Q of the needs seen by a tie, not by the reach: what an own unit holds or held, what the own hand recorded."""
    return Q(recorded_by=actor.pk) & scope.in_reach(actor, area="village_id", duty=duty) | _of_units(actor, duty)


def _of_units(actor, duty):
    orgs = [org.pk for org in scope.units(actor, duty=duty)]
    return Q(holder__in=orgs) | Exists(Holding.objects.filter(need=OuterRef("pk"), organisation__in=orgs))


def homes_of_needs(unit):
    """Return the homes (ids, as a query) whose needs a unit holds or held: a tie with the home. Helping is none."""
    held = Q(holder=unit) | Q(holdings__organisation=unit)
    return Need.objects.filter(held, household__isnull=False).values("household")


def reaches_over(actor, need, *, duty):
    """List the reaches, of the posts that carry `duty`, in which the need lies: the area, and for a unit of a line what its own
    line holds or the own hand recorded.
    """
    own = need.recorded_by_id is not None and need.recorded_by_id == actor.id
    lines = ("", need.holder.line, scope.own_line(need.holder_id)) if need.holder_id else ("",)
    return [reach for reach in scope.reaches(actor, duty=duty) if reach.holds(need.village_id) and (own or reach.line in lines)]


def covers(actor, need, *, duty):
    """Tell whether the need lies where the actor has `duty`."""
    return bool(reaches_over(actor, need, duty=duty))


def holds(actor, need, *, duty):
    """Tell whether one of the actor's units owns the need, by a post that carries `duty`."""
    return need.holder_id is not None and need.holder_id in {org.pk for org in scope.units(actor, duty=duty)}


def bound():
    """Return the helpers that have a part: whoever is still waited for, and whoever an imported ledger names; the others have it by their own lines.

    To be asked and called off again is nobody's act but the lead's: it could choose by it who asks the household and who looks again.
    """
    asked = Exists(Step.objects.filter(need=OuterRef("need"), act__in=NAMES_HELPERS, recorded_at=OuterRef("asked_at")))
    waited = Exists(SubTask.objects.filter(need=OuterRef("need"), unit=OuterRef("organisation"), state__in=STILL))
    return Support.objects.filter(~asked | waited)


def _helpers(need):
    return _kept(need, "helpers", lambda: set(HELPERS(need.pk)))


def awaited(need):
    """Return the sub-tasks that the lead unit still waits for, the first due first: while there is one, nothing is reported done."""
    return need.tasks.filter(state__in=STILL).select_related("unit").order_by("due_on", "asked_at")


def in_whose_name(by, need):
    """Return the unit for which somebody acts on a need: of the first post that works where the need is, else the main one (ADR 81)."""
    return scope.unit(by, duty=SEES, code=need.village_id) or by.org


def state_refusal(need, wanted):
    """Return the sentence for a need that stands elsewhere than `wanted` (words) asks. It is made when it is read: a page judges some
    twenty acts and says few of the sentences.
    """
    return _unsaid(need, wanted)


def _state_refusal(need, wanted):
    return _("这件诉求现在是“%(state)s”,%(wanted)s。") % {"state": need.get_state_display(), "wanted": wanted}


_unsaid = lazy(_state_refusal, str)


def independent(actor, need):
    """Tell whether the actor has no part in this need: the one answer that callback, recheck, withdrawal and slip go by (ADR 70).

    Not independent is whoever wrote work on it, and whoever held a post, at any time since it was recorded, in a unit that owns
    it, was ever given it, helps with it, or worked on it, be it through somebody who stood in two units then. To be asked for help and
    called off before one did anything about it is no part.
    `involves` asks the same of many needs at once.
    """
    units, authors = part_in(need)
    return actor.pk not in authors and units.isdisjoint(stood_since(actor, need))


def left_to_above(actor, need, *, duty):
    """Tell whether the need was raised over the actor's head: only a post above the tier it was raised from moves it, until it is handed on."""
    if not need.raised_from:
        return False
    return all(TIERS.index(reach.unit.tier) <= TIERS.index(need.raised_from) for reach in reaches_over(actor, need, duty=duty) if reach.unit)


def raised_refusal(need):
    """Return the sentence for whoever it was raised over."""
    return _("这件诉求已提级到%(unit)s,由上一级来办。有情况请与他们联系。") % {"unit": need.holder.name if need.holder else ""}


def stands_above(unit, holder):
    """Tell whether a unit looks at what `holder` settled: one of a higher tier, at the county another county unit."""
    return TIERS.index(unit.tier) > TIERS.index(holder.tier) or (unit.tier == Tier.COUNTY and unit.pk != holder.pk)


def asked_by_a_child(need):
    """Tell whether the requester is a child, whose telephone nobody is shown (诉求人是未成年人): one rings its guardian, or goes there."""
    return need.requester is not None and need.requester.is_protected


def rung_at_home(need):
    """Return whose number is rung where the need bears none, else None: its home's, or that of the home's head.

    Only where a grown-up answers. Who may see it is for whoever asks to decide.
    """
    home = None if need.requester_phone else need.household
    bearer = rung_at([home]).get(home.pk) if home is not None else None
    if bearer is None:
        return None
    there = [row.person for row in members_on(home, today(timezone.now()))]
    return None if there and all(person.is_protected for person in there) else bearer


def part_in(need):
    """Return ({ids of the units}, {ids of the people}) that have a part in a need: its owner's, and those for good."""
    units, authors = part_for_good(need)
    return (units | {need.holder_id}) - {None}, authors


def part_for_good(need):
    """Return the same of those whose part stays, whoever owns the need next: who was given it, helps, or worked on it.

    Every unit of an author, not the main one only.
    """
    return _kept(need, "part", lambda: _part_for_good(need))


def _part_for_good(need):
    lines = GAVE_OR_WORKED(need.pk)
    units = {*_helpers(need)}
    units |= {holder if act in GIVEN else org for act, holder, org, _by, _at in lines}
    work = {(by, at) for act, _holder, _org, by, at in lines if act not in GIVEN and by}
    return (units | stood_at(work)) - {None}, {by for by, _at in work}


def with_a_part(needs):
    """Return the ids of the units, and of the people, that have a part in one of these needs (keys): what `part_in` says of each, in four questions."""
    lines = Step.objects.filter(need__in=needs, act__in=(*GIVEN, *WORKED)).order_by().values_list("act", "holder_id", "by_org_id", "by_id", "recorded_at")
    units, work = set(), set()
    for act, holder, org, by, at in lines:
        units.add(holder if act in GIVEN else org)
        if act not in GIVEN and by:
            work.add((by, at))
    units |= set(Holding.objects.filter(need__in=needs).values_list("organisation_id", flat=True))
    units |= set(bound().filter(need__in=needs).values_list("organisation_id", flat=True))
    return (units | stood_at(work) | {by for by, _at in work}) - {None}


def stood_since(actor, need):
    """Return the ids of the units in which somebody held a post at any time since the need was recorded.

    The day on which a post ends counts: `to_on` is the first day without it, but until the act that ended it it was held.
    """
    return _kept(need, f"since {actor.pk}", lambda: set(STOOD(actor.pk, need.recorded_on)))


@contextmanager
def only_looked_at(need):
    """Let the rules ask once who has a part in a need: a page asks some thirty of them why not. Within, nothing is written."""
    need.kept_by_rules = {}
    try:
        yield
    finally:
        del need.kept_by_rules


def _kept(need, name, asked):
    kept = getattr(need, "kept_by_rules", None)
    if kept is None:
        return asked()
    if name not in kept:
        kept[name] = asked()
    return kept[name]


def stood_at(work):
    """Return the ids of all units in which people held a post when they worked: {(person's id, moment)}."""
    days = {(by, today(at)) for by, at in work}
    posts = Post.objects.filter(user__in={by for by, _day in days}).values_list("user_id", "organisation_id", "from_on", "to_on") if days else ()
    return {unit for user, unit, first, end in posts for by, day in days if by == user and first <= day and (end is None or day <= end)}


def involves(actor):
    """Return the Q of the needs in which the actor has a part: the other side of `independent`, for lists."""
    since = Q(to_on=None) | Q(to_on__gte=OuterRef("recorded_on"))
    return (
        Exists(Step.objects.filter(need=OuterRef("pk"), by=actor.pk, act__in=WORKED))
        | Exists(Post.objects.filter(since, user=actor.pk, organisation=OuterRef("holder")))
        | Exists(bound().filter(_was_in(actor, "organisation"), need=OuterRef("pk")))
        | Exists(Step.objects.filter(_was_in(actor, "holder"), need=OuterRef("pk"), act__in=GIVEN))
        | Exists(Step.objects.filter(_was_in(actor, "by_org") | _with_author(actor), need=OuterRef("pk"), act__in=WORKED))
    )


# The acts by which somebody asked the household, or struck off: whoever wrote one has a word to defend when the tier above looks again.
CONCLUDING = ("verify", "give_up_callback", "callback_missed", "close")
PRINTED = "slip"  # where the slip's word confirmed: whoever printed it knows its code, and might have said the word


def concluded(actor, need):
    """Tell whether the actor, or a unit in which the actor stands or stood, called back or struck off what was reported last.

    `concludes` asks the same of many needs at once.
    """
    asked = Q(act__in=CONCLUDING, recorded_at__gte=need.done_at) if need.done_at else Q(pk=None)
    return wrote(actor, need, need.steps.filter(asked | Q(act=PRINTED) if need.confirmed_by == ConfirmedBy.SLIP else asked))


def wrote(actor, need, lines):
    """Tell whether one of these lines of a need is the actor's own side's: his, or of a unit of its author in which the actor stands or stood.

    Whoever stands in two units brings both, whichever of them the line names.
    """
    told = list(lines.order_by().values_list("by_id", "by_org_id", "recorded_at"))
    units = {org for _by, org, _at in told} | stood_at({(by, at) for by, _org, at in told if by})
    return any(by == actor.pk for by, _org, _at in told) or not units.isdisjoint(stood_since(actor, need))


def concludes(actor):
    """Return the Q of the needs of which the actor's own side called back or struck off what was reported last."""
    wrote = Step.objects.filter(Q(by=actor.pk) | _was_in(actor, "by_org") | _with_author(actor), need=OuterRef("pk"))
    asked = Exists(wrote.filter(act__in=CONCLUDING, recorded_at__gte=OuterRef("done_at")))
    return asked | Q(confirmed_by=ConfirmedBy.SLIP) & Exists(wrote.filter(act=PRINTED))


def looked_again(actor, need):
    """Tell whether a unit of the actor's rechecked what was reported last: it is another that strikes off."""
    units = set(this_round(need.rechecks, need).filter(reached=True).values_list("by_org_id", flat=True))
    return not units.isdisjoint(stood_since(actor, need)) if units else False


def _was_in(actor, unit):
    since = Q(to_on=None) | Q(to_on__gte=OuterRef("need__recorded_on"))
    return Exists(Post.objects.filter(since, user=actor.pk, organisation=OuterRef(unit)))


def _with_author(actor):
    """Of a step: when it was written its author also stood in a unit in which the actor stands or stood since the need was recorded."""
    day = OuterRef("recorded_at__date")
    since = Q(to_on=None) | Q(to_on__gte=OuterRef(OuterRef("need__recorded_on")))
    beside = Exists(Post.objects.filter(since, user=actor.pk, organisation=OuterRef("organisation")))
    return Exists(Post.objects.filter(Q(to_on=None) | Q(to_on__gte=day), beside, from_on__lte=day, user=OuterRef("by")))


def this_round(rows, need):
    """Keep the callbacks or rechecks about what was reported last: of this round, and after the last "done" of its handler."""
    return rows.filter(round=need.reopenings, at__gte=need.done_at or need.recorded_at)
