"""A small world of a village's plan: 大同村's representatives decided on it, one item of saplings, one zone; what stands there."""

import io
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from wanjia.kernel.tests.tried import MONDAY

from ..models import AgendaItem, Meeting, PlanAspect, PlanSketch, PlanWork, VillageAsset, VillagePlan
from ..plan_states import AssetState, PlanState, WorkState
from ..planning.commands import adopt_plan, draw_plan, write_aspect, write_work, write_zone
from ..planning.working.commands import accept_work, check_asset, note_work, report_work, tell_asset
from ..planning.zoning.commands import draw_zone, put_sketch
from .factories import body, meeting, signed
from .factories import item as agenda_item
from .money_factories import DAY, who

HELD = DAY - timedelta(days=12)


def decision(world, *, kind="representatives", day=HELD, votes=8, signs=True, used=True):
    """The representatives decided on the plan: ten seats, eight came. used: one that a version cites already will do."""
    rows = AgendaItem.objects.filter(body__kind=kind, matter="planning")
    found = (rows if used else rows.exclude(pk__in=VillagePlan.objects.values("item"))).first()
    if found is not None:
        return found
    held = meeting(world, "meeting_opened", of=body(world, kind, seats=10), came=8, day=day, told_on=day - timedelta(days=5))
    one = agenda_item(world, "item_passed", at=held, of=held.body, title="大同村建设规划", matter="planning")
    AgendaItem.objects.filter(pk=one.pk).update(votes_for=votes)
    Meeting.objects.filter(pk=held.pk).update(state="meeting_closed", closed_at=MONDAY, closed_by=world.visitor)
    if signs:
        signed(held)
    return AgendaItem.objects.select_related("body", "meeting__body").get(pk=one.pk)


def plan(world, state=PlanState.IN_FORCE):
    """A plan with an aspect, a zone and an item."""
    found = VillagePlan.objects.filter(village=world.datong, state=state).first()
    if found is not None:
        return found
    one = draw_plan(village=world.datong, name="大同村三年建设规划", item=decision(world, used=False), **who(world.register.yang))
    at = {"village_plan_id": one.pk, **who(world.register.yang)}
    write_aspect(n=1, name="产业", **at)
    write_zone(name="苗木区", bounds="一组后山缓坡", use="苗木基地", **at)
    asked = {"words": "苗木基地扩到 300 亩", "owner": world.register.yang, "due_on": DAY - timedelta(days=1), "yuan": "180000", "size": "300", "unit": "mu"}
    write_work(n=1, aspect=PlanAspect.objects.get(plan=one, n=1), **asked, **at)
    if state == PlanState.IN_FORCE:
        adopt_plan(village_plan_id=one.pk, **who(world.clerk))
    one.refresh_from_db()
    return one


def picture(body=None, size=(300, 200), exif=None):
    """The village's drawing, photographed."""
    if body is None:
        made = io.BytesIO()
        Image.new("RGB", size, "white").save(made, "JPEG", **({"exif": exif} if exif else {}))
        body = made.getvalue()
    return SimpleUploadedFile("sketch.jpg", body)


def sketch(world, state=PlanState.DRAFT, **facts):
    """A squared sheet under a draft; in force once another hand adopted it, its zone drawn, its item in it."""
    one = plan(world, PlanState.DRAFT)
    at = {"village_plan_id": one.pk, **who(world.register.yang)}
    put_sketch(**facts, **at)
    if state == PlanState.IN_FORCE:
        draw_zone(zone=one.zones.get(), points="100,100 500,100 300,400", **at)
        one.works.update(zone=one.zones.get())
        adopt_plan(village_plan_id=one.pk, **who(world.clerk))
    return PlanSketch.objects.select_related("plan").get(plan=one)


def aspect(world, state=PlanState.IN_FORCE):
    """Its aspect."""
    return plan(world, state).aspects.get(n=1)


def zone(world):
    """Its zone."""
    return plan(world).zones.get()


def work(world, state=WorkState.PLANNED):
    """Its item, as far as it went."""
    one = plan(world).works.get(n=1)
    if state != WorkState.PLANNED and one.state == WorkState.PLANNED:
        report_work(plan_work_id=one.pk, done_on=DAY, done_words="300 亩栽完", yuan="172000", **who(world.register.yang))
    if state == WorkState.ACCEPTED and PlanWork.objects.get(pk=one.pk).state == WorkState.REPORTED:
        accept_work(plan_work_id=one.pk, **who(world.clerk))
    return PlanWork.objects.get(pk=one.pk)


def note(world):
    """What was said of it."""
    return note_work(plan_work_id=work(world).pk, words="栽了 120 亩", **who(world.register.yang)).notes.first()


def asset(world, state=AssetState.TOLD):
    """Saplings of 120 mu stand there."""
    one = VillageAsset.objects.filter(village=world.datong).exclude(state=AssetState.GONE).first() or tell_asset(
        village=world.datong, name="苗木基地一期", size="120", unit="mu", belongs="collective", yuan="70000", from_on=date(2026, 6, 1), work=work(world), **who(world.register.yang),
    )  # fmt: skip
    if state == AssetState.THERE and one.state == AssetState.TOLD:
        check_asset(village_asset_id=one.pk, **who(world.clerk))
        one.refresh_from_db()
    return one
