"""The acts of a plan: drawn up, written, adopted; zones."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import searched
from wanjia.orgs.models import Area, User
from wanjia.orgs.serials import next_serial
from wanjia.verdict import Conflict, Refused

from ..bodies.homes import asked_village
from ..duties import Duty
from ..models import AgendaItem, PlanAspect, PlanSketch, PlanWork, PlanZone, VillagePlan
from ..plan_states import PLAN, PlanState, Unit, ZoneColour, ZoneKind
from . import queries, rules
from .copies.commands import SAME
from .subjects import PLANS

KEEPS, REVIEWS = {"duty": Duty.KEEP_PLANS}, {"duty": Duty.REVIEW_PLANS}
WRITES = {"lines": {"village_plan.write": _("写村庄规划")}}
NO_ASPECT = _("这一版规划里没有这个方面、分区。")


@act(PLANS, "plan_new", at="new", words=_("拟村庄规划"), done=_("已建好,接着写方面和事项。"), **KEEPS, may=rules.keeps, new=True, lines={"village_plan.draw": _("拟村庄规划")})
def draw_plan(
    *, by, at,
    village: Annotated[Area, asked_village(Duty.KEEP_PLANS)],
    name: Annotated[str, Asked(_("规划名称"), _("例如:捏池村 2026–2028 年建设规划。"), least=4, most=60)],
    item: Annotated[AgendaItem, Asked(_("哪次会议通过"), within=rules.NOT_DECIDED, **searched(rules.items_for, lambda one: f"{one.decided_on} {one.title}"))],
):  # fmt: skip
    """Draw up a version of the village's plan (拟规划) as a meeting adopted it; in force only when another hand has looked at it. It begins with the sketch and the zones of the version before, each its own copy."""
    rules.was_decided(item, village.pk).or_raise()
    rules.bears_no_other(item).or_raise()
    try:
        with transaction.atomic():
            one = VillagePlan.objects.create(village=village, serial=next_serial(VillagePlan.objects.filter(village=village)), name=name.strip(), item=item, drawn_at=at, drawn_by_id=by.id)
    except IntegrityError:
        raise Conflict(_("这个村已经有一版待启用的规划。")) from None
    before = VillagePlan.objects.select_for_update(of=("self",), no_key=True).filter(village=village, state__in=(PlanState.IN_FORCE, PlanState.ENDED)).order_by("-serial").first()
    _begun_with(one, before, by=by, at=at)  # whoever puts its sketch right meanwhile waits, and finds the copy
    journal.record(act="village_plan.draw", subject=one, by=by, at=at, area_code=village.pk)
    return one


def _begun_with(plan, before, *, by, at):
    """Copy the sketch and the zones of another version into a draft."""
    PlanZone.objects.bulk_create([PlanZone(plan=plan, copied_from=zone, **{name: getattr(zone, name) for name in (*SAME, "colour")}) for zone in queries.zones(before, by, None)])
    for sketch in PlanSketch.objects.filter(plan=before) if before else ():
        PlanSketch.objects.create(plan=plan, body=sketch.body, width=sketch.width, height=sketch.height, put_at=at, put_by_id=by.id)


@act(PLANS, "aspect_write", at="aspects/new", words=_("写一个方面"), done=_("已写好。"), **KEEPS, may=rules.can_draft, rank=20, **WRITES)
def write_aspect(
    village_plan, *, by, at,
    n: Annotated[int, Asked(_("第几个方面"), _("同号的改写。"), least=1, most=30, initial=queries.next_aspect)],
    name: Annotated[str, Asked(_("方面"), _("例如:产业、道路、饮水、人居环境。"), least=2, most=30)],
):  # fmt: skip
    """Write an aspect of a plan (方面), or rewrite the one of this number."""
    PlanAspect.objects.update_or_create(plan=village_plan, n=n, defaults={"name": name.strip()})
    return noted(village_plan, by=by, at=at, aspect=n)


@act(PLANS, "zone_write", at="zones/new", words=_("写一个分区"), done=_("已写好。"), **KEEPS, may=rules.can_draft, rank=30, **WRITES)
def write_zone(
    village_plan, *, by, at,
    name: Annotated[str, Asked(_("分区"), _("例如:彩色大道走廊、稻田养鱼区。同名的改写。"), least=2, most=30)],
    bounds: Annotated[str, Asked(_("从哪里到哪里"), _("例如:村口大桥到三组晒坝,沿路两边各 20 米。"), least=4, most=120)],
    use: Annotated[str, Asked(_("做什么用"), least=2, most=60)],
    kind: Annotated[ZoneKind, Asked(_("廊还是区"), _("沿路、沿河的一条是廊,成片的是区。"))] = ZoneKind.AREA,
    colour: Annotated[ZoneColour | None, Asked(_("颜色"), none=_("自动选"))] = None,
):  # fmt: skip
    """Write a zone of a plan (分区): where it lies, what it is for, as what and in which colour it is drawn. What was drawn of another kind is drawn anew."""
    before = queries.zones(village_plan, by, None).filter(name=name.strip()).first()
    values = {"bounds": bounds.strip(), "use": use.strip(), "kind": kind, "colour": colour or (before.colour if before else queries.free_colour(village_plan))}
    if before is not None and before.kind != kind:
        values["points"] = []
    PlanZone.objects.update_or_create(plan=village_plan, name=name.strip(), off_on=None, defaults=values)
    return noted(village_plan, by=by, at=at)


@act(PLANS, "work_write", at="works/new", words=_("写一项"), done=_("已写好。"), **KEEPS, may=rules.can_draft, rank=10, **WRITES)
def write_work(
    village_plan, *, by, at,
    n: Annotated[int, Asked(_("第几项"), _("同号的改写。"), least=1, most=200, initial=queries.next_work)],
    aspect: Annotated[PlanAspect, Asked(_("方面"), among=queries.aspects, within=NO_ASPECT, select=True)],
    words: Annotated[str, Asked(_("做什么"), least=2, most=120)],
    owner: Annotated[User, Asked(_("责任人"), within=_("责任人要是本村、本乡镇在岗的人。"), **searched(queries.owners, lambda one: one.name))],
    due_on: Annotated[date, Asked(_("哪天以前"))],
    yuan: Annotated[str, Asked(_("预计花多少元"), _("不花钱的不填。"), most=16)] = "",
    size: Annotated[str, Asked(_("规模"), _("例如 300 亩的写 300;说不上的不填。"), most=10)] = "",
    unit: Annotated[Unit | None, Asked(_("单位"), none=_("没有"))] = None,
    zone: Annotated[PlanZone | None, Asked(_("分区"), among=queries.zones, named=queries.zones_ever, within=NO_ASPECT, none=_("不分区"))] = None,
):  # fmt: skip
    """Write an item of a plan (规划事项): whose it is, by when, at what cost, how much of what; or rewrite the one of this number."""
    amount = queries.number_of(size, queries.MOST_SIZE)
    if bool(amount) != bool(unit):
        raise Refused(_("规模和单位一起写,或者都不写。"))
    values = {"aspect": aspect, "words": words.strip(), "owner": owner, "due_on": due_on, "fen": queries.number_of(yuan), "size": amount, "unit": unit or "", "zone": zone}
    PlanWork.objects.update_or_create(plan=village_plan, n=n, defaults=values)
    return noted(village_plan, by=by, at=at, n=n)


def noted(plan, *, by, at, **facts):
    """Say in the journal that a version was written at: whoever did does not put it in force."""
    journal.record(act="village_plan.write", subject=plan, by=by, at=at, area_code=plan.village_id, **facts)
    return plan


@act(PLANS, "plan_adopt", at="adopt", words=_("核对决定,启用"), done=_("已启用,上一版到昨天为止。"), **REVIEWS, may=rules.can_adopt, rank=5, lines={"village_plan.adopt": _("启用村庄规划"), "village_plan.end": _("村庄规划被新规划替代")})
def adopt_plan(village_plan, *, by, at):
    """Put a plan in force (启用): the decision is asked once more; the version before ends."""
    rules.was_decided(village_plan.item, village_plan.village_id).or_raise()
    before = VillagePlan.objects.select_for_update(of=("self",)).filter(village_id=village_plan.village_id, state=PlanState.IN_FORCE).first()
    if before is not None:
        before.to_on = today(at)
        journal.move(before, PLAN, "end", by=by, at=at, saving=["to_on"], area_code=before.village_id)
    village_plan.from_on, village_plan.adopted_at, village_plan.adopted_by_id = today(at), at, by.id
    journal.move(village_plan, PLAN, "adopt", by=by, at=at, saving=["from_on", "adopted_at", "adopted_by_id"], area_code=village_plan.village_id)
    return village_plan


@act(PLANS, "plan_drop", at="drop", words=_("这一版不用"), done=_("已记下。"), **KEEPS, may=rules.can_draft, aside=True, rank=40, tone="danger", lines={"village_plan.drop": _("村庄规划不用")})
def drop_village_plan(village_plan, *, by, at, reason: Annotated[str, Asked(_("原因"), least=2, most=60)]):
    """Drop a plan that is not in force (不用)."""
    village_plan.reason = reason.strip()
    journal.move(village_plan, PLAN, "drop", by=by, at=at, saving=["reason"], area_code=village_plan.village_id)
    return village_plan
