"""The acts of patrols: planned for weeks or for one evening, joined, walked or excused; what is found becomes a step on the receipt of its notice."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import Weekday, clock, digits_of, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.fields import widest
from wanjia.orgs.models import Area, Organisation
from wanjia.orgs.units.fields import unit_of
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import NoticeReceipt, NoticeStep, Patrol, PatrolFinding, PatrolForce, PatrolPlan, SafetyNotice, School
from ..notice_states import Step
from ..notices import queries as notices
from ..notices.commands import take_step
from ..road_states import PATROL, PatrolState
from . import pages, queries, rules
from .subjects import PATROLS, PLANS

LEADS, WORKS = {"duty": Duty.LEAD_ROUNDS}, {"duty": Duty.INSPECT}
SAME = _("这个范围这条路线、这一天这个时间已经有巡查:在那一次里加参加单位。")
NO_DAY = _("这些天里没有选中的星期几。")
ELSEWHERE = _("一起巡查的单位要在本县。")


def _unit(label, help_text=""):
    """Return how another unit of the county is asked for."""
    offered = {"named": lambda *_row: Organisation.objects.all(), "field": lambda row, actor, day, **given: unit_of(lambda _actor: queries.units_to_send(row, actor, day))(row, actor, day, **given)}
    return Asked(label, help_text, **offered)


In = Annotated[Area, Asked(_("范围"), among=queries.areas, within=rules.OUT_OF_REACH, initial=widest(queries.areas))]
Route = Annotated[str, Asked(_("路线"), _("例如:校门口—江边广场—网吧一条街。不写人名、车牌。"), least=4, most=80)]
Lead = Annotated[Organisation, Asked(_("组织单位"), among=queries.units, within=_("只能以您所在的单位安排。"), initial=lambda row, actor, day: queries.units(row, actor, day).first())]
Starts = Annotated[str, Asked(_("几点出发"), field=clock, most=5, least=1, initial="19:30")]
Ends = Annotated[str, Asked(_("几点结束"), _("过了半夜的照写,例如 22:00 到 00:30。"), field=clock, most=5, least=1, initial="21:00")]
People = Annotated[int, Asked(_("本单位派几人"), least=1, most=99, initial=2)]
Other = Annotated[Organisation | None, _unit(_("一起巡查的单位"), _("一起走的算一次巡查,不各算各的。更多的单位在那一次里加。"))]
OtherPeople = Annotated[int, Asked(_("这个单位派几人"), most=99, initial=0)]
For = Annotated[SafetyNotice | None, Asked(_("为哪份通告、倡议"), _("没有通告、倡议的晚间护学巡查不选。"), among=queries.notices, within=_("这份通告、倡议不在您的范围。"), none=_("晚间护学路线,没有通告、倡议"))]
Near = Annotated[School | None, Asked(_("靠近哪所学校"), among=queries.schools, within=rules.OUT_OF_REACH, shown=lambda one: one.unit.name, none=_("不在学校附近"))]


def _comes(other, area_code, at):
    """Refuse a unit that is not of the county: on a form it is not offered, a call may name any."""
    if not queries.units_of(area_code, today(at)).filter(pk=other.pk).exists():
        raise Refused(ELSEWHERE)


def _forces(area, unit, people, other, other_people, at):
    """Return [(unit, people)] that walk. Raises Refused where the other one is of another county, sends nobody, or is the same."""
    if other is None:
        return [(unit, people)]
    _comes(other, area.pk, at)
    if other.pk == unit.pk:
        raise Refused(_("一起巡查的单位和组织单位是同一个。"))
    if not other_people:
        raise Refused(_("写明一起巡查的单位派几人。"))
    return [(unit, people), (other, other_people)]


def _facts(area, route, notice, starts, ends, first, last):
    """Return (hours, route) of patrols of these days. Raises Refused for what no patrol may be."""
    rules.tells_nobody(route).or_raise()
    from_at, to_at = time_of(starts), time_of(ends)
    if from_at == to_at:
        raise Refused(_("几点结束不能和几点出发一样。"))
    rules.follows(notice, area, first, last).or_raise()
    return {"area": area, "route": route.strip(), "notice": notice, "from_at": from_at, "to_at": to_at}


def _planned(days, forces, by, at, **facts):
    """Put down a patrol for each day, with who walks it. Raises Conflict where one stands already: those who come along join it."""
    made = [Patrol(day=day, made_at=at, made_by_id=by.id, **facts) for day in days]
    try:
        with transaction.atomic():
            Patrol.objects.bulk_create(made)
    except IntegrityError:
        raise Conflict(SAME) from None
    PatrolForce.objects.bulk_create([PatrolForce(patrol=one, unit=unit, people=people) for one in made for unit, people in forces])
    return made


@act(PLANS, "patrol_plan_new", at="new", words=_("安排巡查"), done=_("已安排。每一天都列出来了,巡查了的登记,没巡查的写明原因。"), **LEADS, may=rules.plans, new=True, lines={"patrol_plan.write": _("安排巡查")})
def plan_patrols(
    *, by, at,
    area: In, unit: Lead,
    name: Annotated[str, Asked(_("名称"), _("例如:期末考试晚间巡查。"), least=2, most=60)],
    notice: For = None, route: Route, near: Near = None,
    from_on: Annotated[date, Asked(_("从哪天起"), initial=lambda _row, _actor, day: day)],
    until_on: Annotated[date, Asked(_("到哪天止"))],
    weekdays: Annotated[list[Weekday], Asked(_("星期几"), initial=list("1234567"))],
    starts: Starts, ends: Ends, people: People, other: Other = None, other_people: OtherPeople = 0,
):  # fmt: skip
    """Plan patrols over some days (安排巡查): each day of it is a patrol that is walked, or of which somebody writes why not."""
    if not today(at) <= from_on <= until_on:
        raise Refused(_("从今天或者以后起,到哪天止不能早于从哪天起。"))
    if until_on - from_on >= rules.LONGEST:  # both days are walked
        raise Refused(_("一次最多安排 %(n)s 天。") % {"n": rules.LONGEST.days})
    facts = _facts(area, route, notice, starts, ends, from_on, until_on) | {"unit": unit, "near": near}
    forces, digits = _forces(area, unit, people, other, other_people, at), digits_of([int(day) for day in weekdays])
    days = queries.days_of(from_on, until_on, digits)
    if not days:
        raise Refused(NO_DAY)
    plan = PatrolPlan.objects.create(name=name.strip(), from_on=from_on, until_on=until_on, weekdays=digits, made_at=at, made_by_id=by.id, **facts)
    _planned(days, forces, by, at, plan=plan, **facts)
    journal.record(act="patrol_plan.write", subject=plan, by=by, at=at, area_code=area.pk, n=len(days))
    return plan


@act(PLANS, "patrol_plan_end", at="end", words=_("停止安排"), done=_("已停。以后的巡查写上了这个原因。"), **LEADS, may=rules.can_end, aside=True, tone="danger", lines={"patrol_plan.end": _("停止巡查安排")})
def end_patrol_plan(
    patrol_plan, *, by, at,
    day: Annotated[date, Asked(_("从哪天起不再巡查"), initial=lambda _row, _actor, day: day)],
    reason: Annotated[str, Asked(_("为什么不再巡查"), least=4, most=200)],
):  # fmt: skip
    """End a plan from a day on (停止安排): each patrol that would follow bears the reason, what lies before is still to be told."""
    plan = patrol_plan
    if day < today(at):
        raise Refused(_("只能从今天或者以后停。"))
    rules.tells_nobody(reason).or_raise()
    if not PatrolPlan.objects.filter(pk=plan.pk, version=plan.version).update(ended_on=day, end_reason=reason.strip(), version=plan.version + 1):
        raise Conflict()
    plan.refresh_from_db()
    for one in plan.patrols.select_for_update(of=("self",), no_key=True).filter(state=PatrolState.PLANNED, day__gte=day).order_by("day"):
        _missed(one, by, at, reason.strip())
    journal.record(act="patrol_plan.end", subject=plan, by=by, at=at, area_code=plan.area_id, reason=reason.strip())
    return plan


@act(PATROLS, "patrol_new", at="new", words=_("加一次巡查"), done=_("已加。"), **LEADS, may=rules.plans, new=True, lines={"patrol.plan": _("加一次巡查")})
def plan_patrol(
    *, by, at,
    area: In, unit: Lead, notice: For = None, route: Route, near: Near = None,
    day: Annotated[date, Asked(_("日期"), initial=lambda _row, _actor, day: day)],
    starts: Starts, ends: Ends, people: People, other: Other = None, other_people: OtherPeople = 0,
):  # fmt: skip
    """Plan one patrol outside a plan (加一次巡查): tonight, or some day of the next weeks."""
    if not today(at) <= day <= today(at) + rules.LONGEST:
        raise Refused(_("日期从今天起,最多 %(n)s 天以后。") % {"n": rules.LONGEST.days})
    facts = _facts(area, route, notice, starts, ends, day, day) | {"unit": unit, "near": near}
    one = _planned([day], _forces(area, unit, people, other, other_people, at), by, at, **facts)[0]
    journal.record(act="patrol.plan", subject=one, by=by, at=at, area_code=area.pk)
    return one


@act(PATROLS, "patrol_join", at="join", words=_("加参加单位"), done=_("已加。"), **LEADS, may=rules.can_join, rank=30, tone="quiet", lines={"patrol.join": _("巡查加参加单位")})
def join_patrol(patrol, *, by, at, other: Annotated[Organisation, _unit(_("一起巡查的单位"))], other_people: Annotated[int, Asked(_("这个单位派几人"), least=1, most=99, initial=2)]):
    """Send one more unit along on a patrol: it stays one patrol."""
    _comes(other, patrol.area_id, at)
    try:
        with transaction.atomic():
            PatrolForce.objects.create(patrol=patrol, unit=other, people=other_people)
    except IntegrityError:
        raise Conflict(_("这个单位已经参加。")) from None
    journal.record(act="patrol.join", subject=patrol, by=by, at=at, area_code=patrol.area_id, unit=str(other.pk))
    return patrol


@act(PATROLS, "patrol_walk", at="walk", words=_("登记已巡查"), done=_("已登记。"), **WORKS, may=rules.can_walk, rank=5, lines={"patrol.walk": _("登记已巡查")})
def walk_patrol(
    patrol, *, by, at,
    people: Annotated[int, Asked(_("到场几人"), _("几个单位一起走的,合起来写。"), least=1, most=300, initial=lambda row, *_rest: sum(row.forces.values_list("people", flat=True)) if row else None)],
    places: Annotated[int, Asked(_("看了几处"), most=300, initial=0)],
    seen: Annotated[str, Asked(_("看到什么"), _("写事不写人;没有事的可以空着。有通告、倡议没遵守的,先登记处置。"), rows=2, most=300)] = "",
):  # fmt: skip
    """Say that a patrol was walked (已巡查): once, whoever of its units says it."""
    rules.has_set_out(patrol, at).or_raise()
    rules.tells_nobody(seen).or_raise()
    one = patrol
    one.people, one.places, one.seen, one.told_at, one.told_by_id = people, places, seen.strip(), at, by.id
    journal.move(one, PATROL, "walk", by=by, at=at, saving=["people", "places", "seen", "told_at", "told_by_id"], area_code=one.area_id)
    return one


def _missed(one, by, at, reason):
    """Write why a patrol is not walked."""
    one.reason, one.told_at, one.told_by_id = reason, at, by.id
    journal.move(one, PATROL, "miss", by=by, at=at, saving=["reason", "told_at", "told_by_id"], area_code=one.area_id, reason=reason)
    return one


@act(PATROLS, "patrol_miss", at="miss", words=_("没巡查,写明原因"), done=_("已写明。"), **WORKS, may=rules.can_miss, aside=True, lines={"patrol.miss": _("写明没巡查的原因")})
def miss_patrol(patrol, *, by, at, reason: Annotated[str, Asked(_("为什么没巡查"), _("例如:暴雨,道路中断。"), rows=2, least=4, most=200)]):
    """Write why a patrol is not walked: it stays on the list with this reason."""
    rules.tells_nobody(reason).or_raise()
    if patrol.findings.exists():
        raise Refused(_("这次巡查登记过处置,就是走过了,请登记已巡查。"))
    return _missed(patrol, by, at, reason.strip())


@act(PATROLS, "patrol_step", at="step", words=_("登记没遵守通告、倡议的"), done=_("已登记在这一处的回执上。"), **WORKS, may=rules.can_find, rank=10, tone="quiet", given=pages.at_place, more=pages.bare, lines={"patrol.find": _("巡查登记处置")})
def find_on_patrol(
    patrol, *, by, at,
    receipt: Annotated[NoticeReceipt, Asked(_("哪一处"), among=lambda row, actor, day: queries.receipts(row, actor), within=_("这一处不在这次巡查的名单上,或者还没有送达。"), named=lambda *_row: NoticeReceipt.objects.all())],
    step: Annotated[Step, Asked(_("处置步骤"), _("先劝告,再批评教育,情节严重的移送公安。"))],
    words: Annotated[str, Asked(_("看到什么"), _("写事,不写个人姓名。"), rows=2, least=4, most=300)],
    licensed: Annotated[int, Asked(_("持执法证几人"), most=99, initial=2)],
    reply: Annotated[str, Asked(_("当事人怎么说"), _("陈述、申辩照原话记;不说的写“当事人不陈述”。移送的必填。"), rows=2, most=300)] = "",
    evidence: Annotated[str, Asked(_("证据"), _("笔录、照片、回执的名称和件数。移送的必填。"), rows=2, most=300)] = "",
    handed_to: Annotated[Organisation | None, Asked(_("移送给"), _("移送公安的选。"), named=lambda *_row: Organisation.objects.all(),
                                                    field=lambda row, actor, day, **given: unit_of(lambda _actor: notices.police(row, day))(row, actor, day, **given))] = None,
):  # fmt: skip
    """Enter what a patrol found where its notice is not heeded: a step on that receipt, by the receipt's own rules (order, two officers, evidence, what was said in answer)."""
    rules.has_set_out(patrol, at).or_raise()
    rules.tells_nobody(words, reply, evidence).or_raise()
    take_step(notice_receipt_id=receipt.pk, step=step, day=patrol.day, words=words, licensed=licensed, reply=reply, evidence=evidence, handed_to=handed_to, by=by, at=at)
    taken = NoticeStep.objects.filter(receipt=receipt.pk, step=step, day=patrol.day, taken_by=by.id, finding=None).latest("taken_at")
    PatrolFinding.objects.create(patrol=patrol, step=taken)
    journal.record(act="patrol.find", subject=patrol, by=by, at=at, area_code=patrol.area_id, receipt=str(receipt.pk), step=step)
    return patrol


def take_patrols(takers, leaving, *, why, by, at):
    """Hand patrols that nobody told to the unit that leads or walks them from now on, within the act that ends theirs: no evening is left to nobody."""
    for one in Patrol.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=takers, state=PatrolState.PLANNED).order_by("pk"):
        unit = takers[one.pk].unit
        rules.can_take(one.area_id, unit, leaving.day).or_raise()
        if one.unit_id == leaving.unit.pk:
            Patrol.objects.filter(pk=one.pk).update(unit=unit, version=one.version + 1)
            PatrolPlan.objects.filter(pk=one.plan_id, unit=leaving.unit).update(unit=unit)
        _send(one, leaving.unit, unit)
        journal.record(act="patrol.take_over", subject=one, by=by, at=at, area_code=one.area_id, reason=why, was=str(leaving.unit.pk), unit=str(unit.pk))


def _send(one, gone, unit):
    """Put a unit where the other would have walked; where both would, their people are put together."""
    sent, there = one.forces.filter(unit=gone).first(), one.forces.filter(unit=unit).first()
    if sent and there:
        PatrolForce.objects.filter(pk=there.pk).update(people=there.people + sent.people)
        sent.delete()
    elif sent:
        PatrolForce.objects.filter(pk=sent.pk).update(unit=unit)
