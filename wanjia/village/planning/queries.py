"""What is asked of plans: what is overdue, what waits for acceptance, how many of the items are done, whether what stands there is what was planned."""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.models import Post, User
from wanjia.policy.money import fen_of, yuan
from wanjia.reporting.posted import Posted
from wanjia.verdict import Refused

from ..duties import Duty
from ..income.queries import MOST
from ..models import PlanAspect, PlanZone, VillageAsset, VillagePlan
from ..plan_states import AssetState, PlanState, WorkState
from . import rules

MOST_SIZE = 10_000_000_00  # hundredths of what an item or an asset measures: the column holds twice as much


def number_of(text, most=MOST):
    """Return hundredths of what is written as a number; nought of nothing. Raises Refused."""
    n = fen_of(text or "0")
    if n is None or n > most:
        raise Refused(_("金额、规模写成 12.50 这样,最多两位小数。"))
    return n


def owners(_row, actor, day):
    """The people who may be named for an item: whoever holds a post in a village or township where the actor keeps plans."""
    within = scope.in_reach(actor, area="organisation__area_id", duty=Duty.KEEP_PLANS)
    towns = {area[:9] for area in Post.objects.filter(within).values_list("organisation__area_id", flat=True)}
    town = Q(organisation__area_id__in=[stem.ljust(12, "0") for stem in towns])
    posts = Post.objects.filter(within | town, to_on=None)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "pk")


def aspects(plan, _actor, _day):
    """The aspects of a plan."""
    return plan.aspects.all() if plan else PlanAspect.objects.none()


def zones(plan, _actor, _day):
    """The zones of a plan."""
    return plan.zones.all() if plan else PlanZone.objects.none()


def works_for(_row, actor, _day):
    """The items of plans in force of the actor's villages that say how much of what."""
    return rules.visible_works(actor, duty=Duty.KEEP_PLANS).filter(plan__state=PlanState.IN_FORCE, size__gte=1).order_by("plan_id", "n")


def counted(plan):
    """Return {n, done, fen, spent} of a plan: its items, those accepted, what they were to cost and did."""
    return plan.works.aggregate(n=Count("pk"), done=Count("pk", filter=Q(state=WorkState.ACCEPTED)), fen=Sum("fen", default=0), spent=Sum("spent_fen", default=0))


def listed(rows):
    """Give plans what their list shows: items, accepted ones."""
    return rows.select_related("village").annotate(n_works=Count("works"), n_done=Count("works", filter=Q(works__state=WorkState.ACCEPTED)))


def overdue(rows, day):
    """Keep of items those of plans in force that are late and not said to be done."""
    return rows.filter(plan__state=PlanState.IN_FORCE, state=WorkState.PLANNED, due_on__lt=day)


def alarmed(actor, day):
    """Return how many items are late, for whoever keeps plans: what the desk says."""
    return overdue(rules.visible_works(actor, duty=Duty.KEEP_PLANS), day).count() if actor.has_duty(Duty.KEEP_PLANS) else 0


def to_review(actor):
    """The items that wait for the actor to accept them: not his own, and not what he reported."""
    return rules.visible_works(actor, duty=Duty.REVIEW_PLANS).filter(state=WorkState.REPORTED).exclude(reported_by_id=actor.id).exclude(owner_id=actor.id)


def assets_to_check(actor):
    """The assets that wait for the actor's look."""
    return rules.visible_assets(actor, duty=Duty.REVIEW_PLANS).filter(state=AssetState.TOLD).exclude(told_by_id=actor.id)


def footed(works):
    """Give items that say how much of what, what stands there of it: `there`, `short` (in hundredths), counted in the same unit and checked."""
    found = {(work, unit): n for work, unit, n in VillageAsset.objects.filter(work__in=works, state=AssetState.THERE).order_by().values_list("work", "unit").annotate(n=Sum("size"))}
    for one in works:
        one.there = found.get((one.pk, one.unit), 0)
        one.short = max(0, one.size - one.there)
    return works


def totals(rows):
    """Return [(unit's words, hundredths)] of assets that are there."""
    return [(dict(VillageAsset._meta.get_field("unit").choices)[unit], n) for unit, n in rows.filter(state=AssetState.THERE).order_by("unit").values_list("unit").annotate(n=Sum("size"))]


SAID = _("村庄规划第 %(n)s 项“%(words)s”验收合格,花了 %(yuan)s 元。")
SO_FAR = _("村庄规划 %(n)s 项,已经验收 %(done)s 项,过期没完的 %(late)s 项。")


def on_board(village, day, limit, _group_name=""):
    """Return what the village's board says of its plan: how many of its items are done, and each that was accepted lately. No names."""
    plan = VillagePlan.objects.filter(village=village, state=PlanState.IN_FORCE, from_on__lte=day).first()
    if plan is None:
        return []
    told = counted(plan)
    first = Posted(SO_FAR % {"n": told["n"], "done": told["done"], "late": overdue(plan.works.all(), day).count()}, day)
    done = plan.works.filter(state=WorkState.ACCEPTED, done_on__lte=day).order_by("-done_on", "n")[:limit]
    return [first, *(Posted(SAID % {"n": one.n, "words": one.words, "yuan": yuan(one.spent_fen)}, one.done_on) for one in done)][:limit]


def faults(_day):
    """Yield (what, column, is, should) of each asset that stands for an item of another village, or in another unit than it says."""
    for one in VillageAsset.objects.filter(work__isnull=False).select_related("work__plan").order_by("pk"):
        if one.work.unit != one.unit:
            yield one, _("单位"), one.unit, one.work.unit
        if one.work.plan.village_id != one.village_id:
            yield one, _("村(社区)"), one.village_id, one.work.plan.village_id
