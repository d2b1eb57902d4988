"""The acts of meetings: called, cancelled, opened with their roll, counted, let go for too few came, closed, signed by a second person."""

from datetime import date
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.verdict import Conflict, Refused, first_refusal

from ..bodies import rolls
from ..bodies.commands import KEEPS, day_of
from ..bodies.queries import village_seats
from ..bodies.subjects import BODIES
from ..models import AgendaItem, BodySeat, GoverningBody, Meeting, MeetingSeat
from ..states import AGENDA, MEETING, Came, Counting, ItemState
from . import queries, rules, verdict
from .subjects import MEETINGS, ROLL

NOT_HERE = _("主持人、见证人从本村各组织的成员里选。")


@act(BODIES, "meeting_new", at="meetings/new", words=_("通知开会"), done=_("已记下。接着把议题列入议程。"), **KEEPS, may=rules.can_call, rank=5, then=lambda _request, _row, one: queries.page_of_meeting(one), lines={"meeting.call": _("通知开会")})
def call_meeting(
    governing_body, *, by, at,
    day: Annotated[date, Asked(_("开会日期"), initial=queries.first_day)],
    place: Annotated[str, Asked(_("地点"), least=2, most=60)],
    told_on: Annotated[date, Asked(_("通知日期"), _("哪天把时间、地点、议题告诉了大家。"), initial=day_of)],
    counting: Annotated[Counting, Asked(_("到会计算"), among=queries.countings, initial=queries.first_counting)],
    urgent: Annotated[str, Asked(_("紧急原因"), _("通知得比规定晚的写。"), most=200)] = "",
):  # fmt: skip
    """Call a body together (通知开会): told so many days before, or later with a reason where its rule allows that."""
    rule = queries.law.in_force(governing_body.kind, day)
    first_refusal((rule, verdict.NO_RULE), (rule and counting in rule.quorum, _("这种会议不能这样计算到会。")), (told_on <= today(at), _("通知日期不能晚于今天。")),
                  (told_on <= day, _("通知日期不能晚于开会日期。"))).or_raise()  # fmt: skip
    rules.is_recent(day, at).or_raise()
    late = (day - told_on).days < rule.notice_days
    rules.is_told_in_time(rule, told_on, day, urgent.strip()).or_raise()
    one = Meeting.objects.create(
        body=governing_body, day=day, place=place.strip(), told_on=told_on, urgent=urgent.strip() if late else "", counting=counting, called_at=at, called_by_id=by.id,
    )  # fmt: skip
    journal.record(act="meeting.call", subject=one, by=by, at=at, area_code=governing_body.area_id)
    return one


@act(MEETINGS, "meeting_cancel", at="cancel", words=_("取消会议"), done=_("已取消,议题回到等待上会。"), **KEEPS, may=rules.can_cancel, aside=True, tone="danger", lines={"meeting.cancel": _("取消会议")})
def cancel_meeting(meeting, *, by, at, reason: Annotated[str, Asked(_("为什么取消"), least=4, most=200)]):
    """Cancel a meeting that was not opened; its items wait for another."""
    meeting.closing = reason.strip()
    journal.move(meeting, MEETING, "cancel", by=by, at=at, saving=["closing"], area_code=meeting.body.area_id, reason=reason.strip())
    _give_back(meeting, by, at)
    return meeting


def _give_back(meeting, by, at):
    """Let the items of a meeting that is not to be wait again."""
    for item in AgendaItem.objects.select_for_update(of=("self",), no_key=True).filter(meeting=meeting, state=ItemState.ON_AGENDA).order_by("pk"):
        item.meeting = None
        journal.move(item, AGENDA, "take_off", by=by, at=at, saving=["meeting"], area_code=meeting.body.area_id)


@act(MEETINGS, "meeting_open", at="open", words=_("开会"), done=_("已开会,接着签到。"), **KEEPS, may=rules.can_open, rank=5, lines={"meeting.open": _("开会")})
def open_meeting(
    meeting, *, by, at,
    chair: Annotated[BodySeat | None, Asked(_("主持人"), among=lambda row, _actor, _day: village_seats(row.body, row.day) if row else BodySeat.objects.none(), within=NOT_HERE, none=_("没有写"))] = None,
    members: Annotated[int | None, Asked(_("成员名册上应到几人"), _("集体成员名册上有完全民事行为能力的成员人数。"), most=100_000, when=lambda row, *_rest: bool(row and row.counting == Counting.MEMBERS))] = None,
):  # fmt: skip
    """Open a meeting (开会): whoever could come is counted as of its day, and that number stands."""
    body = GoverningBody.objects.select_for_update(of=("self",), no_key=True).get(pk=meeting.body_id)  # no seat changes meanwhile
    due = rolls.due(body, meeting.counting, meeting.day)
    due = members if due is None else due
    if not due:
        raise Refused(_("应到人数是 0:先登记成员,或者填写应到人数。"))
    meeting.due, meeting.chair, meeting.opened_at, meeting.recorder_id = due, chair, at, by.id
    try:
        with transaction.atomic():
            journal.move(meeting, MEETING, "open", by=by, at=at, saving=["due", "chair", "opened_at", "recorder_id"], area_code=body.area_id)
    except IntegrityError:
        raise Conflict(_("这个组织还有一次会议没有散会。")) from None
    if meeting.counting == Counting.SEATS:
        MeetingSeat.objects.bulk_create([MeetingSeat(meeting=meeting, seat=seat) for seat in rolls.seated(body, meeting.day)])
    return meeting


def _counted(meeting, **facts):
    """Write how many came by compare-and-set. Raises Refused where something was decided by more."""
    there = sum(facts.get(name, getattr(meeting, name)) for name in ("present", "online", "proxies"))
    if there < meeting.there and rules.has_voted(meeting):
        raise Refused(rules.LESS)
    if not Meeting.objects.filter(pk=meeting.pk, version=meeting.version).update(**facts, version=meeting.version + 1):
        raise Conflict()
    meeting.refresh_from_db()


@act(ROLL, "roll_mark", at="mark", words=_("签到"), done=_("已签到。"), **KEEPS, may=rules.can_mark, lines={"meeting_seat.mark": _("登记到会")})
def mark_roll(
    meeting_seat, *, by, at,
    came: Annotated[Came, Asked(_("到会"))],
    reason: Annotated[str, Asked(_("请假原因"), _("请假的写。"), most=60)] = "",
):  # fmt: skip
    """Say whether somebody of the roll came (签到)."""
    row, words = meeting_seat, reason.strip() if came == Came.EXCUSED else ""
    if came == Came.EXCUSED and not words:
        raise Refused(_("请假要写原因。"))
    _mark(row, came, words)
    _counted(row.meeting, present=row.meeting.roll.filter(came=Came.PRESENT).count())
    row.refresh_from_db()
    _tell_mark(row, row.meeting, by, at)
    return row


def _mark(row, came, reason=""):
    """Write at a line of the roll whether its seat came."""
    row.came = came
    MeetingSeat.objects.filter(pk=row.pk).update(came=came, reason=reason, version=row.version + 1)


def _tell_mark(row, meeting, by, at):
    """Write in the journal what was said of one line of the roll."""
    journal.record(act="meeting_seat.mark", subject=row, by=by, at=at, area_code=meeting.body.area_id, came=row.came)


@act(MEETINGS, "roll_all", at="roll/all", words=_("全到了"), done=_("没有标记的都已签到。没来的、请假的,一个一个改。"), **KEEPS, may=rules.can_mark_all, button=False, lines={})
def mark_all(meeting, *, by, at):
    """Say that everybody came of whom nothing was said yet (全到了), each with a line of their own in the journal; whoever was marked stays as marked."""
    rows = list(queries.unmarked(meeting).select_for_update(of=("self",), no_key=True))
    for row in rows:
        _mark(row, Came.PRESENT)
    if rows:
        _counted(meeting, present=meeting.roll.filter(came=Came.PRESENT).count())
    for row in rows:
        _tell_mark(row, meeting, by, at)
    return meeting


@act(MEETINGS, "meeting_count", at="count", words=_("登记签到册"), done=_("已登记。"), **KEEPS, may=rules.can_count, rank=5, lines={"meeting.count": _("登记签到册")})
def count_heads(
    meeting, *, by, at,
    present: Annotated[int, Asked(_("签到册上到会几人(户)"), _("照签到册数,一户一名代表的数户。"), most=100_000, initial=lambda row, *_rest: row.present if row else None)],
    sheets: Annotated[int, Asked(_("签到册张数"), most=999, least=1)],
    proxies: Annotated[int, Asked(_("书面委托几人"), _("只有集体成员大会可以:同一户内的成员,有书面委托。"), most=100_000, initial=0)] = 0,
    online: Annotated[int, Asked(_("线上参加几人"), _("只有集体成员大会可以;不算在签到册里,签到册后面逐个写明。"), most=100_000, initial=0)] = 0,
):  # fmt: skip
    """Say how many signed the paper roll of an assembly (登记签到册); apart from them who took part from elsewhere, and who was stood for, where its rule allows that."""
    rule, proxies, online = verdict.rule_of(meeting), proxies or 0, online or 0  # a page leaves them empty
    first_refusal(
        (not proxies or rule.proxies, _("这种会议不能委托别人参加。")), (not online or rule.online, _("这种会议不能线上参加。")),
        (present + online + proxies <= meeting.due, _("到会的不会比应到的 %(n)s 多。") % {"n": meeting.due}),
        (sheets >= 1, _("签到册至少一张。")),
    ).or_raise()  # fmt: skip
    _counted(meeting, present=present, online=online, proxies=proxies, sheets=sheets)
    journal.record(act="meeting.count", subject=meeting, by=by, at=at, area_code=meeting.body.area_id, present=present, online=online, proxies=proxies)
    return meeting


@act(MEETINGS, "meeting_fail", at="fail", words=_("人数不足,没开成"), done=_("已登记没开成,议题回到等待上会。"), **KEEPS, may=rules.can_fail, aside=True, tone="danger", lines={"meeting.fail": _("人数不足,会没开成")})
def fail_meeting(meeting, *, by, at, reason: Annotated[str, Asked(_("怎么回事"), _("例如:农忙,到会人数不够,改日再开。"), least=4, most=200)]):
    """Let a meeting go home for too few came (人数不足): nothing was decided, its items wait for another."""
    meeting.closing, meeting.closed_at, meeting.closed_by_id = reason.strip(), at, by.id
    journal.move(meeting, MEETING, "fail", by=by, at=at, saving=["closing", "closed_at", "closed_by_id"], area_code=meeting.body.area_id, reason=reason.strip())
    _give_back(meeting, by, at)
    return meeting


def _witnessed(meeting, one, two, signatures):
    """Return what stands of the paper minutes: nothing, or two who were there and how many signed. Raises Refused for a part of it."""
    if one is None and two is None and not signatures:
        return {}
    there = set(meeting.roll.filter(came=Came.PRESENT).values_list("seat", flat=True)) if meeting.counting == Counting.SEATS else None
    first_refusal(
        (one and two and one != two and (signatures or 0) >= 2, _("纸上签字的,写两个不同的见证人和签名人数(至少两人)。")),
        (there is None or {one.pk, two.pk} <= there if one and two else False, _("见证人要是到会的成员。")),
        ((signatures or 0) <= meeting.present, _("签名的不会比到会的多。")),
    ).or_raise()  # fmt: skip
    return {"witness_one": one, "witness_two": two, "signatures": signatures}


def _seats(row, _actor, _day):
    return village_seats(row.body, row.day) if row else BodySeat.objects.none()


@act(MEETINGS, "meeting_close", at="close", words=_("散会"), done=_("已散会。会议记录还要第二个人核对签字的,请他登录签字。"), **KEEPS, may=rules.can_close, rank=30, lines={"meeting.close": _("散会")})
def close_meeting(
    meeting, *, by, at,
    witness_one: Annotated[BodySeat | None, Asked(_("见证人甲"), _("村里只有一个账号的:会议记录印出来,到会的人签字,写两个见证人。"), among=_seats, within=NOT_HERE, none=_("由另一个账号核对签字"))] = None,
    witness_two: Annotated[BodySeat | None, Asked(_("见证人乙"), among=_seats, within=NOT_HERE, none=_("由另一个账号核对签字"))] = None,
    signatures: Annotated[int | None, Asked(_("会议记录签名人数"), most=10_000)] = None,
):  # fmt: skip
    """Close a meeting (散会), with its paper minutes signed and witnessed, or for a second account to sign."""
    facts = _witnessed(meeting, witness_one, witness_two, signatures)
    for name, value in {**facts, **({"signed_at": at} if facts else {}), "closed_at": at, "closed_by_id": by.id}.items():
        setattr(meeting, name, value)
    saving = [*facts, *(["signed_at"] if facts else []), "closed_at", "closed_by_id"]
    journal.move(meeting, MEETING, "close", by=by, at=at, saving=saving, area_code=meeting.body.area_id)
    return meeting


@act(MEETINGS, "meeting_sign", at="sign", words=_("核对签字"), done=_("会议记录已签字。"), **KEEPS, may=rules.can_sign, rank=5, lines={"meeting.sign": _("核对会议记录并签字")})
def sign_minutes(meeting, *, by, at):
    """Sign the minutes as the second person (核对签字)."""
    rows = Meeting.objects.filter(pk=meeting.pk, version=meeting.version, signed_at=None)
    if not rows.update(signed_at=at, signed_by=by.id, version=meeting.version + 1):
        raise Conflict()
    meeting.refresh_from_db()
    journal.record(act="meeting.sign", subject=meeting, by=by, at=at, area_code=meeting.body.area_id)
    return meeting
