"""The acts of rosters: one is asked for, put in force; a duty is changed or locked by hand, exchanged; an absence is told and mended; the clock's round of alarms."""

from datetime import date, datetime, timedelta
from typing import Annotated

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import clock, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import CHINA, today
from wanjia.kernel.command import command
from wanjia.orgs.delivery.commands import tell_all
from wanjia.orgs.fields import only
from wanjia.orgs.models import Area
from wanjia.policy.statuses import months_after
from wanjia.registry import bulk
from wanjia.solving.models import Standing
from wanjia.solving.runs.commands import ask_plan
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..guard_states import SWAP, Away, SwapState, Told
from ..guarding.force import Force
from ..guarding.subjects import GUARDS
from ..models import DutySwap, GateAlarm, GateDuty, Guard, GuardAbsence
from . import alarms, drawing, pages, queries, rules, standing
from .questions import cell_of, of_absence, of_duty
from .subjects import ABSENCES, DUTIES, SWAPS

DRAWS, EDITS, TELLS = {"duty": Duty.DRAW_ROSTER}, {"duty": Duty.EDIT_ROSTER}, {"duty": Duty.KEEP_GUARDS}
CHANGED = _("岗上的人换了,要换请重新提。")


# A roster comes about


@act(DUTIES, "roster_draw", at="draw", words=_("测算排班"), done=_("已开始测算,算好以后看过再启用。"), **DRAWS, may=rules.can_draw, new=True, call=None,
     because="a plan is watched, judged and put in force on its page by people", then=pages.to_plan, lines={})  # fmt: skip
def draw_roster(
    *, by, at,
    area: Annotated[Area, Asked(_("给哪里的学校排班"), among=queries.counties, within=rules.OUT_OF_REACH, initial=only(queries.counties))],
    month: Annotated[str, Asked(_("哪个月"), among=queries.months, buttons=True, initial=queries.next_month)],
    since: Annotated[date | None, Asked(_("从哪天起重新排"), _("方案、作息或者人变了才填:这一天以前的排班不动。"))] = None,
):  # fmt: skip
    """Have the roster of a month worked, or of the term that goes on (测算护学岗排班); since: the first day that it changes."""
    first, end = days_of(area, month.strip(), today(at))
    stands = Standing.objects.filter(kind=drawing.KIND, about=drawing.about(area, first, end)).exists()
    least = today(at) + timedelta(days=1) if stands else today(at)
    since = since or max(first, least)
    if not first <= since < end or since < least:
        raise Refused(_("从哪天起要在这段时间里,而且不早于明天:今天和以前的排班不动。"))
    settings = {"first": first.isoformat(), "end": end.isoformat(), "since": since.isoformat(), "term": month.strip() == queries.TERM}
    return ask_plan(drawing.KIND, drawing.about(area, first, end), area, settings=settings, by=by, at=at)


def days_of(area, month, day):
    """Return (first, end) of a month as 2026-11, or of the term of an area that a day lies in. Raises Refused for neither."""
    if month == queries.TERM:
        term = queries.term_of(area, day)
        if term is None:
            raise Refused(_("今天不在学期里,先登记学期。"))
        return term.from_on, term.to_on
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Refused(_("月份写成 2026-11 这样。")) from None
    return first, months_after(first, 1)


def store(plan, posed, answer):
    """Write the duties of a version, inside the keeping of the plan."""
    bulk.insert(GateDuty, list(drawing.rows_of(plan, posed, answer.plan)))


def drop(plan):
    """Take a dropped version's duties away: nobody was told of them."""
    GateDuty.objects.filter(plan=plan).delete()


def swap(plan, before, *, by, at):
    """Let a version hold from its first changed day on: what stood before that day is copied as it stands, to the letter. Raises Refused where that day is past, where other
    days overlap, or where somebody who is named cannot come any more.
    """
    first, end, since = drawing.span(plan)
    if before is not None and since <= today(at):
        raise Refused(_("这一版从 %(day)s 起,已经到了。请重新测算一版。") % {"day": since})
    if GateDuty.objects.filter(plan=plan, day__lt=since).exists():
        raise Refused(_("这一版以前用过。请重新测算一版。"))
    if _overlapping(plan, first, end):
        raise Refused(_("这段时间已经有另一份排班在用。"))
    if n := _gone(plan):
        raise Refused(_("测算以后有 %(n)s 岗的人不能到岗了。请重新测算一版。") % {"n": n})
    if before is not None:
        kept = [bulk.fresh(GateDuty, plan_id=plan.pk, **values) for values in GateDuty.objects.filter(plan=before, day__lt=since).values(*COPIED)]
        bulk.insert(GateDuty, kept)
    _tell(at, drawing.schools_of(plan.area, first, end))


COPIED = ("school_id", "post_id", "place", "party", "n", "day", "from_at", "to_at", "going", "guard_id", "held", "lost_id", "version")


def _overlapping(plan, first, end):
    others = Standing.objects.filter(kind=drawing.KIND, plan__area=plan.area).exclude(about=plan.about).select_related("plan")
    return any(since < end and first < until for since, until, _since in (drawing.span(one.plan) for one in others))


def _gone(plan):
    """Return how many duties of a version name somebody who cannot come any more."""
    rows = list(GateDuty.objects.filter(plan=plan, guard__isnull=False))
    if not rows:
        return 0
    force = Force(drawing.guards_of(plan), min(one.day for one in rows), max(one.day for one in rows) + timedelta(days=1))
    return sum(force.kept_from(one.guard_id, one.day, one.from_at, one.to_at) is not None for one in rows)


# By hand


@act(DUTIES, "duty_give", at="give", words=_("改派"), done=_("已改派并锁定,以后重新测算也不变。"), **EDITS, may=rules.can_edit, rank=10, template="schools/rostering/give.html",
     more=pages.of_give, lines={"gate_duty.give": _("改派护学岗")})  # fmt: skip
def give_duty(gate_duty, *, by, at, guard: Annotated[Guard, Asked(_("改派谁"), among=queries.able_for, named=queries.every_guard, select=True)]):
    """Give a duty to somebody else by hand (改派): only to whom no rule keeps away; what it costs is shown before. It is locked."""
    option = next((one for one in of_duty(gate_duty, at).options(gate_duty) if one.guard == str(guard.pk)), None)
    if option is None:
        raise Refused(_("这个人不在这所学校护学,或者不是这一方的。"))
    if option.rule is not None:
        raise Refused(_("不能派他:%(why)s") % {"why": option.rule.zh})
    before = gate_duty.guard.name if gate_duty.guard else ""
    _set(gate_duty, guard.pk, held=True)
    _void([gate_duty.pk], by=by, at=at)
    journal.record(act="gate_duty.give", subject=gate_duty, by=by, at=at, area_code=gate_duty.school.area_id, before=before, after=guard.name, price=option.price)
    _tell(at, [gate_duty.school])
    return gate_duty


def _set(duty, guard_id, *, held=None):
    changed = GateDuty.objects.filter(pk=duty.pk, version=duty.version)
    if not changed.update(guard=guard_id, lost=None, held=duty.held if held is None else held, version=duty.version + 1):
        raise Conflict()
    duty.refresh_from_db()


def _void(keys, *, by, at, but=None):
    """Answer the exchanges that wait for these duties with no: others stand there now than the two who agreed."""
    for one in DutySwap.objects.filter(Q(one__in=keys) | Q(other__in=keys), state=SwapState.ASKED).exclude(pk=but).select_related("one__school"):
        one.decided_at, one.decided_by, one.answer = at, by if by.id else None, str(CHANGED)
        journal.move(one, SWAP, "decline", by=by, at=at, saving=["decided_at", "decided_by", "answer"], area_code=one.one.school.area_id)


@act(DUTIES, "duty_hold", at="hold", words=_("锁定或放开"), done=_("已记下。锁定的,重新测算也不动它。"), **EDITS, may=rules.can_edit, aside=True, lines={"gate_duty.hold": _("锁定或放开护学岗")})
def hold_duty(gate_duty, *, by, at):
    """Keep a duty from every later version, or let it go again (锁定)."""
    if not GateDuty.objects.filter(pk=gate_duty.pk, version=gate_duty.version).update(held=not gate_duty.held, version=gate_duty.version + 1):
        raise Conflict()
    gate_duty.refresh_from_db()
    journal.record(act="gate_duty.hold", subject=gate_duty, by=by, at=at, area_code=gate_duty.school.area_id, held=gate_duty.held)
    return gate_duty


@act(DUTIES, "duty_swap", at="swap", words=_("换岗"), done=_("已提交,等另一位有权限的人批准。"), **EDITS, may=rules.can_swap, rank=20, template="schools/rostering/ask_swap.html", more=pages.of_swap,
     lines={"duty_swap.ask": _("申请换岗")})  # fmt: skip
def ask_swap(
    gate_duty, *, by, at,
    other: Annotated[GateDuty, Asked(_("和哪一岗换"), among=queries.exchangeable, named=queries.every_duty, select=True, shown=queries.words_of)],
    both: Annotated[bool, Asked(_("双方都同意换"), answers=(_("都同意"), _("还没有")))],
    reason: Annotated[str, Asked(_("原因"), least=2, most=60)],
):  # fmt: skip
    """Ask that two guards exchange duties (换岗): both said yes, no rule is broken; somebody else approves."""
    if not both:
        raise Refused(_("双方都同意才能换岗。"))
    _exchange(gate_duty, other, at)
    one = DutySwap.objects.create(one=gate_duty, other=other, asked_at=at, asked_by=by if by.id else None, reason=reason.strip())
    journal.record(act="duty_swap.ask", subject=gate_duty, by=by, at=at, area_code=gate_duty.school.area_id, other=str(other.pk))
    return one


def _exchange(one, other, at):
    """Return what an exchange costs. Raises Refused where a rule forbids it, or where the two do not stand in one roster and party."""
    question = of_duty(one, at)
    if cell_of(other) not in question.rows or None in (one.guard_id, other.guard_id) or other.plan_id != one.plan_id or rules.starts_at(other) <= at or other.guard_id == one.guard_id:
        raise Refused(_("这两岗不能换:要是同一份排班、同一方、都还没开始、两个人的岗。"))
    price, why = question.exchange(one, other)
    if why:
        raise Refused(_("不能换岗:%(why)s") % {"why": why})
    return price


@act(SWAPS, "swap_decide", at="decide", words=_("批准换岗"), done=_("已答复。"), **EDITS, may=rules.can_decide, rank=10, template="schools/rostering/decide_swap.html", more=pages.of_decision,
     lines={"duty_swap.agree": _("批准换岗"), "duty_swap.decline": _("没有批准换岗")})  # fmt: skip
def decide_swap(
    duty_swap, *, by, at,
    agree: Annotated[bool, Asked(_("批准吗"), answers=(_("批准"), _("不批准")))],
    answer: Annotated[str, Asked(_("答复"), _("不批准的写明原因。"), most=60)] = "",
):  # fmt: skip
    """Approve an exchange or not (批准换岗); whoever approves is not who asked. The rules are asked again."""
    if not agree and len(answer.strip()) < 2:
        raise Refused(_("不批准的写明原因。"))
    if agree:
        one, other = duty_swap.one, duty_swap.other
        _exchange(one, other, at)
        first, second = one.guard_id, other.guard_id
        # One gate at a time: the first steps aside before the second takes his place.
        GateDuty.objects.filter(pk=one.pk).update(guard=None)
        _set(other, first)
        _set(one, second)
        _void([one.pk, other.pk], by=by, at=at, but=duty_swap.pk)
    duty_swap.decided_at, duty_swap.decided_by, duty_swap.answer = at, by if by.id else None, answer.strip()
    saving = ["decided_at", "decided_by", "answer"]
    journal.move(duty_swap, SWAP, "agree" if agree else "decline", by=by, at=at, saving=saving, area_code=duty_swap.one.school.area_id)
    return duty_swap


# Absences


@act(GUARDS, "guard_away", at="away", words=_("登记不能到岗"), done=_("已登记。空出来的岗已经报警,接着补人。"), **TELLS, may=rules.can_tell_away, rank=5, then=pages.to_absence, lines={"guard.away": _("登记护学人员不能到岗")})
def tell_away(
    guard, *, by, at,
    from_on: Annotated[date, Asked(_("从哪天起"), initial=lambda _row, _actor, day: day)],
    until_on: Annotated[date, Asked(_("到哪天"), _("最后一个不能来的日子。"), initial=lambda _row, _actor, day: day)],
    why: Annotated[Away, Asked(_("原因"))],
    way: Annotated[Told, Asked(_("怎么说的"))],
    from_at: Annotated[str, Asked(_("几点起"), _("整天的空着。"), field=clock, most=5)] = "",
    until_at: Annotated[str, Asked(_("到几点"), _("整天的空着。"), field=clock, most=5)] = "",
):  # fmt: skip
    """Write down that a guard cannot come (不能到岗), as he told it by telephone, on paper or in person. The duties that he loses stand open, and are told at once."""
    begin = datetime.combine(from_on, time_of(from_at) if from_at.strip() else datetime.min.time(), CHINA)
    end = datetime.combine(until_on, time_of(until_at), CHINA) if until_at.strip() else datetime.combine(until_on + timedelta(days=1), datetime.min.time(), CHINA)
    if end <= begin:
        raise Refused(_("结束要在开始以后。"))
    if end <= at:
        raise Refused(_("这段时间已经过去了。"))
    one = GuardAbsence.objects.create(guard=guard, from_at=begin, until_at=end, why=why, way=way, recorded_at=at, recorded_by=by if by.id else None)
    lost = _lose(one, at)
    _void([duty.pk for duty in lost], by=by, at=at)
    journal.record(act="guard.away", subject=guard, by=by, at=at, area_code=_area(guard), lost=len(lost))
    if lost:
        _tell(at, list({duty.school_id: duty.school for duty in lost}.values()))
    return one


def _area(guard):
    return guard.school.area_id if guard.school_id else guard.unit.area_id


def _lose(absence, at):
    """Open the duties of the standing rosters that an absence takes from its guard and that have not begun; return them."""
    last = today(absence.until_at) + timedelta(days=2)
    rows = standing.of_standing().filter(guard=absence.guard_id, day__gte=max(today(at), today(absence.from_at)), day__lt=last).select_related("school__area", "school__unit", "plan")
    force = Force([absence.guard], today(at), last)
    lost = [one for one in rows if rules.starts_at(one) > at and force.kept_from(absence.guard_id, one.day, one.from_at, one.to_at)]
    for one in lost:
        GateDuty.objects.filter(pk=one.pk).update(guard=None, lost=absence, held=False, version=one.version + 1)
    return lost


@act(ABSENCES, "absence_back", at="back", words=_("销假"), done=_("已销假。还没有补上人的岗仍由他上。"), **TELLS, may=rules.can_take_back, aside=True, lines={"guard.back": _("护学人员销假")})
def take_back(guard_absence, *, by, at):
    """Say that a guard comes after all (销假): the duties that nobody took meanwhile are his again, where no rule stands against it."""
    if not GuardAbsence.objects.filter(pk=guard_absence.pk, taken_back_at=None).update(taken_back_at=at):
        raise Conflict()
    guard_absence.refresh_from_db()
    schools = {}
    for one in guard_absence.lost.filter(plan__standing__isnull=False, guard=None).select_related("school__area", "school__unit", "plan").order_by("day", "from_at"):
        schools[one.school_id] = one.school
        free = rules.starts_at(one) > at and any(each.guard == str(guard_absence.guard_id) and each.rule is None for each in of_duty(one, at).options(one))
        if free:
            GateDuty.objects.filter(pk=one.pk, guard=None).update(guard=guard_absence.guard_id, lost=None, version=one.version + 1)
    journal.record(act="guard.back", subject=guard_absence.guard, by=by, at=at, area_code=_area(guard_absence.guard))
    if schools:
        _tell(at, list(schools.values()))
    return guard_absence


@act(ABSENCES, "absence_mend", at="mend", words=_("补岗"), done=_("已补岗。"), **EDITS, may=rules.can_mend, rank=10, template="schools/rostering/mend.html", more=pages.of_mending,
     lines={"guard.mend": _("补护学岗")})  # fmt: skip
def mend_absence(
    guard_absence, *, by, at,
    way: Annotated[str, Asked(_("怎么补"), among=lambda *_row: WAYS)],
    seen: Annotated[str, Asked(_("看到的改动数"), hidden=True, most=12, initial=lambda row, _actor, _day: queries.stamp(row))] = "",
):  # fmt: skip
    """Mend what an absence left open (补岗): with the fewest changes, or as well as can be from the first loss on. What was shown is what is done: it is worked out again, and refused when it came out otherwise."""
    if seen and seen != queries.stamp(guard_absence):
        raise Conflict(_("排班刚刚变了,请再看一遍两个办法。"))
    question = of_absence(guard_absence, at)
    option = getattr(question.mended(guard_absence), way)
    changes = [(cell, option.roster.plan[cell]) for cell in option.changed if cell in question.rows and rules.starts_at(question.rows[cell]) > at]
    changes = [(question.rows[cell], who) for cell, who in changes]
    _apply(changes)
    _void([one.pk for one, _who in changes], by=by, at=at)
    journal.record(act="guard.mend", subject=guard_absence.guard, by=by, at=at, area_code=_area(guard_absence.guard), way=way, changed=len(changes), open=option.open_seats)
    _tell(at, list({one.school_id: one.school for one, _who in changes}.values()) or None)
    return guard_absence


WAYS = [("fewest", _("改动最少")), ("best", _("整体最好"))]


def _apply(changes):
    """Set who takes some duties, in one go: everybody steps aside before anybody takes another's place."""
    GateDuty.objects.filter(pk__in=[one.pk for one, _who in changes]).update(guard=None)
    for one, who in changes:
        changed = GateDuty.objects.filter(pk=one.pk, version=one.version)
        if not changed.update(guard=who, lost=None if who else one.lost_id, version=one.version + 1):
            raise Conflict()


def _tell(at, schools=None):
    """Tell what is uncovered, of these schools alone, and that what was is covered again; returns how many alarms are new. Inside the transaction of the act that left a slot open, or of the clock's round."""
    new, closed, again = alarms.look(at, schools)
    GateAlarm.objects.filter(pk__in=closed).update(covered_at=at)
    GateAlarm.objects.filter(pk__in=again).update(covered_at=None)
    GateAlarm.objects.bulk_create(new, ignore_conflicts=True)  # an act and the clock may look at once: whoever comes second says nothing new
    tell_all(alarms.messages(new, reverse("schools:alarms")), at=at)
    return len(new)


@command("schools.look_round")
def look_round(*, by, at):
    """Look what is uncovered, and tell it (空岗报警): the clock's round. Returns how many alarms are new."""
    rules.is_clock(by).or_raise()
    return _tell(at)
