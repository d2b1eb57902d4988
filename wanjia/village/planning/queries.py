"""What is asked of plans: what is overdue, what waits for acceptance, how many of the items are done, whether what stands there is what was planned."""

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.orgs import scope
from wanjia.orgs.models import Post, User
from wanjia.orgs.serials import next_serial
from wanjia.policy.money import yuan
from wanjia.reporting.posted import Posted

from ..duties import Duty
from ..income.queries import MOST
from ..models import PlanAspect, PlanWork, PlanZone, VillageAsset, VillagePlan
from ..plan_states import AssetState, PlanState, WorkState, ZoneColour, ZoneKind
from ..rules import hundredths
from . import rules

OTHER_SKETCH, OFF, BEHIND = _("底图:现行规划换了底图。"), _("分区“%(name)s”:现行规划拿掉了这个分区。"), _("分区“%(name)s”:现行规划更正了%(what)s。")
RIGHT = [("name", _("名称(%(name)s)")), ("bounds", _("从哪里到哪里(%(bounds)s)")), ("use", _("做什么用(%(use)s)")), ("points", _("图上的点"))]
EDGE = 1000  # thousandths: how far a point lies across and down a sketch
MOST_SIZE = 10_000_000_00  # hundredths of what an item or an asset measures: the column holds twice as much


def number_of(text, most=MOST):
    """Return hundredths of what is written as a number; nought of nothing. Raises Refused."""
    return hundredths(text or "0", _("金额、规模写成 12.50 这样,最多两位小数。"), most=most)


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


def next_aspect(plan, *_asked):
    """Return the number of the aspect that comes next in a plan."""
    return next_serial(plan.aspects, "n") if plan else 1


def next_work(plan, *_asked):
    """Return the number of the item that comes next in a plan."""
    return next_serial(plan.works, "n") if plan else 1


def zones(plan, _actor, _day):
    """The zones of a plan that were not taken off."""
    return plan.zones.filter(off_on=None) if plan else PlanZone.objects.none()


def zones_ever(plan, _actor, _day):
    """The zones of a plan with those that were taken off: what a call that comes again may name."""
    return plan.zones.all() if plan else PlanZone.objects.none()


def zones_behind(plan, _actor=None, _day=None):
    """The zones of a draft, changed by hand, that lack what was put right in force since."""
    return zones(plan, None, None).exclude(mended={}).order_by("name", "pk")


def behind(plan):
    """Return in words what the plan in force was given while this draft had been changed by hand."""
    if plan.state != PlanState.DRAFT:
        return []
    zones, drawing = rules.behind(plan)
    return [_put_right(zone) for zone in zones] + [OTHER_SKETCH] * drawing


def _put_right(zone):
    """Say which zone of a draft is behind, and what was put right."""
    if "off" in zone.waits:
        return OFF % {"name": zone.name}
    said = [str(words) % zone.waits for name, words in RIGHT if name in zone.waits]
    return BEHIND % {"name": zone.name, "what": "、".join(said)}


def free_colour(plan):
    """Return the first colour that no zone of a plan has; where all are taken, the one that the fewest have."""
    taken = list(zones(plan, None, None).values_list("colour", flat=True))
    return min(ZoneColour, key=taken.count)


def zoned(plan, day):
    """Return the zones of a plan, corridors first, each with its number `n`, its items `those`, how many are `done`, how many `late`."""
    found = sorted(zones(plan, None, None), key=lambda one: (one.kind != ZoneKind.CORRIDOR, one.name))
    by_zone = {}
    for work in PlanWork.objects.filter(plan=plan, zone__isnull=False).order_by("due_on", "n"):
        work.late = is_late(work, plan, day)
        by_zone.setdefault(work.zone_id, []).append(work)
    for n, one in enumerate(found, 1):
        one.n, one.those = n, by_zone.get(one.pk, [])
        one.done, one.late = sum(work.state == WorkState.ACCEPTED for work in one.those), sum(work.late for work in one.those)
    return found


def how_many(zones):
    """Return {廊: how many, 区: how many} of zones, None where there is none."""
    corridors = sum(one.kind == ZoneKind.CORRIDOR for one in zones)
    return {"corridors": corridors, "areas": len(zones) - corridors} if zones else None


def works_for(_row, actor, _day):
    """The items of plans in force of the actor's villages that say how much of what."""
    return rules.visible_works(actor, duty=Duty.KEEP_PLANS).filter(plan__state=PlanState.IN_FORCE, size__gte=1).order_by("plan_id", "n")


def counted(plan):
    """Return {n, done, fen, spent} of a plan: its items, those accepted, what they were to cost and did."""
    return plan.works.aggregate(n=Count("pk"), done=Count("pk", filter=Q(state=WorkState.ACCEPTED)), fen=Sum("fen", default=0), spent=Sum("spent_fen", default=0))


def listed(rows):
    """Give plans what their list shows: items, accepted ones."""
    return rows.select_related("village").annotate(n_works=Count("works"), n_done=Count("works", filter=Q(works__state=WorkState.ACCEPTED)))


def is_late(work, plan, day):
    """Tell whether an item of a plan is late and not said to be done."""
    return plan.state == PlanState.IN_FORCE and work.state == WorkState.PLANNED and work.due_on < day


def overdue(rows, day):
    """Keep of items those of plans in force that are late and not said to be done."""
    return rows.filter(plan__state=PlanState.IN_FORCE, state=WorkState.PLANNED, due_on__lt=day)


def alarmed(actor, day):
    """Return how many items are late, for whoever keeps plans: what the desk says."""
    return overdue(rules.visible_works(actor, duty=Duty.KEEP_PLANS), day).count() if actor.has_duty(Duty.KEEP_PLANS) else 0


def to_review(actor):
    """The items of plans in force that wait for the actor to accept them: not his own, and not what he reported."""
    return rules.visible_works(actor, duty=Duty.REVIEW_PLANS).filter(state=WorkState.REPORTED, plan__state=PlanState.IN_FORCE).exclude(reported_by_id=actor.id).exclude(owner_id=actor.id)


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
OF_ZONE = _("%(n)s号%(kind)s“%(name)s”(%(use)s)")
OF_ITEMS = _("%(zone)s:%(n)s 项,验收 %(done)s 项。%(items)s")
LATE = _("过期没完")
MORE = _("另有 %(n)s 项")
OF_ITEM = _("%(words)s:%(day)s 以前,%(state)s")
IN_A_LINE = 4  # items of a zone on the board; all stand on the plan's own public page
SO_FAR = _("村庄规划 %(n)s 项,已经验收 %(done)s 项,过期没完的 %(late)s 项。")


def in_force(village, day):
    """Return the plan of a village that is in force on a day, or None."""
    return VillagePlan.objects.filter(village=village, state=PlanState.IN_FORCE, from_on__lte=day).select_related("village", "item__body").first()


def _of_zone(zone):
    """Return what the board says of a zone: its number on the sketch, what it is for, its items with their day and how they stand."""
    said = OF_ZONE % {"n": zone.n, "kind": zone.get_kind_display(), "name": zone.name, "use": zone.use}
    if not zone.those:
        return said
    items = [OF_ITEM % {"words": one.words, "day": one.due_on, "state": LATE if one.late else one.get_state_display()} for one in zone.those[:IN_A_LINE]]
    items += [MORE % {"n": len(zone.those) - IN_A_LINE}] if len(zone.those) > IN_A_LINE else []
    return OF_ITEMS % {"zone": said, "n": len(zone.those), "done": zone.done, "items": ";".join(items)}


def on_board(village, day, limit, _group_name=""):
    """Return what the village's board says of its plan: how many of its items are done, and each that was accepted lately. No names."""
    plan = in_force(village, day)
    if plan is None:
        return []
    told = counted(plan)
    href = reverse("village:public_plan", args=[village.pk])
    first = Posted(SO_FAR % {"n": told["n"], "done": told["done"], "late": overdue(plan.works.all(), day).count()}, day, href=href)
    zones = [Posted(_of_zone(one), plan.from_on) for one in zoned(plan, day)]
    done = plan.works.filter(state=WorkState.ACCEPTED, done_on__lte=day).order_by("-done_on", "n")[:limit]
    return [first, *zones, *(Posted(SAID % {"n": one.n, "words": one.words, "yuan": yuan(one.spent_fen)}, one.done_on) for one in done)][:limit]


def faults(_day):
    """Yield (what, column, is, should) of each asset that stands for an item of another village, or in another unit than it says."""
    for one in VillageAsset.objects.filter(work__isnull=False).select_related("work__plan").order_by("pk"):
        if one.work.unit != one.unit:
            yield one, _("单位"), one.unit, one.work.unit
        if one.work.plan.village_id != one.village_id:
            yield one, _("村(社区)"), one.village_id, one.work.plan.village_id
