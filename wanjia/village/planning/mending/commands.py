"""The acts that put right what stands wrong on a sketch: of the plan in force by another hand, what stood there in the journal; a zone taken off a draft, and what a draft takes over."""

from hashlib import sha256
from typing import Annotated

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.verdict import Refused

from ...models import PlanSketch, PlanZone, VillagePlan
from ...plan_states import PlanState
from .. import queries, rules
from ..commands import KEEPS, NO_ASPECT, REVIEWS, WRITES, noted
from ..copies import commands as copies
from ..subjects import PLANS
from ..zoning.commands import Drawing, NobodyOnIt, points_of, sketched

MENDS = {**REVIEWS, "may": rules.can_mend, "aside": True, "lines": {"village_plan.mend": _("更正现行村庄规划的图和分区")}}
OfZone = Annotated[PlanZone, Asked(_("分区"), among=queries.zones, named=queries.zones_ever, within=NO_ASPECT, select=True)]
Why = Annotated[str, Asked(_("哪里错了"), _("只改写错、画错的,照会议通过的图。要改内容的另拟一版,重新开会。"), least=4, most=60)]
UNCHANGED = _("不改的空着")
NAMED = _("这一版已经有叫这个名字的分区。")
NO_MEND = _("这一样没有要接过来的更正。")


@act(PLANS, "zone_mend", at="zones/mend", words=_("更正分区"), done=_("已更正,原来的留在日志里。"), rank=50, tone="quiet", **MENDS)
def mend_zone(
    village_plan, *, by, at, zone: OfZone, reason: Why,
    name: Annotated[str, Asked(_("名称改成"), UNCHANGED, most=30)] = "",
    bounds: Annotated[str, Asked(_("从哪里到哪里改成"), UNCHANGED, most=120)] = "",
    use: Annotated[str, Asked(_("做什么用改成"), UNCHANGED, most=60)] = "",
    points: Annotated[str, Asked(_("图上的点改成"), _("一个点写“横,纵”,0 到 1000,点和点空一格;不改的空着。"), rows=2, most=400)] = "",
):  # fmt: skip
    """Put a zone of the plan in force right (更正): its name, where it lies, what it is for, how it is drawn; what is left empty stays."""
    zone = _on(village_plan, zone)
    values = {key: said.strip() for key, said in (("name", name), ("bounds", bounds), ("use", use)) if said.strip()}
    values |= {"points": points_of(points, zone.kind)} if points.strip() else {}
    if not any(getattr(zone, key) != value for key, value in values.items()):
        raise Refused(_("写要改的那一样。"))
    if copies.is_taken(zone, values):
        raise Refused(NAMED)
    _mended(village_plan, zone, reason, by=by, at=at, drafts=copies.follow(zone, values, at))
    PlanZone.objects.filter(pk=zone.pk).update(**values)
    return village_plan


@act(PLANS, "zone_off", at="zones/off", words=_("拿掉错的分区"), done=_("已拿掉,原来的留在日志里。"), rank=60, tone="danger", **MENDS)
def take_zone_off(village_plan, *, by, at, zone: OfZone, reason: Why):
    """Take a zone off the plan in force (拿掉) that should not be there; its items stay, in no zone."""
    zone = _on(village_plan, zone)
    _mended(village_plan, zone, reason, by=by, at=at, drafts=copies.follow(zone, {"off": True}, at))
    copies.off(zone, at)
    return village_plan


@act(PLANS, "sketch_mend", at="sketch/mend", words=_("换掉错的底图"), done=_("已换,公开的图一起换了。"), rank=70, tone="quiet", call=None, because="a drawing is photographed by a person in the village", **MENDS)
def mend_sketch(village_plan, *, by, at, reason: Why, file: Drawing = None, nobody: NobodyOnIt = False):
    """Put another drawing under the zones of the plan in force (换底图), where somebody's name was left on it or it is the wrong one; the journal knows the old one by its digest, which shows nobody. A draft that began with a copy of it has the new one too."""
    before = PlanSketch.objects.filter(plan=village_plan).first()
    sketched(village_plan, file, nobody, by=by, at=at)
    was = sha256(before.body.encode()).hexdigest() if before else ""
    _mended(village_plan, None, reason, by=by, at=at, was=was, drafts=copies.redrawn(village_plan, before.body) if before else [])
    return village_plan


@act(PLANS, "zone_drop", at="zones/drop", words=_("去掉一个分区"), done=_("已去掉。"), **KEEPS, may=rules.can_draft, rank=36, tone="quiet", aside=True, **WRITES)
def drop_zone(village_plan, *, by, at, zone: OfZone):
    """Take a zone off a draft (去掉): one that the version before had and this one has not."""
    copies.off(_on(village_plan, zone), at)
    return noted(village_plan, by=by, at=at)


@act(PLANS, "plan_follow", at="follow", words=_("接过现行规划的更正"), done=_("已接过来。"), **KEEPS, may=rules.can_follow, rank=34, tone="quiet", **WRITES)
def take_mend_over(
    village_plan, *, by, at,
    zone: Annotated[PlanZone | None, Asked(_("接过哪一样"), _("这一版自己改过的,换成现行规划更正后的。"), among=queries.zones_behind, named=queries.zones_ever, within=NO_MEND, none=_("底图"), select=True)] = None,
):  # fmt: skip
    """Take over into a draft what the plan in force was given since (接过更正), where the draft had been changed by hand: of one zone, or the drawing."""
    if zone is None:
        drawn = PlanSketch.objects.select_for_update(of=("self",), no_key=True)  # the plan in force first, as whoever mends it
        there, sketch = (drawn.filter(**one).first() for one in ({"plan__village": village_plan.village_id, "plan__state": PlanState.IN_FORCE}, {"plan": village_plan, "behind": True}))
        if there is None or sketch is None:
            raise Refused(NO_MEND)
        copies.under(sketch, there)
        return noted(village_plan, by=by, at=at)
    one = PlanZone.objects.select_for_update(of=("self",), no_key=True).select_related("plan").filter(pk=zone.pk, plan=village_plan, off_on=None).first()
    if one is None or not one.waits:
        raise Refused(NO_MEND)
    if copies.is_taken(one, one.waits):
        raise Refused(NAMED)
    copies.put(one, one.waits, at)
    PlanZone.objects.filter(pk=one.pk).update(mended={})
    return noted(village_plan, by=by, at=at, zone=str(one.pk))


def _on(plan, zone):
    """Return a zone as it stands on a version. Raises Refused for one that was taken off."""
    found = queries.zones(plan, None, None).filter(pk=zone.pk).first()
    if found is None:
        raise Refused(NO_ASPECT)
    return found


def _mended(plan, zone, reason, *, by, at, **was):
    """Say in the journal what stood on the sketch and why it was wrong: what is written by hand as a word, which an erasure finds. The drawing has another address from now on."""
    stood = f":{zone.name},{zone.bounds},{zone.use}" if zone else ""
    was |= {"zone": str(zone.pk), "points": zone.points} if zone else {}
    journal.record(act="village_plan.mend", subject=plan, by=by, at=at, area_code=plan.village_id, reason=f"{reason.strip()}{stood}", **was)
    VillagePlan.objects.filter(pk=plan.pk).update(version=F("version") + 1)
