"""A plan of nine aspects in the demo county's village: some items accepted, one late, one that waits to be accepted; what stands there. All words are invented."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from wanjia.kernel.calendar import CHINA, today
from wanjia.orgs.roles import Role

from ..agenda import commands as agenda
from ..meetings import commands as meetings
from ..models import GoverningBody, PlanWork, VillagePlan
from ..planning import commands as planning
from ..planning.working import commands as working
from ..planning.zoning import commands as zoning
from .points import holder

MET = 50  # days ago
ASPECTS = ["产业", "道路", "饮水", "人居环境", "住房", "公共服务", "文化", "生态", "治理"]
ITEMS = [
    ("苗木基地扩到 300 亩", "300", "mu", 180000), ("稻田养鱼 70 亩", "70", "mu", 56000), ("冷藏库一处", "1", "piece", 120000), ("彩色大道 13 公里", "13", "km", 260000), ("三组入户路硬化", "2.4", "km", 96000),
    ("村口错车道两处", "2", "piece", 18000), ("二组水池清洗加盖", "", "", 3000), ("三组主管换新", "1.8", "km", 27000), ("水源地围栏", "", "", 9000), ("垃圾池改建三处", "3", "piece", 24000), ("公厕一座", "1", "piece", 60000),
    ("房前屋后清理", "", "", 0), ("旧房排查", "", "", 0), ("改厨改圈 20 户", "20", "home_unit", 80000), ("空心房拆除", "", "", 15000), ("卫生室添设备", "", "", 22000), ("老年活动室", "1", "piece", 35000), ("村小操场平整", "", "", 12000),
    ("路灯 40 盏", "40", "piece", 64000), ("快递点一处", "1", "piece", 5000), ("文化广场铺砖", "", "", 48000), ("花灯队服装道具", "", "", 8000), ("村史室", "1", "piece", 20000), ("河道清淤 3 公里", "3", "km", 30000),
    ("荒坡补植", "60", "mu", 42000), ("农膜回收点", "1", "piece", 2000), ("封山禁牧牌", "", "", 1500), ("村规民约修订", "", "", 0), ("议事亭", "1", "piece", 26000), ("积分超市扩柜", "", "", 6000), ("调解室", "1", "piece", 4000),
    ("网格名单上墙", "", "", 800), ("监控补点", "6", "piece", 18000), ("应急物资", "", "", 9000), ("干部联户名单", "", "", 0),
]  # fmt: skip
PER_ASPECT = 4
ZONES = [
    ("彩色大道走廊", "zone_corridor", "村口大桥到三组晒坝,沿路两边各 20 米", "花木观光", "60,900 220,760 430,640 600,470 760,330 930,120"),
    ("稻田养鱼区", "zone_area", "大田坝,二组、三组连片水田", "稻鱼共作", "560,640 820,520 940,700 860,900 620,880"),
    ("苗木区", "zone_area", "一组后山缓坡", "苗木基地", "80,80 420,60 480,230 330,360 110,330"),
    ("居住区", "zone_area", "各组院坝", "住人、公共服务", "90,430 380,440 400,560 210,690 80,640"),
]
LIES = {
    1: "苗木区", 2: "稻田养鱼区", 4: "彩色大道走廊", 5: "居住区", 6: "彩色大道走廊", 12: "居住区", 14: "居住区", 16: "居住区", 19: "彩色大道走廊", 21: "居住区", 24: "稻田养鱼区", 25: "苗木区",
}  # fmt: skip


def live(code, say):
    """Live it once, in the village whose council meets; returns {what: how many}."""
    told, body = Counter(), GoverningBody.objects.filter(area__code__startswith=code[:6], kind="representatives").select_related("area").first()
    if body is None or VillagePlan.objects.exists():
        return told
    village = body.area
    keeper, other = holder(Role.VILLAGE_WORKER, village.pk), holder(Role.TOWNSHIP_WORKER, village.parent_id)
    if not (keeper and other):
        return told
    at = timezone.now().astimezone(CHINA).replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=MET)
    plan = _drawn(village, _decided(body, keeper, at), keeper, other, at)
    _worked(plan, village, keeper, other, at, told)
    told["works"] = plan.works.count()
    say(f"  村庄规划:{told['works']} 项,验收 {told['done']} 项 / {told['works']} items planned, {told['done']} accepted")
    return told


def _decided(body, keeper, at):
    who = {"by": keeper, "at": at}
    item = agenda.propose_item(
        governing_body_id=body.pk, title=f"{body.area.short_name}建设规划", words="九个方面三十五项,三年做完。", source="committee", kind="major", matter="planning", proposed_on=today(at) - timedelta(days=9), **who,
    )  # fmt: skip
    held = meetings.call_meeting(governing_body_id=body.pk, day=today(at), place="村委会会议室", told_on=today(at) - timedelta(days=5), counting="seats", **who)
    agenda.put_item(agenda_item_id=item.pk, meeting=held, **who)
    held = meetings.open_meeting(meeting_id=held.pk, **who)
    for seat in held.roll.order_by("seat__office", "pk")[:8]:
        meetings.mark_roll(meeting_seat_id=seat.pk, came="present", **who)
    agenda.note_words(agenda_item_id=item.pk, minutes="先修路和水,苗木当年见效。", **who)
    agenda.rule_on_item(agenda_item_id=item.pk, ruling="pass", votes_for=7, votes_against=1, conclusion="照规划三年做完,每季度公布进度。", answers="村委会主任", due_on=today(at) + timedelta(days=1000), **who)
    seats = [row.seat for row in held.roll.filter(came="present")[:2]]
    meetings.close_meeting(meeting_id=held.pk, witness_one=seats[0], witness_two=seats[1], signatures=8, by=keeper, at=at + timedelta(hours=2))
    item.refresh_from_db()
    return item


def _drawn(village, item, keeper, other, at):
    at += timedelta(days=1)
    who = {"by": keeper, "at": at}
    plan = planning.draw_plan(village=village, name=f"{village.short_name}三年建设规划", item=item, **who)
    for n, name in enumerate(ASPECTS, 1):
        planning.write_aspect(village_plan_id=plan.pk, n=n, name=name, **who)
    zoning.put_sketch(village_plan_id=plan.pk, **who)
    for name, kind, bounds, use, points in ZONES:
        planning.write_zone(village_plan_id=plan.pk, name=name, bounds=bounds, use=use, kind=kind, **who)
        zoning.draw_zone(village_plan_id=plan.pk, zone=plan.zones.get(name=name), points=points, **who)
    aspects, zones = list(plan.aspects.order_by("n")), {zone.name: zone for zone in plan.zones.all()}
    for n, (words, size, unit, yuan) in enumerate(ITEMS, 1):
        planning.write_work(
            village_plan_id=plan.pk, n=n, aspect=aspects[min((n - 1) // PER_ASPECT, len(aspects) - 1)], words=words, owner=other if n % 4 == 0 else keeper, due_on=today(at) + timedelta(days=n * 12), yuan=str(yuan),
            size=size, unit=unit or None, zone=zones.get(LIES.get(n)), **who,
        )  # fmt: skip
    return planning.adopt_plan(village_plan_id=plan.pk, by=other, at=at + timedelta(hours=4))


def _worked(plan, village, keeper, other, at, told):
    """The first items go on: one stands there and is accepted, one waits, one is late; the assets foot with the plan, or do not yet."""
    at += timedelta(days=10)
    for name, size, unit, yuan, n in (("苗木基地", "300", "mu", "172000", 1), ("稻田养鱼一期", "46", "mu", "38000", 2), ("彩色大道", "13", "km", "255000", 4)):
        asset = working.tell_asset(village=village, name=name, size=size, unit=unit, belongs="collective", yuan=yuan, from_on=today(at) - timedelta(days=40), work=PlanWork.objects.get(plan=plan, n=n), by=keeper, at=at)
        working.check_asset(village_asset_id=asset.pk, by=other, at=at + timedelta(hours=2))
    for n, words, yuan in ((1, "300 亩栽完,成活九成", "172000"), (7, "水池清洗、加盖", "2800"), (13, "旧房查完,两处要修", ""), (5, "三组入户路打完", "94000")):
        work = PlanWork.objects.get(plan=plan, n=n)
        working.note_work(plan_work_id=work.pk, words="已经开工", by=keeper, at=at)
        working.report_work(plan_work_id=work.pk, done_on=today(at), done_words=words, yuan=yuan, by=keeper, at=at + timedelta(days=20))
        if n != PER_ASPECT + 1:
            working.accept_work(plan_work_id=work.pk, by=other, at=at + timedelta(days=22))
            told["done"] += 1
    working.note_work(plan_work_id=PlanWork.objects.get(plan=plan, n=2).pk, words="一期 46 亩放了鱼苗,剩下的等秋收后开沟", by=keeper, at=at + timedelta(days=25))
