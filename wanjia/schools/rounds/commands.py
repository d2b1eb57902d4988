"""The acts of rounds: planned, teams put together, begun over all places, one left out with a reason, closed; drafts of the calendar by the clock."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.kernel.command import command
from wanjia.orgs.fields import widest
from wanjia.orgs.models import Area, Organisation
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..inspection_states import ROUND, Calls, RoundKind, RoundState, VenueKind
from ..models import InspectionRound, RoundTeam, RoundVenue, TeamUnit
from . import asking, queries, rules
from .subjects import ROUNDS, STOPS, TEAMS

LEADS = {"duty": Duty.LEAD_ROUNDS}
Lead = Annotated[Organisation, Asked(_("牵头单位"), among=queries.leading_units, within=_("只能由您所在的单位牵头。"), initial=lambda row, actor, day: queries.leading_units(row, actor, day).first())]
Kinds = Annotated[list[VenueKind], Asked(_("查哪些场所"), initial=lambda row, *_rest: list(row.covers()) if row else None)]
Goal = Annotated[str, Asked(_("目标"), rows=2, most=300, initial=lambda row, *_rest: row.goal if row else "")]


def _kinds(kinds):
    if not kinds:
        raise Refused(_("至少选一类场所。"))
    return " ".join(one for one in VenueKind.values if one in kinds)


def _span(from_on, until_on):
    if until_on < from_on:
        raise Refused(_("查到哪天不能早于从哪天起。"))


@act(ROUNDS, "round_new", at="new", words=_("组织检查"), done=_("已列出。编好检查组就可以开始。"), **LEADS, may=rules.plans, new=True, lines={"inspection_round.plan": _("组织检查")})
def plan_round(
    *, by, at,
    area: Annotated[Area, Asked(_("范围"), among=queries.areas, within=rules.OUT_OF_REACH, initial=widest(queries.areas))],
    name: Annotated[str, Asked(_("名称"), _("例如:2026年中考前联合检查。"), least=2, most=60)],
    kind: Annotated[RoundKind, Asked(_("检查方式"))],
    calls: Annotated[Calls, Asked(_("为什么查"))],
    kinds: Kinds, lead: Lead,
    from_on: Annotated[date, Asked(_("从哪天起"))],
    until_on: Annotated[date, Asked(_("查到哪天"))],
    goal: Goal = "",
):  # fmt: skip
    """Plan a round over all places of some kinds in an area (组织检查)."""
    _span(from_on, until_on)
    one = InspectionRound.objects.create(
        area=area, name=name.strip(), kind=kind, calls=calls, kinds=_kinds(kinds), lead=lead, goal=goal.strip(), from_on=from_on, until_on=until_on, made_at=at, made_by_id=by.id,
    )  # fmt: skip
    journal.record(act="inspection_round.plan", subject=one, by=by, at=at, area_code=area.pk)
    return one


@act(ROUNDS, "round_change", at="change", words=_("改检查方案"), done=_("已改。"), **LEADS, may=rules.can_change, rank=30, tone="quiet", lines={"inspection_round.change": _("改检查方案")})
def change_round(
    inspection_round, *, by, at,
    name: Annotated[str, Asked(_("名称"), least=2, most=60, initial=lambda row, *_rest: row.name)],
    kinds: Kinds, lead: Lead,
    from_on: Annotated[date, Asked(_("从哪天起"), initial=lambda row, *_rest: row.from_on)],
    until_on: Annotated[date, Asked(_("查到哪天"), initial=lambda row, *_rest: row.until_on)],
    goal: Goal = "",
):  # fmt: skip
    """Change a round that has not begun; one of the calendar is taken on by the unit that changes it."""
    _span(from_on, until_on)
    rows = InspectionRound.objects.filter(pk=inspection_round.pk, version=inspection_round.version, state=RoundState.DRAFT)
    facts = {"name": name.strip(), "kinds": _kinds(kinds), "lead": lead, "from_on": from_on, "until_on": until_on, "goal": goal.strip()}
    if not rows.update(**facts, version=inspection_round.version + 1):
        raise Conflict()
    inspection_round.refresh_from_db()
    journal.record(act="inspection_round.change", subject=inspection_round, by=by, at=at, area_code=inspection_round.area_id)
    return inspection_round


@act(ROUNDS, "team_new", at="teams/new", words=_("编检查组"), done=_("已编。"), **LEADS, may=rules.can_team, rank=10, lines={"inspection_round.team": _("编检查组")}, call=None,
     template="schools/rounds/team.html", because="a team is put together on a page, unit by unit")  # fmt: skip
def add_team(
    inspection_round, *, by, at,
    duty_words: Annotated[str, Asked(_("分工"), _("例如:查东片网吧和KTV。"), most=100)] = "",
    **units: Annotated[object, Asked(spread=asking.rows_of_units)],
):  # fmt: skip
    """Put a team of units together (编检查组). units: unit1, people1, licensed1, … as the page asks them."""
    rows = list(asking.read(units))
    if not rows:
        raise Refused(_("至少写一个单位。"))
    last = inspection_round.teams.order_by("-number").first()
    team = RoundTeam.objects.create(round=inspection_round, number=last.number + 1 if last else 1, duty_words=duty_words.strip())
    TeamUnit.objects.bulk_create([TeamUnit(team=team, unit=unit, people=people, licensed=licensed) for unit, people, licensed in rows])
    journal.record(act="inspection_round.team", subject=inspection_round, by=by, at=at, area_code=inspection_round.area_id, units=[str(unit.pk) for unit, *_rest in rows])
    return inspection_round


@act(TEAMS, "team_drop", at="drop", words=_("撤检查组"), done=_("已撤。"), **LEADS, may=rules.can_drop_team, aside=True, tone="danger", lines={"round_team.drop": _("撤检查组")}, call=None,
     because="the row is gone with the act: a plan is taken apart on its page by people")  # fmt: skip
def drop_team(round_team, *, by, at):
    """Take a team apart before the round begins."""
    journal.record(act="round_team.drop", subject=round_team.round, by=by, at=at, area_code=round_team.round.area_id, number=round_team.number)
    one = round_team.round
    round_team.delete()
    return one


@act(ROUNDS, "round_begin", at="begin", words=_("开始检查"), done=_("已开始。名单上是这个范围里全部这类场所,逐处查完或者写明原因才能完成。"), **LEADS, may=rules.can_begin, rank=5,
     lines={"inspection_round.begin": _("开始检查")})  # fmt: skip
def begin_round(inspection_round, *, by, at):
    """Let a round begin (开始): every place of its kinds in its area stands on its list, each with a team and a day."""
    one = inspection_round
    one.begun_at = at
    journal.move(one, ROUND, "begin", by=by, at=at, saving=["begun_at"], area_code=one.area_id)
    first = max(today(at), one.from_on)
    rows = queries.spread(list(queries.to_list(one, first)), list(one.teams.order_by("number")), one, first)
    RoundVenue.objects.bulk_create([RoundVenue(round=one, venue=venue, team=team, planned_on=day, listed_at=at) for venue, team, day in rows])
    return one


@act(ROUNDS, "round_call_off", at="call-off", words=_("这一轮不办"), done=_("已记下为什么不办。"), **LEADS, may=rules.can_change, aside=True, tone="danger",
     lines={"inspection_round.call_off": _("这一轮不办")})  # fmt: skip
def call_off_round(inspection_round, *, by, at, reason: Annotated[str, Asked(_("为什么不办"), least=4, most=200)]):
    """Do not hold a round (不办), with a written reason: what the calendar called for is not skipped silently either."""
    inspection_round.closing = reason.strip()
    journal.move(inspection_round, ROUND, "call_off", by=by, at=at, saving=["closing"], area_code=inspection_round.area_id, reason=reason.strip())
    return inspection_round


@act(ROUNDS, "round_close", at="close", words=_("完成这一轮"), done=_("已完成。没销号的隐患照样到期、照样催办。"), **LEADS, may=rules.can_close, rank=6,
     lines={"inspection_round.close": _("完成这一轮")})  # fmt: skip
def finish_round(inspection_round, *, by, at, words: Annotated[str, Asked(_("小结"), rows=3, least=4, most=300)]):
    """Close a round (完成): every place was looked at, or it is written why not."""
    one = inspection_round
    one.closed_at, one.closed_by_id, one.closing = at, by.id, words.strip()
    journal.move(one, ROUND, "close", by=by, at=at, saving=["closed_at", "closed_by_id", "closing"], area_code=one.area_id)
    return one


def _moved(stop, by, at, line, **facts):
    """Write to a place on the list by compare-and-set, and journal it."""
    reason = facts.get("left_out", "")
    if not RoundVenue.objects.filter(pk=stop.pk, version=stop.version).update(**facts, version=stop.version + 1):
        raise Conflict()
    for name, value in facts.items():
        setattr(stop, name, value)
    stop.version += 1
    journal.record(act=line, subject=stop, by=by, at=at, area_code=stop.venue.area_id, reason=reason)
    return stop


@act(STOPS, "stop_assign", at="assign", words=_("分给哪个组"), done=_("已改。"), **LEADS, may=rules.can_assign, aside=True, lines={"round_venue.assign": _("分给检查组")})
def assign_stop(
    round_venue, *, by, at,
    team: Annotated[RoundTeam, Asked(_("哪个组"), among=lambda row, *_rest: RoundTeam.objects.filter(round=row.round_id if row else None), named=lambda *_row: RoundTeam.objects.all(),
                                     initial=lambda row, *_rest: row.team_id)],
    planned_on: Annotated[date, Asked(_("哪天查"), initial=lambda row, *_rest: row.planned_on)],
):  # fmt: skip
    """Give a place to a team and a day."""
    if team.round_id != round_venue.round_id:
        raise Refused(_("这个组不是这一轮的。"))
    return _moved(round_venue, by, at, "round_venue.assign", team=team, planned_on=planned_on)


@act(STOPS, "stop_leave_out", at="leave-out", words=_("写明没查的原因"), done=_("已写明。"), duty=Duty.INSPECT, may=rules.can_leave_out, aside=True, lines={"round_venue.leave_out": _("写明没查的原因")})
def leave_out(round_venue, *, by, at, reason: Annotated[str, Asked(_("为什么没查"), _("例如:停业装修,门锁着,约好下月补查。"), rows=2, least=4, most=200)]):
    """Write why a place of the round is not looked at: it stays on the list with this reason."""
    return _moved(round_venue, by, at, "round_venue.leave_out", left_out=reason.strip(), left_out_at=at, left_out_by_id=by.id)


@act(STOPS, "stop_take_up", at="take-up", words=_("还是要查"), done=_("已放回名单。"), duty=Duty.INSPECT, may=rules.can_take_up, aside=True, lines={"round_venue.take_up": _("放回检查名单")})
def take_up(round_venue, *, by, at):
    """Put a place back that was left out: it is to be looked at after all."""
    return _moved(round_venue, by, at, "round_venue.take_up", left_out="", left_out_at=None, left_out_by_id=None)


@command("schools.raise_rounds")
def raise_rounds(*, by, at):
    """Put down as drafts what the calendar calls for soon (开学、放假、节日、考试前): each once, whoever leads it. Returns how many are new.

    What stands on no list of a round under way that goes over it, written in the moment in which the round began, is put on it: else it could not be closed.
    """
    rules.is_clock(by).or_raise()
    n, day = 0, today(at)
    for one in InspectionRound.objects.select_for_update(of=("self",), no_key=True).select_related("area").filter(state=RoundState.RUNNING).order_by("pk"):
        RoundVenue.objects.bulk_create([RoundVenue(round=one, venue=venue, listed_at=at) for venue in queries.unlisted(one, day)])
    for (area, why, about), sweep in queries.called(day).items():
        first, last = sweep.span(about)
        name = _("%(area)s%(day)s%(why)s检查") % {"area": area.short_name, "day": date_format(about), "why": Calls(why).label}
        kind = RoundKind.JOINT if why == Calls.EXAM else RoundKind.SWEEP
        facts = {"name": str(name)[:60], "kind": kind, "kinds": " ".join(sweep.kinds), "from_on": first, "until_on": last, "made_at": at}
        try:
            with transaction.atomic():
                one, new = InspectionRound.objects.get_or_create(area=area, calls=why, about_on=about, defaults=facts)
        except IntegrityError:
            continue
        if new:
            n += 1
            journal.record(act="inspection_round.raise", subject=one, by=by, at=at, area_code=area.pk)
    return n


def watch(at):
    """Look at the calendar: for the day's sweep."""
    raise_rounds(by=CLOCK, at=at)
