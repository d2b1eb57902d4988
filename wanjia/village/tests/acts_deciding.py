"""How the acts after a decision are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..models import AgendaItem, Filing, Meeting, Objection, PublicNotice
from .acts_agenda import KEEPS, met, rows
from .acts_bodies import NO_DUTY, OUT, VILLAGE
from .acts_meetings import NO_RULE, SHORT, TOO_LATE
from .factories import DAY, decided, filing, item, objection, posted

NOT_DECIDED, NOT_SIGNED = "只有通过的决定才报备、公示。", "会议还没有散会,或者会议记录还没有第二个人签字。"
NO_VOTE = "这个决定的票数不够,不能公布:同意 %(votes)s,要 %(must)s。"
TOWNSHIP = "township_worker township_leader"


def filed(world, **facts):
    """It is filed today."""
    return {"agenda_item_id": decided(world).pk, "filed_on": DAY, "heard": "两委同意"} | facts


def answering(world, **facts):
    """The township agrees."""
    return {"filing_id": filing(world).pk, "opinion": "agreed"} | facts


def posting(world, **facts):
    """It goes up for fifteen days."""
    return {"agenda_item_id": filing(world).item_id, "from_on": DAY, "until_on": DAY + timedelta(days=14), "where": "村务公开栏", "words": "年底前搬到路口"} | facts


def objecting(world, **facts):
    """Somebody objects."""
    return {"public_notice_id": posted(world).pk, "words": "搬到路口味道大", "way": "spoken", "told_on": DAY, "name": "吉有福"} | facts


def replying(world, **facts):
    """The supervision answers."""
    return {"objection_id": objection(world).pk, "outcome": "explained", "answer": "新池加盖,每天清运", "answered_for": "村务监督委员会"} | facts


def unsigned(world, _what):
    """Nobody signed the minutes."""
    Meeting.objects.update(signed_at=None, signed_by=None)


def undecided(world):
    """Something that was rejected."""
    return {"agenda_item_id": item(world, "item_rejected").pk}


def past(**facts):
    """The notice lay in the past."""
    return lambda world, what: PublicNotice.objects.update(**facts)


DECIDED = {
    **KEEPS, NOT_DECIDED: Felt(what=undecided), NOT_SIGNED: Felt(before=unsigned), SHORT: Felt(before=met(present=5)), NO_VOTE: Felt(before=rows(votes_for=3)),
    NO_RULE: Felt(before=met(day=DAY.replace(year=2018, month=11), told_on=DAY.replace(year=2018, month=10))),
    "这件事不能按这种方式计算到会人数,请按十八周岁以上村民重新召集。": Felt(before=rows(matter="removal")),
}  # fmt: skip

ACTS = {
    "village.file_decision": Tried("visitor", filed, {"heard": "两委没有意见"}, may=VILLAGE, spoil={
        **DECIDED, "这个决定已经报备。": Felt(before=lambda w, what: filing(w, AgendaItem.objects.get(pk=what["agenda_item_id"]))),
        "备案日期要在决定以后,不晚于今天。": Felt(what={"filed_on": DAY + timedelta(days=1)}), TOO_LATE: Felt(at=MONDAY + timedelta(days=16)),
    }),
    "village.answer_filing": Tried("clerk", answering, {"words": "注意安全"}, may=TOWNSHIP, spoil={
        "您的岗位没有答复备案的权限。": Felt(by="visitor"), OUT: Felt(by="stranger"), "这份备案已经答复。": Felt(before=lambda w, what: Filing.objects.update(opinion="agreed", answered_on=DAY, answered_at=MONDAY)),
        "责令改正要写明违反哪条、怎么改。": Felt(what={"opinion": "corrected"}),
    }),
    "village.post_notice": Tried("visitor", posting, {"where": "一组院坝"}, may=VILLAGE, spoil={
        **DECIDED, "先报备,再公示。": Felt(what=lambda w: {"agenda_item_id": decided(w).pk}),
        "乡镇责令改正的决定不能公示,改正后重新上会。": Felt(before=lambda w, what: Filing.objects.update(opinion="corrected", opinion_words="罚款没有依据", answered_on=DAY, answered_at=MONDAY)),
        "这个决定已经公示。": Felt(before=lambda w, what: posted(w, AgendaItem.objects.get(pk=what["agenda_item_id"]))),
        "这个决定撤下过公示,要重新上会。": Felt(before=lambda w, what: posted(w, AgendaItem.objects.get(pk=what["agenda_item_id"]), withdrawn_on=DAY, withdrawn_because="异议采纳")),
        "公示第一天要在决定以后,不晚于今天。": Felt(what={"from_on": DAY + timedelta(days=1)}), TOO_LATE: Felt(at=MONDAY + timedelta(days=16)),
        "公示至少 %(n)s 天(%(source)s),最后一天改到 %(day)s 或更晚。": Felt(what={"until_on": DAY + timedelta(days=13)}),
    }),
    "village.tell_objection": Tried("visitor", objecting, {"way": "phone"}, may=VILLAGE, spoil={
        **KEEPS, "这份公示已经撤下。": Felt(before=past(withdrawn_on=DAY, withdrawn_because="异议采纳")), "公示已经到期,自动撤下。": Felt(at=MONDAY + timedelta(days=15 + 7)),
        "提出日期要在公示以后,不晚于今天。": Felt(what={"told_on": DAY + timedelta(days=1)}),
    }),
    "village.object_from_page": Tried("villager", lambda w: {"public_notice_id": posted(w).pk, "words": "搬到路口味道大", "name": ""}, {"words": "路口车多"}, {"words": "臭"}, "anybody objects", spoil={
        "意见写 %(least)s 到 %(most)s 个字。": Felt(what={"words": "臭"}), "这份公示已经撤下。": Felt(before=past(withdrawn_on=DAY, withdrawn_because="异议采纳")), "公示已经到期,自动撤下。": Felt(at=MONDAY + timedelta(days=15)),
        "今天从网页提的太多,请打电话、写张纸条给村里,一样答复。": Felt(before=lambda w, what: [objection(w, PublicNotice.objects.get()) for _n in range(60)]),
    }),
    "village.answer_objection": Tried("visitor", replying, {"answer": "路口下风向,影响小"}, may=VILLAGE, spoil={
        **KEEPS, NO_DUTY: Felt(by="caller"), "这条异议已经答复。": Felt(before=lambda w, what: Objection.objects.update(outcome="explained", answer="说明过了", answered_for="监督委员会", answered_on=DAY, answered_at=MONDAY)),
        "写决定、张贴公示的人不能自己答复异议,请本村另一个人答复;本村没有别的账号的,由乡镇答复。": Felt(before=lambda w, what: PublicNotice.objects.update(posted_by=w.visitor)),
        "本村有另一个人可以答复,乡镇不代答。": Felt(by="clerk"),
    }),
}  # fmt: skip
