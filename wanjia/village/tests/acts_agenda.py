"""How the acts of the agenda are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..models import AgendaItem, BylawVersion, Meeting, MeetingCall
from .acts_bodies import ENDED, NO_DUTY, OUT, VILLAGE, elsewhere, gone
from .acts_meetings import NO_RULE, SHORT
from .bylaw_factories import version
from .call_factories import asked
from .factories import DAY, body, item, meeting, villager

NOT_WAITING, NOT_ON = "这个议题已经列入议程或者有了结论。", "这个议题没有列入议程,或者已经有了结论。"
NOT_OPEN, UNKNOWN = "会议没有在开,不能记录发言和结论。", "须提交的事项请从列出的里面选。"
RESERVED = "“%(matter)s”不能由%(body)s决定,请用“转其他会议”提交给%(to)s(%(source)s)。"
TOO_SHORT = "通知要提前 %(n)s 天,这次只提前了 %(told)s 天(%(source)s)。%(how)s"
DUE = DAY + timedelta(days=50)


def proposing(world, **facts):
    """A villager brings something."""
    return {
        "governing_body_id": body(world).pk, "source": "villager", "kind": "hot", "title": "饮水池要清洗", "words": "水池两年没洗,水有味道。", "proposed_on": DAY, "brought_by": "岩秀英",
    } | facts  # fmt: skip


def waits(world, **facts):
    """It waits."""
    return {"agenda_item_id": item(world).pk} | facts


def changing(world, **facts):
    """It is worded anew."""
    return waits(world, kind="major", title="三组垃圾池迁建", words="垃圾池离水井不到十米。") | facts


def of_a_bylaw(world, what):
    """By it a rule is voted on."""
    BylawVersion.objects.filter(pk=version(world).pk).update(item=what["agenda_item_id"])


def asked_for(world, what):
    """Villagers signed a list for it."""
    one = asked(world)
    MeetingCall.objects.filter(pk=one.pk).update(item=what["agenda_item_id"], state="call_bound", signed=one.needs, bound_on=DAY, due_on=DUE)


def putting(world, **facts):
    """There is a meeting to put it to."""
    return waits(world, meeting=meeting(world)) | facts


def on(world, **facts):
    """It is on the agenda of a meeting that is open."""
    return {"agenda_item_id": item(world, "item_on_agenda").pk} | facts


def deciding(world, **facts):
    """Six of seven agree."""
    return on(world, ruling="pass", votes_for=6, votes_against=1, conclusion="年底前搬到路口", answers="村委会副主任", due_on=DUE) | facts


def hastily(world):
    """Somebody is to be removed by an assembly that was told two days before."""
    villager(world, 1)
    held = meeting(world, "meeting_opened", of=body(world, "villagers"), counting="adults", came=60, told_on=DAY - timedelta(days=2), urgent="泥石流要搬迁")
    return {"agenda_item_id": item(world, "item_on_agenda", at=held, matter="removal").pk, "votes_for": 50}


def sending(world, **facts):
    """It goes to the representatives."""
    one = item(world, "item_on_agenda", matter="public_works")
    return {"agenda_item_id": one.pk, "body": body(world, "representatives"), "reason": "要筹资筹劳,议事会定不了"} | facts


def carried(world, **facts):
    """It was carried out."""
    return {"agenda_item_id": item(world, "item_passed").pk, "done_on": DAY, "words": "已搬到路口,花了 800 元"} | facts


def settled(world, _what):
    """It was rejected meanwhile."""
    rows = AgendaItem.objects.all()
    if rows.filter(meeting=None).exists():
        held = meeting(world, "meeting_opened", of=rows.first().body)
        rows.update(state="item_on_agenda", meeting=held)
    rows.filter(state="item_on_agenda").update(state="item_rejected", votes_for=1, votes_against=5, votes_abstain=0)


def shut(world, _what):
    """The meeting was closed meanwhile."""
    Meeting.objects.filter(state="meeting_opened").update(state="meeting_closed", closed_at=MONDAY)


def rows(**facts):
    """The item says something else."""
    return lambda world, what: AgendaItem.objects.update(**facts)


def met(**facts):
    """The meeting does."""
    return lambda world, what: Meeting.objects.update(**facts)


KEEPS = {NO_DUTY: Felt(by="clerk"), OUT: Felt(by=elsewhere)}
LATE = {**KEEPS, NOT_WAITING: Felt(before=settled)}

ACTS = {
    "village.propose_item": Tried("visitor", proposing, {"title": "水池漏水要修"}, may=VILLAGE, spoil={
        **KEEPS, ENDED: Felt(before=gone), "提出日期不能晚于今天。": Felt(what={"proposed_on": DAY + timedelta(days=1)}), "转来、再议的议题由系统登记。": Felt(what={"source": "back"}),
        UNKNOWN: Felt(what={"matter": "assets"}),
    }),
    "village.change_item": Tried("visitor", changing, {"title": "换个说法写"}, may=VILLAGE, spoil={
        **LATE, UNKNOWN: Felt(what={"matter": "assets"}), "已经标成须提交的事项,一个人不能改。确实不属于的,请乡镇备案人员核定。": Felt(before=rows(matter="public_works")),
        "这个议题是表决制度的,这里不能改:条文在制度里改,改了重新送审。": Felt(before=of_a_bylaw),
        "这个议题是联名提出来的,议题和内容照名单上签的,不能改。": Felt(before=asked_for),
    }),
    "village.free_item": Tried("clerk", lambda w: {"agenda_item_id": item(w, matter="public_works").pk, "reason": "只是换灯泡,不用筹资筹劳"}, {"reason": "用的是自己的电费"}, may="township_worker township_leader", spoil={
        "您的岗位没有核定的权限,由乡镇备案人员办理。": Felt(by="visitor"), OUT: Felt(by="stranger"), NOT_WAITING: Felt(before=settled), "这个议题没有标成须提交的事项。": Felt(before=rows(matter="")),
        str(SAME_PERSON): Felt(before=lambda w, what: AgendaItem.objects.update(proposed_by=w.clerk)),
    }),
    "village.put_item": Tried("visitor", putting, {}, may=VILLAGE, spoil={
        **LATE, ENDED: Felt(before=gone), "这次会议不是这个组织的,或者已经散了。": Felt(what=lambda w: {"meeting": meeting(w, of=body(w, "committee", 3))}),
    }),
    "village.take_item_off": Tried("visitor", on, {}, may=VILLAGE, spoil={**KEEPS, NOT_ON: Felt(before=settled)}),
    "village.note_words": Tried("visitor", lambda w: on(w, minutes="包正才:路口近,好收运。"), {"minutes": "另有两人主张放到村口。"}, may=VILLAGE, spoil={
        **KEEPS, NOT_ON: Felt(what=lambda w: {"agenda_item_id": item(w).pk}), NOT_OPEN: Felt(before=shut),
    }),
    "village.rule_on_item": Tried("visitor", deciding, {"votes_for": 5}, may=VILLAGE, spoil={
        **KEEPS, NOT_ON: Felt(before=settled), NOT_OPEN: Felt(before=shut), SHORT: Felt(before=met(present=5)), RESERVED: Felt(before=rows(matter="public_works")),
        NO_RULE: Felt(before=met(day=DAY.replace(year=2018, month=11), told_on=DAY.replace(year=2018, month=10))),
        "这件事不能按这种方式计算到会人数,请按十八周岁以上村民重新召集。": Felt(before=rows(matter="removal")),
        "暂缓的不记票数。": Felt(what={"ruling": "defer"}), "票数 %(votes)s 比到会的 %(there)s 多。": Felt(what={"votes_for": 8}),
        "同意 %(votes)s,要 %(must)s 才算通过(%(source)s)。": Felt(what={"votes_for": 3}), "同意 %(votes)s 已经够了 %(must)s,不能记成不通过。": Felt(what={"ruling": "reject"}),
        TOO_SHORT: Felt(what=hastily), "通过的要写明结论、责任人和完成时限。": Felt(what={"answers": ""}), "完成时限不能早于开会那天。": Felt(what={"due_on": DAY - timedelta(days=1)}),
    }),
    "village.send_item_on": Tried("visitor", sending, {"reason": "村规民约要村民会议定"}, may=VILLAGE, spoil={
        **LATE, "这件事不能提交给这个组织;还没登记那个组织的,先登记。": Felt(what=lambda w: {"body": body(w, "committee", 3)}),
    }),
    "village.tell_done": Tried("visitor", carried, {"words": "搬了一半,等水泥"}, may=VILLAGE, spoil={
        **KEEPS, "只有通过的决定登记落实情况。": Felt(what=lambda w: {"agenda_item_id": item(w).pk}), "落实情况已经登记过。": Felt(before=rows(done_on=DAY, done_words="办好了")),
        "这个决定已经退回再议。": Felt(before=lambda w, what: item(w, came_from_id=what["agenda_item_id"])), "落实日期要在决定以后,不晚于今天。": Felt(what={"done_on": DAY + timedelta(days=1)}),
    }),
}  # fmt: skip
