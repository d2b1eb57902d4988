"""What is asked of pairs: who accompanies whom, which child is late without anybody, what a version would change, what somebody who leaves holds."""

from django.db.models import Count, Exists, F, OuterRef, Q

from wanjia.orgs import scope
from wanjia.orgs.handing.queries import standing_posts
from wanjia.orgs.models import Area, Post
from wanjia.orgs.models.areas import Level
from wanjia.registry.finding import protected
from wanjia.registry.models import Person

from ..duties import Duty
from ..helpers.rules import clear_on
from ..models import Entitled, Helper, Pair, PairProposal
from . import rules
from .serving import helpers_for

MOST = 200  # a queue as long as this is named and counted no further
SOUGHT = ("helper__name", "helper__organisation__name", "helper__organisation__short_name", "child__village__short_name", "child__village__parent__short_name")


def areas(_row, actor, day):
    """The counties and townships for which the actor may have pairs drawn."""
    return Area.objects.on(day).filter(scope.in_place(actor, area="code", duty=Duty.DRAW_PAIRS), level__in=(Level.COUNTY, Level.TOWNSHIP)).order_by("code")


def listed(actor, day):
    """The pairs in reach that stand, by village and helper, as the register goes; day: the page's own."""
    return rules.visible_pairs(actor, day=day).filter(to_on=None).select_related("child__village__parent", "helper__organisation").order_by("child__village_id", "helper__name", "helper", "from_on", "pk")


def unfit(actor, day):
    """The pairs in reach whose helper may not be near children today: barred, run out, never looked at. Somebody else is to be found, or the records looked at."""
    return listed(actor, day).exclude(helper__in=Helper.objects.filter(clear_on(day)))


def unfit_alarmed(user, day):
    """How many children have such a helper: what the desk says."""
    return unfit(user, day).order_by()[:MOST].count() if user.has_duty(*rules.DRAWS) else 0


def unpaired(actor):
    """The children in reach who are to have somebody and have nobody, the latest first."""
    live = Pair.objects.filter(child=OuterRef("child"), to_on=None)
    return rules.visible_entitled(actor).filter(~Exists(live), to_on=None).select_related("child__village__parent").order_by("due_on", "-alone", "child__village_id", "pk")


def late(actor, day):
    """Those of them who should have had somebody by now."""
    return unpaired(actor).filter(due_on__lt=day)


def alarmed(user, day):
    """How many children who are to have somebody alone are late: what the desk says."""
    if not user.has_duty(*rules.DRAWS):
        return 0
    return late(user, day).filter(alone=True).order_by()[:MOST].count()


def queue(actor, _day):
    """Return {name of the place: how many children have nobody}."""
    if not actor.has_duty(*rules.DRAWS):
        return {}
    n = unpaired(actor).order_by()[:MOST].count()
    return {"care:unpaired": None if n == MOST else n}


def _beside_today():
    """Return {word: Q} of proposals beside the pairs that stand today: new, kept, parted, none."""
    live = Pair.objects.filter(child=OuterRef("child"), to_on=None)
    some, same = Exists(live), Exists(live.filter(helper=OuterRef("helper")))
    found = Q(helper__isnull=False)
    return {"new": found & ~some, "kept": found & same, "parted": found & some & ~same, "none": Q(helper=None)}


def of_plan(actor, plan, *, shown=""):
    """The proposals of a version; shown: new, kept, parted, none."""
    rows, by = rules.visible_proposals(actor).filter(plan=plan).select_related("child__village__parent", "helper__organisation", "next_helper"), _beside_today()
    return (rows.filter(by[shown]) if shown in by else rows).order_by("child__village_id", "-alone", "pk")


def counts_of(plan):
    """Return {word: how many} of a version beside the pairs that stand today."""
    counted = PairProposal.objects.filter(plan=plan).aggregate(**{f"n_{word}": Count("pk", filter=those) for word, those in _beside_today().items()})
    return {word.removeprefix("n_"): n for word, n in counted.items()}


def fit_still(proposals, day):
    """Return (keys of the helpers, keys of the children) of some proposals who may still be paired on `day`: clear, and alive, one record, no grown-up."""
    clear = Helper.objects.filter(clear_on(day), pk__in=proposals.values("helper"))
    young = Person.objects.filter(protected(day=day), merged_into=None, died_on=None, pk__in=proposals.values("child"))
    return set(clear.values_list("pk", flat=True)), set(young.values_list("pk", flat=True))


def with_too_many(proposals):
    """The helpers of some proposals who have more children than they take on."""
    return Helper.objects.filter(pk__in=proposals.values("helper")).annotate(n=Count("pairs", filter=Q(pairs__to_on=None))).filter(n__gt=F("capacity")).order_by("name", "pk")


def able_for(row, _actor, day):
    """The helpers who serve the village of a row's child, may be near children and have a place left: nobody is shown the helpers of other places. Kin, the act judges."""
    full = Count("pairs", filter=Q(pairs__to_on=None))
    rows = helpers_for(row.child, day) if row else Helper.objects.none()
    return rows.filter(clear_on(day), capacity__gt=0).annotate(n=full).filter(n__lt=F("capacity")).order_by("name", "pk")


def held(leaving):
    """The pairs of somebody who holds no post any more once he leaves, or of the helpers of a unit that ends."""
    rows = Pair.objects.filter(to_on=None)
    if leaving.moved:
        return rows.none()
    if leaving.person is not None:
        return rows.none() if leaving.left else rows.filter(helper__user=leaving.person.pk)
    return rows.filter(helper__organisation=leaving.unit.pk)


def adrift(day):
    """Return {(user or None, unit)} of pairs whose helper holds no post any more, or whose unit has ended."""
    rows = Pair.objects.filter(to_on=None)
    gone = rows.filter(helper__user__isnull=False).exclude(helper__user__in=standing_posts(day).values("user"))
    people = gone.order_by().values_list("helper__user", flat=True).distinct()
    last = dict(Post.objects.filter(user__in=people, declined=False).order_by("user", "from_on", "pk").values_list("user", "organisation"))
    units = rows.filter(helper__organisation__to_on__lte=day).order_by().values_list("helper__organisation", flat=True).distinct()
    return {*last.items(), *((None, unit) for unit in units)}


def entitled_now(area):
    """The open rows of the children of an area: {child: row}."""
    first, end = area.span()
    return {row.child_id: row for row in Entitled.objects.filter(to_on=None, child__village_id__gte=first, child__village_id__lt=end)}
