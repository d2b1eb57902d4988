"""The acts on who came (名单、请柬、数出来的) and on helpers' hours."""

from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import clock, time_of
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.orgs.fields import only
from wanjia.orgs.models import Area
from wanjia.policy import events as policy
from wanjia.registry.households.rules import visible_households
from wanjia.registry.models import Household, Membership, Person
from wanjia.verdict import Conflict, Refused

from ..children.rules import visible_children
from ..duties import Duty
from ..event_states import Marked
from ..events import asking, pages, rules
from ..events.commands import MOST
from ..events.queries import homes_of
from ..events.subjects import ARRIVALS, EVENTS, SHIFTS
from ..helpers.rules import may_be_near_children
from ..models import Event, EventChild, EventHome, Helper, Shift, Team

HOLDS = {"duty": Duty.HOLD_EVENTS}


@act(EVENTS, "event_invite", at="invite", words=_("请一个村的人家"), done=_("已列入请柬名单,可以打印请柬。"), **HOLDS, may=rules.can_arrange, rank=35, lines={"event.invite": _("请人家来")})
def invite_village(
    event, *, by, at,
    village: Annotated[Area, Asked(_("村(社区)"), among=asking.villages_for, within=rules.ELSEWHERE, initial=only(asking.villages_for))],
    all_homes: Annotated[bool, Asked(_("没有孩子的人家也请"))] = False,
):  # fmt: skip
    """Invite the homes of a village, those with children or all: each gets a code on paper. Who is invited already stays so."""
    homes = visible_households(by, duty=Duty.HOLD_EVENTS).filter(village=village)
    if not all_homes:
        _minors_come(event)
        children = visible_children(by, event.day, duty=Duty.HOLD_EVENTS)
        homes = homes.filter(pk__in=Membership.objects.filter(person__in=children, to_on=None).values("household"))
    known = set(event.homes.values_list("household", flat=True))
    new = [EventHome(event=event, household=one, noted_at=at, noted_by=by if by.id else None) for one in homes if one.pk not in known]
    EventHome.objects.bulk_create(new, ignore_conflicts=True)
    journal.record(act="event.invite", subject=event, by=by, at=at, area_code=event.area_id, village=village.pk, n=len(new))
    return event


@act(EVENTS, "event_tick", at="tick", words=_("点名"), done=_("已记下来了的人。"), **HOLDS, may=rules.can_note, rank=12, instead=pages.to_the_roll, lines={"event.tick": _("活动点名")})
def tick_attendance(
    event, *, by, at,
    children: Annotated[list[Person], Asked(_("来了的孩子"), among=asking.children_for, within="", shown=lambda one: one.shown_name)] = (),
    homes: Annotated[list[Household], Asked(_("来了的人家"), among=asking.homes_for, within="", shown=lambda one: one.village.short_name)] = (),
):  # fmt: skip
    """Note from a list which children and homes came; a child's home came with it. Who is noted already stays so."""
    children, homes = list(children), list(homes)
    if not children and not homes:
        raise Refused(_("请至少勾一个。"))
    _children_came(event, children, Marked.LIST, by=by, at=at)
    _homes_came(event, {one.pk for one in homes} | set(homes_of(children).values()), Marked.LIST, by=by, at=at)
    journal.record(act="event.tick", subject=event, by=by, at=at, area_code=event.area_id, children=len(children), homes=len(homes))
    return event


def _minors_come(event):
    """Say of an event that minors come to it, whatever was planned: from now on its helpers' records are asked, and who is down and not clear is seen."""
    if not event.for_children:
        Event.objects.filter(pk=event.pk).update(for_children=True)
        event.for_children = True


def _children_came(event, children, marked, *, by, at):
    wanted = {one.pk for one in children}
    if wanted:
        _minors_come(event)
    if visible_children(by, event.day, duty=Duty.HOLD_EVENTS).filter(pk__in=wanted).count() != len(wanted):
        raise Refused(_("有的孩子不在您的辖区,或者活动那天已经成年。"))
    noted = {"noted_at": at, "noted_by": by if by.id else None}
    EventChild.objects.bulk_create([EventChild(event=event, child_id=pk, marked=marked, **noted) for pk in sorted(wanted)], ignore_conflicts=True)


def _homes_came(event, keys, marked, *, by, at):
    noted = {"noted_at": at, "noted_by": by if by.id else None}
    if visible_households(by, duty=Duty.HOLD_EVENTS).filter(pk__in=keys).count() != len(keys):
        raise Refused(_("有的人家不在您的辖区。"))
    EventHome.objects.filter(event=event, household__in=keys, came=False).update(came=True, marked=marked, **noted)
    EventHome.objects.bulk_create([EventHome(event=event, household_id=pk, came=True, marked=marked, **noted) for pk in sorted(keys)], ignore_conflicts=True)


@act(ARRIVALS, "arrive", at="come", words=_("请柬签到"), done=_("已签到。"), **HOLDS, may=rules.can_receive, template="care/attending/arrive.html", more=pages.whose, lines={"event.arrive": _("请柬签到")})
def note_arrival(
    arrival, *, by, at,
    children: Annotated[list[Person], Asked(_("一起来的孩子"), among=asking.children_at_home, within="", shown=lambda one: one.shown_name)] = (),
):  # fmt: skip
    """Note that a home which shows its invitation came, and which of its children with it."""
    children = list(children)
    if set(children) - set(asking.children_at_home(arrival, by, None)):
        raise Refused(_("有的孩子不是这家的。"))
    _homes_came(arrival.event, {arrival.household_id}, Marked.CODE, by=by, at=at)
    _children_came(arrival.event, children, Marked.CODE, by=by, at=at)
    journal.record(act="event.arrive", subject=arrival.event, by=by, at=at, area_code=arrival.event.area_id, children=len(children))
    return arrival


@act(EVENTS, "event_count", at="count", words=_("补记人数"), done=_("已记下。数出来的和点名的分开算。"), **HOLDS, may=rules.can_note, rank=14, lines={"event.count": _("补记人数")})
def count_attendance(
    event, *, by, at,
    more_homes: Annotated[int, Asked(_("名单以外数出来的户数"), _("点过名的不要再数进来。"), most=MOST, initial=lambda event, *_: event.more_homes)] = 0,
    more_children: Annotated[int, Asked(_("名单以外数出来的学生数"), most=MOST, initial=lambda event, *_: event.more_children)] = 0,
    reason: Annotated[str, Asked(_("为什么改"), _("以前记过数的,改要写原因;原来的数留在操作日志里。"), most=60)] = "",
):  # fmt: skip
    """Put down how many homes and children came besides those on the list: numbers, that are never added to those who are named. What stood before stays in the journal, with the reason."""
    facts = {"more_homes": int(more_homes or 0), "more_children": int(more_children or 0)}
    was = {name: getattr(event, name) for name in facts}
    if any(was.values()) and was != facts and len(reason.strip()) < 4:
        raise Refused(_("这场活动已经记过数:要改的,请写明为什么改。"))
    if not Event.objects.filter(pk=event.pk, version=event.version).update(version=event.version + 1, **facts):
        raise Conflict()
    event.refresh_from_db()
    journal.record(act="event.count", subject=event, by=by, at=at, area_code=event.area_id, was=was, reason=reason.strip(), **facts)
    return event


WHAT = Asked(_("做什么"), least=2, most=60)


@act(EVENTS, "event_helper", at="helpers/new", words=_("排志愿者"), done=_("已排上。"), **HOLDS, may=rules.can_arrange, rank=25, lines={"event.helper": _("排志愿者")})
def enlist_helper(
    event, *, by, at,
    helper: Annotated[Helper, Asked(_("帮扶人"), among=asking.helpers_for, named=asking.all_helpers, within=_("此人不在本县帮扶人名册上,或者已经排上。"), shown=lambda one: f"{one.name} · {one.organisation.name}")],
    what: Annotated[str, WHAT],
):  # fmt: skip
    """Put a helper down for an event; where minors come, only one whose records were looked at and are clear on that day."""
    if event.for_children:
        may_be_near_children(helper, event.day).or_raise()
    _enlisted(event, helper, what, by=by, at=at)
    journal.record(act="event.helper", subject=event, by=by, at=at, area_code=event.area_id, helper=helper.pk)
    return event


@act(EVENTS, "event_team", at="team/new", words=_("排一支队伍"), done=pages.team_said, **HOLDS, may=rules.can_arrange, rank=26, lines={"event.team": _("排志愿队")})
def enlist_team(
    event, *, by, at,
    team: Annotated[Team, Asked(_("队伍"), among=asking.teams_of, named=asking.all_teams, within=_("这支队伍不在本县,或者那天已经不在。"))],
    what: Annotated[str, WHAT],
):  # fmt: skip
    """Put down the members of a team; those who may not be near minors stay off, and their number is said."""
    there = set(event.shifts.values_list("helper", flat=True))
    members = [one.helper for one in team.members.on(event.day).select_related("helper") if one.helper_id not in there]
    fit = [one for one in members if not event.for_children or may_be_near_children(one, event.day)]
    for one in fit:
        _enlisted(event, one, what, by=by, at=at)
    event.said = _("排上 %(n)s 人;%(off)s 人那天没有有效的背景审查,没有排。") % {"n": len(fit), "off": len(members) - len(fit)}
    journal.record(act="event.team", subject=event, by=by, at=at, area_code=event.area_id, team=team.pk, n=len(fit))
    return event


def _enlisted(event, helper, what, *, by, at):
    insured = helper.insured_until is not None and helper.insured_until >= event.day
    try:
        with transaction.atomic():
            return Shift.objects.create(event=event, helper=helper, what=what.strip(), insured=insured, noted_at=at, noted_by=by if by.id else None)
    except IntegrityError:
        raise Conflict() from None


@act(SHIFTS, "shift_hours", at="hours", words=_("记时长"), done=pages.hours_said, **HOLDS, may=rules.can_note_hours, rank=10, lines={"event.hours": _("记志愿服务时长")})
def note_hours(
    shift, *, by, at,
    from_at: Annotated[str, Asked(_("从几点"), field=clock, most=5, least=1)],
    to_at: Annotated[str, Asked(_("到几点"), field=clock, most=5, least=1)],
    what: Annotated[str, Asked(_("做什么"), least=2, most=60, initial=lambda shift, *_: shift.what)],
):  # fmt: skip
    """Put down from when to when somebody helped, and what for; whether the insurance stood is looked up, not asked."""
    start, end = time_of(from_at), time_of(to_at)
    if end <= start:
        raise Refused(_("结束要晚于开始。"))
    most = policy.in_force(shift.event.day).most_hours
    others = Shift.objects.filter(helper=shift.helper_id, event__day=shift.event.day, from_at__isnull=False).exclude(pk=shift.pk)
    if others.filter(from_at__lt=end, to_at__gt=start).exists():
        raise Refused(_("这段时间已经记在另一场活动上。"))
    if (end.hour - start.hour) * 60 + end.minute - start.minute + sum(one.minutes for one in others) > most * 60:
        raise Refused(_("一天不超过 %(n)s 小时。") % {"n": most})
    until = shift.helper.insured_until
    shift.insured = until is not None and until >= shift.event.day
    shift.from_at, shift.to_at, shift.what = start, end, what.strip()
    shift.save(update_fields=["from_at", "to_at", "what", "insured"])
    journal.record(act="event.hours", subject=shift.event, by=by, at=at, area_code=shift.event.area_id, helper=shift.helper_id, minutes=shift.minutes)
    return shift


@act(SHIFTS, "shift_drop", at="drop", words=_("撤下"), done=_("已撤下。"), **HOLDS, may=rules.can_release, aside=True, tone="danger", lines={"event.helper_drop": _("撤下志愿者")}, call=None,
     because="what is taken off is gone: a program that asks a second time would find nothing to take off")  # fmt: skip
def release_helper(shift, *, by, at):
    """Take a helper off an event, while no hours stand."""
    journal.record(act="event.helper_drop", subject=shift.event, by=by, at=at, area_code=shift.event.area_id, helper=shift.helper_id)
    event = shift.event
    Shift.objects.filter(pk=shift.pk).delete()
    return event
