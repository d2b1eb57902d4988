"""The acts of events: planned, changed, held, cancelled, entered afterwards; its hosts and its programme."""

import re
from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q
from django.utils.translation import gettext_lazy as _

from wanjia.doors.clock import clock, time_of
from wanjia.doors.terminal import FIRST_DAY, LAST_DAY
from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs import scope
from wanjia.orgs.fields import only
from wanjia.orgs.models import Area, Organisation
from wanjia.policy import events as policy
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..event_states import EVENT, EventState, Festival, HostRole, ItemKind
from ..models import Event, EventHost, EventItem, Team
from . import asking, rules
from .subjects import EVENTS

HOLDS = {"duty": Duty.HOLD_EVENTS}
MOST = 99_999  # homes, or children, that somebody counted by hand at one event
STANDS = F("to_on").desc(nulls_first=True)  # of several called so, the one that stands, else the one that stood last
TWICE = _("这一天这个地方已经登记过同名的活动。")
NAME = Asked(_("活动名称"), least=2, most=60)
AREA = Asked(_("在哪里办"), among=asking.areas_for, within=rules.ELSEWHERE, initial=only(asking.areas_for))
VENUE = Asked(_("地点"), least=2, most=80)
FESTIVAL = Asked(_("节日"), select=True, none=_("不是节日活动"))
STARTS = Asked(_("几点开始"), field=clock, most=5)
MINORS = Asked(_("有未成年人参加"), _("有的话,来帮忙的人都要在背景审查有效期内。"))


@act(EVENTS, "event_new", at="new", words=_("筹备活动"), done=_("已登记。接着排节目、请联办单位、请人家。"), **HOLDS, may=rules.keeps, new=True, lines={"event.plan": _("筹备活动")})
def plan_event(
    *, by, at,
    name: Annotated[str, NAME], area: Annotated[Area, AREA],
    day: Annotated[date, Asked(_("哪天"))],
    venue: Annotated[str, VENUE],
    starts: Annotated[str, STARTS] = "",
    festival: Annotated[Festival | None, FESTIVAL] = None,
    for_children: Annotated[bool, MINORS] = True,
):  # fmt: skip
    """Plan an event (关爱活动), led by the actor's unit."""
    if day < today(at):
        raise Refused(_("已经办过的,请用“补登活动”。"))
    event = _made(by, at, area, name=name, day=day, venue=venue, starts=_hour(starts), festival=festival or "", for_children=for_children)
    _lead(event)
    journal.record(act="event.plan", subject=event, by=by, at=at, area_code=area.pk, day=day)
    return event


@act(EVENTS, "event_record", at="record", words=_("补登活动"), done=_("已补登。"), **HOLDS, may=rules.keeps, new=True, lines={"event.record": _("补登活动")})
def record_event(
    *, by, at,
    name: Annotated[str, NAME], area: Annotated[Area, AREA],
    day: Annotated[date, Asked(_("哪天"))],
    venue: Annotated[str, VENUE],
    hosts_told: Annotated[str, Asked(_("主办、联办单位"), _("第一个是主办,用顿号隔开;不写就是您的单位。"), most=200)] = "",
    more_homes: Annotated[int, Asked(_("数出来的户数"), _("只有数字、没有名单的写在这里;有名单的到“点名”里勾。"), most=MOST)] = 0,
    more_children: Annotated[int, Asked(_("数出来的学生数"), most=MOST)] = 0,
    festival: Annotated[Festival | None, FESTIVAL] = None,
):  # fmt: skip
    """Enter an event that was held, with numbers counted by hand where no list was kept: these are never added to homes and children that are named."""
    if day > today(at):
        raise Refused(rules.NOT_YET)
    facts = {"name": name, "day": day, "venue": venue, "festival": festival or _festival_of(name, day), "state": EventState.HELD}
    event = _made(by, at, area, **facts, hosts_told=(hosts_told or "").strip(), more_homes=int(more_homes or 0), more_children=int(more_children or 0))
    _hosts_by_name(event)
    journal.record(act="event.record", subject=event, by=by, at=at, area_code=area.pk, day=day)
    return event


def _made(by, at, area, **facts):
    _judge_day(facts["festival"], facts["day"])
    facts |= {"name": facts["name"].strip(), "venue": facts["venue"].strip()}
    try:
        with transaction.atomic():
            return Event.objects.create(area=area, unit=scope.unit(by, duty=Duty.HOLD_EVENTS, code=area.pk), recorded_at=at, recorded_by=by if by.id else None, **facts)
    except IntegrityError:
        raise Conflict(TWICE) from None


def _hour(text):
    return time_of(text) if text else None


def _judge_day(festival, day):
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Refused(_("日期不对,请核对年份。"))
    if not policy.in_force(day).belongs(festival, day):
        raise Refused(_("这一天离这个节日太远,不算节日活动。"))


def _festival_of(name, day):
    edition = policy.in_force(day)
    return next((one.code for one in edition.festivals if one.zh in name and edition.belongs(one.code, day)), "")


def _lead(event):
    EventHost.objects.create(event=event, organisation=event.unit, role=HostRole.LEAD)


def _hosts_by_name(event):
    """Make the hosts that a text names: of the register where they stand there, else by their names; the first one leads."""
    names = list(dict.fromkeys(filter(None, (one.strip()[:60] for one in re.split(r"[、,,;;/\n]", event.hosts_told)))))
    if not names:
        _lead(event)
        return
    here, used = {"area__code__startswith": asking.stem_of(event)}, set()
    for turn, name in enumerate(names):
        unit = Organisation.objects.filter(Q(name=name) | Q(short_name=name) | Q(aliases__name=name), **here).order_by(STANDS, "pk").first()
        team = None if unit else Team.objects.filter(name=name, organisation__area__code__startswith=asking.stem_of(event)).order_by(STANDS, "pk").first()
        if (known := unit or team) not in used or known is None:
            role = HostRole.CO_HOST if turn else HostRole.LEAD
            EventHost.objects.create(event=event, organisation=unit, team=team, name="" if known else name, role=role)
        used.add(known)


@act(EVENTS, "event_change", at="change", words=_("改时间地点"), done=_("已改。"), **HOLDS, may=rules.can_change, rank=40, lines={"event.change": _("改活动时间地点")})
def change_event(
    event, *, by, at,
    name: Annotated[str, Asked(_("活动名称"), least=2, most=60, initial=lambda event, *_: event.name)],
    day: Annotated[date, Asked(_("哪天"), initial=lambda event, *_: event.day)],
    venue: Annotated[str, Asked(_("地点"), least=2, most=80, initial=lambda event, *_: event.venue)],
    starts: Annotated[str, Asked(_("几点开始"), field=clock, most=5, initial=lambda event, *_: event.starts and f"{event.starts:%H:%M}")] = "",
):  # fmt: skip
    """Change name, day, hour or venue of an event that is planned."""
    _judge_day(event.festival, day)
    if day < today(at):
        raise Refused(_("改到的日子不能早于今天。"))
    facts = {"name": name.strip(), "day": day, "venue": venue.strip(), "starts": _hour(starts)}
    try:
        with transaction.atomic():
            if not Event.objects.filter(pk=event.pk, version=event.version, state=EventState.PLANNED).update(version=event.version + 1, **facts):
                raise Conflict()
    except IntegrityError:
        raise Conflict(TWICE) from None
    before = event.day
    event.refresh_from_db()
    journal.record(act="event.change", subject=event, by=by, at=at, area_code=event.area_id, day=day, was_on=before)
    return event


@act(EVENTS, "event_hold", at="hold", words=_("登记为已举办"), done=_("已登记为举办,可以点名、记时长、传照片。"), **HOLDS, may=rules.can_hold, rank=10, lines={"event.hold": _("登记为已举办")})
def hold_event(event, *, by, at):
    """Enter a planned event as held: from now on figures count it, once, however many hosts it has."""
    journal.move(event, EVENT, "hold", by=by, at=at, area_code=event.area_id)
    return event


@act(EVENTS, "event_cancel", at="cancel", words=_("取消活动"), done=_("已取消。"), **HOLDS, may=rules.can_change, aside=True, tone="danger", lines={"event.cancel": _("取消活动")})
def cancel_event(event, *, by, at, because: Annotated[str, Asked(_("原因"), least=2, most=80)]):
    """Cancel an event that is planned (取消)."""
    event.cancelled_because = because.strip()
    journal.move(event, EVENT, "cancel", by=by, at=at, saving=["cancelled_because"], reason=because.strip(), area_code=event.area_id)
    return event


@act(EVENTS, "event_host", at="hosts/new", words=_("加联办单位"), done=_("已加上。几家联办,活动只算一次。"), **HOLDS, may=rules.can_arrange, rank=30, lines={"event.host": _("加联办单位")})
def add_host(
    event, *, by, at,
    organisation: Annotated[Organisation | None, Asked(_("单位"), among=asking.units_of, named=asking.all_units, within=_("这家单位不在本县,或者已经在联办。"), shown=lambda one: one.name)] = None,
    team: Annotated[Team | None, Asked(_("队伍"), among=asking.teams_of, named=asking.all_teams, within=_("这支队伍不在本县,或者那天已经不在。"))] = None,
    name: Annotated[str, Asked(_("名册以外的单位"), most=60)] = "",
    leads: Annotated[bool, Asked(_("由它主办(原来的主办改为联办)"))] = False,
):  # fmt: skip
    """Add one that holds the event with the others: a unit, a team, or one that the register does not have."""
    name = name.strip()
    if sum(map(bool, (organisation, team, name))) != 1:
        raise Refused(_("单位、队伍、名称,选一样写一样。"))
    if leads:
        event.hosts.filter(role=HostRole.LEAD).update(role=HostRole.CO_HOST)
    try:
        with transaction.atomic():
            host = EventHost.objects.create(event=event, organisation=organisation, team=team, name=name, role=HostRole.LEAD if leads else HostRole.CO_HOST)
    except IntegrityError:
        raise Conflict(_("它已经在主办、联办名单上。")) from None
    journal.record(act="event.host", subject=event, by=by, at=at, area_code=event.area_id, host=str(host), leads=leads)
    return event


@act(EVENTS, "event_host_drop", at="hosts/drop", words=_("去掉联办单位"), done=_("已去掉。"), **HOLDS, may=rules.can_arrange, aside=True, tone="danger", lines={"event.host_drop": _("去掉联办单位")}, call=None,
     because="what is taken off is gone: a program that asks a second time would find nothing to take off")  # fmt: skip
def drop_host(event, *, by, at, host: Annotated[EventHost, Asked(_("哪一家"), among=asking.hosts_of, within=_("它不在联办名单上。"))]):
    """Take a host off the list; the one that leads stays."""
    told = str(host)
    EventHost.objects.filter(pk=host.pk).delete()
    journal.record(act="event.host_drop", subject=event, by=by, at=at, area_code=event.area_id, host=told)
    return event


@act(EVENTS, "event_item", at="items/new", words=_("加节目"), done=_("已加在最后。"), **HOLDS, may=rules.can_arrange, rank=20, lines={"event.item": _("加节目")})
def add_programme_item(
    event, *, by, at,
    title: Annotated[str, Asked(_("节目名称"), least=1, most=60)], kind: Annotated[ItemKind, Asked(_("类别"))],
    performers: Annotated[str, Asked(_("谁来演"), _("写班级、团队,不写孩子姓名。"), most=60)] = "",
):  # fmt: skip
    """Add an item at the end of the programme (节目单)."""
    rules.names_no_child(f"{title} {performers}", event).or_raise()
    last = event.items.aggregate(n=Max("turn"))["n"] or 0
    EventItem.objects.create(event=event, turn=last + 1, title=title.strip(), kind=kind, performers=performers.strip())
    journal.record(act="event.item", subject=event, by=by, at=at, area_code=event.area_id, turn=last + 1)
    return event


@act(EVENTS, "event_item_move", at="items/move", words=_("调节目顺序"), done=_("顺序已调。"), **HOLDS, may=rules.can_arrange, aside=True, lines={"event.item_move": _("调节目顺序")})
def move_item(
    event, *, by, at,
    item: Annotated[EventItem, Asked(_("哪个节目"), among=asking.items_of, within=_("节目单上没有它。"))],
    turn: Annotated[int, Asked(_("排到第几个"), least=1, most=99)],
):  # fmt: skip
    """Put an item in another place; the others close up."""
    order = [one for one in event.items.order_by("turn") if one.pk != item.pk]
    order.insert(min(turn, len(order) + 1) - 1, item)
    _number(event, order)
    journal.record(act="event.item_move", subject=event, by=by, at=at, area_code=event.area_id, turn=turn)
    return event


@act(EVENTS, "event_item_drop", at="items/drop", words=_("去掉节目"), done=_("已去掉。"), **HOLDS, may=rules.can_arrange, aside=True, tone="danger", lines={"event.item_drop": _("去掉节目")}, call=None,
     because="what is taken off is gone: a program that asks a second time would find nothing to take off")  # fmt: skip
def drop_item(event, *, by, at, item: Annotated[EventItem, Asked(_("哪个节目"), among=asking.items_of, within=_("节目单上没有它。"))]):
    """Take an item off the programme; the others close up."""
    EventItem.objects.filter(pk=item.pk).delete()
    _number(event, list(event.items.order_by("turn")))
    journal.record(act="event.item_drop", subject=event, by=by, at=at, area_code=event.area_id)
    return event


def _number(event, order):
    """Number the items anew: first out of each other's way, for no two have one turn."""
    event.items.update(turn=F("turn") + 1000)
    for turn, one in enumerate(order, 1):
        EventItem.objects.filter(pk=one.pk).update(turn=turn)
