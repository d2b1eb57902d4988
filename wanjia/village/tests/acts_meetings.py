"""How the acts of meetings are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..models import BodySeat, Meeting, MeetingSeat
from .acts_bodies import ENDED, NO_DUTY, OUT, VILLAGE, elsewhere, gone
from .factories import DAY, TOLD, body, item, meeting, second, signed, villager

NOT_CALLED, NOT_OPEN = "这次会议已经开了、散了或者取消了。", "会议没有在开。先“开会”,散会以后不再改。"
LESS, NO_RULE = "已经有表决结果,到会人数不能再改少。", "这一天没有这种会议的规则。"
TOO_LATE = "最多补记 %(n)s 天,这次会议太早了。"
SHORT = "人数不足:应到 %(due)s,要到 %(must)s,实到 %(there)s,还差 %(lacks)s,不能作出决定。"
WITNESSES = "纸上签字的,写两个不同的见证人和签名人数(至少两人)。"


def calling(world, **facts):
    """The council is called for today, four days ago."""
    return {"governing_body_id": body(world, seats=10).pk, "day": DAY, "place": "村委会二楼", "told_on": TOLD, "counting": "seats"} | facts


def of_assembly(world, **facts):
    """The villagers are called instead."""
    return {"governing_body_id": body(world, "villagers").pk, "counting": "adults"} | facts


def called(world, **facts):
    """It was called."""
    return {"meeting_id": meeting(world).pk} | facts


def open_one(world, came=7, **facts):
    """It is open, so many came."""
    return {"meeting_id": meeting(world, "meeting_opened", came=came).pk} | facts


def assembly(world, **facts):
    """An assembly of a hundred is open."""
    villager(world, 1)
    held = meeting(world, "meeting_opened", of=body(world, "villagers"), counting="adults", came=0)
    return {"meeting_id": held.pk, "present": 60, "sheets": 2} | facts


def marking(world, **facts):
    """Somebody comes who was not there yet."""
    held = meeting(world, "meeting_opened")
    return {"meeting_seat_id": held.roll.filter(came="away").first().pk, "came": "present"} | facts


def closed(world, **facts):
    """The village's other account kept and closed it: it waits for a second hand."""
    one = meeting(world, "meeting_closed")
    Meeting.objects.filter(pk=one.pk).update(recorder=second(world), closed_by=second(world))
    return {"meeting_id": one.pk} | facts


def over(world, _what):
    """It was closed meanwhile."""
    Meeting.objects.filter(state="meeting_opened").update(state="meeting_closed", closed_at=MONDAY)


def cancelled(world, _what):
    """It was cancelled meanwhile."""
    Meeting.objects.update(state="meeting_cancelled")


def voted(world, what):
    """Something was decided already, by all who are there."""
    row = MeetingSeat.objects.filter(pk=what.get("meeting_seat_id")).first()
    item(world, "item_passed", at=row.meeting if row else Meeting.objects.get(pk=what["meeting_id"]))


def leaving(world):
    """One who is there is said to be away."""
    return {"meeting_seat_id": Meeting.objects.get(state="meeting_opened").roll.filter(came="present").first().pk, "came": "away"}


def nobody_sits(world, _what):
    """All seats ended long ago."""
    BodySeat.objects.update(to_on=TOLD)


def one_person(world, _what):
    """Both accounts bear one name."""
    User.objects.filter(username="datong2").update(name=world.visitor.name)


def two(world, **facts):
    """Two who came witness the paper, which seven signed."""
    held = meeting(world, "meeting_opened")
    one, other = (row.seat for row in held.roll.filter(came="present")[:2])
    return {"meeting_id": held.pk, "witness_one": one, "witness_two": other, "signatures": 7} | facts


def _away(_world):
    return {"witness_one": MeetingSeat.objects.filter(came="away").first().seat}


CALLED = {NO_DUTY: Felt(by="clerk"), OUT: Felt(by=elsewhere), NOT_CALLED: Felt(before=cancelled)}
OPEN = {NO_DUTY: Felt(by="clerk"), OUT: Felt(by=elsewhere), NOT_OPEN: Felt(before=over)}
PLACES = "主持人、见证人从本村各组织的成员里选。"

ACTS = {
    "village.call_meeting": Tried("visitor", calling, {"place": "一组院坝"}, may=VILLAGE, spoil={
        NO_DUTY: Felt(by="clerk"), OUT: Felt(by=elsewhere), ENDED: Felt(before=gone),
        NO_RULE: Felt(what=lambda w: {"day": date(2018, 12, 28), "told_on": date(2018, 12, 20)}), "这种会议不能这样计算到会。": Felt(what={"counting": "adults"}),
        "通知日期不能晚于今天。": Felt(what={"told_on": DAY + timedelta(days=1), "day": DAY + timedelta(days=9)}), "通知日期不能晚于开会日期。": Felt(what={"day": TOLD - timedelta(days=1)}),
        TOO_LATE: Felt(what={"day": DAY - timedelta(days=16), "told_on": DAY - timedelta(days=30)}),
        "通知要提前 %(n)s 天,这次只提前了 %(told)s 天(%(source)s)。%(how)s": Felt(what={"told_on": DAY}),
    }),
    "village.cancel_meeting": Tried("visitor", lambda w: called(w, reason="下大雨,路断了"), {"reason": "改在下周开"}, may=VILLAGE, spoil=CALLED),
    "village.open_meeting": Tried("visitor", called, {"members": 9}, may=VILLAGE, spoil={
        **CALLED, "还没到开会的日子。": Felt(before=lambda w, what: Meeting.objects.update(day=DAY + timedelta(days=3))), TOO_LATE: Felt(at=MONDAY + timedelta(days=16)),
        "应到人数是 0:先登记成员,或者填写应到人数。": Felt(before=nobody_sits), "这个组织还有一次会议没有散会。": Felt(before=lambda w, what: meeting(w, "meeting_opened")),
        PLACES: Felt(what=lambda w: {"chair": BodySeat.objects.create(body=body(w, area=w.xinmin), person=villager(w, 1), office="member", from_on=TOLD, seated_at=MONDAY)}),
    }),
    "village.mark_roll": Tried("visitor", marking, {"came": "excused", "reason": "生病"}, may=VILLAGE, spoil={
        **OPEN, "请假要写原因。": Felt(what={"came": "excused"}), LESS: Felt(what=leaving, before=voted),
    }),
    "village.mark_all": Tried("visitor", lambda w: open_one(w, 4), {}, may=VILLAGE, spoil={
        **OPEN, "没有成员名单的会议,登记签到册。": Felt(before=lambda w, what: Meeting.objects.update(counting="adults")), "已经有表决结果,后来的一个一个签到。": Felt(before=voted),
    }),
    "village.count_heads": Tried("visitor", assembly, {"present": 61}, may=VILLAGE, spoil={
        **OPEN, "有成员名单的会议按名单签到。": Felt(what=lambda w: {"meeting_id": meeting(w, "meeting_opened").pk}), "这种会议不能委托别人参加。": Felt(what={"proxies": 2}), "这种会议不能线上参加。": Felt(what={"online": 2}),
        "到会的不会比应到的 %(n)s 多。": Felt(what={"present": 101}), "签到册至少一张。": Felt(what={"sheets": 0}), LESS: Felt(what={"present": 5}, before=lambda w, what: [Meeting.objects.update(present=60), voted(w, what)]),
    }),
    "village.fail_meeting": Tried("visitor", lambda w: open_one(w, 4, reason="农忙,只来了四个人"), {"reason": "下雨没来齐"}, may=VILLAGE, spoil={
        **OPEN, "人数已经够了,按“散会”办理。": Felt(before=lambda w, what: Meeting.objects.update(present=6)), LESS: Felt(before=voted),
    }),
    "village.close_meeting": Tried("visitor", two, {"signatures": 6}, may=VILLAGE, spoil={
        **OPEN, SHORT: Felt(before=lambda w, what: Meeting.objects.update(present=5)), "还有 %(n)s 项议题没有结论。没议到的选“暂缓”。": Felt(before=lambda w, what: item(w, "item_on_agenda", at=Meeting.objects.get())),
        NO_RULE: Felt(before=lambda w, what: Meeting.objects.update(day=date(2018, 12, 28), told_on=date(2018, 12, 20))),
        WITNESSES: Felt(what={"witness_two": None}), "见证人要是到会的成员。": Felt(what=_away), "签名的不会比到会的多。": Felt(what={"signatures": 8}),
        PLACES: Felt(what=lambda w: {"witness_two": BodySeat.objects.create(body=body(w, area=w.xinmin), person=villager(w, 1), office="member", from_on=TOLD, seated_at=MONDAY)}),
    }),
    "village.sign_minutes": Tried("visitor", closed, {}, may=VILLAGE, spoil={
        NO_DUTY: Felt(by="clerk"), OUT: Felt(by=elsewhere), "散会以后才能核对签字。": Felt(what=lambda w: {"meeting_id": meeting(w, of=body(w, "committee", 3)).pk}),
        "会议记录已经签过字。": Felt(before=lambda w, what: signed(Meeting.objects.get())), "记录的人不能自己核对签字,请另一个到会的人。": Felt(by=second), str(SAME_PERSON): Felt(before=one_person),
    }),
}  # fmt: skip
