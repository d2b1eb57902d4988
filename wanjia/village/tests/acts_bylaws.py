"""How the acts of by-laws are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..bylaw_states import VersionState as V
from ..models import AgendaItem, BylawClause, BylawVersion, Filing, PublicNotice
from .acts_bodies import NO_DUTY, OUT, VILLAGE, elsewhere
from .bylaw_factories import DAY, second, version
from .factories import body

NO_CHECK, NOT_A_DRAFT = "您的岗位没有审核制度的权限,由乡镇备案人员办理。", "这一版不是草案,不能再改。要改的另拟一版。"
AGAINST = "第 %(n)s 条里的“%(said)s”不合法:%(why)s(%(source)s)。改了再送审。"
OTHER_HAND, NOT_THE_TEXT = "起草、写过条文的人不能自己审核、登记施行,请另一个人办。", "条文和送审时不一样,不能施行,请重新送审。"
TOWNSHIP = "township_worker township_leader"
FINE = "乱倒垃圾的罚款五十元。"


def of(state, **facts):
    """A version in a state."""
    return lambda world: {"bylaw_version_id": version(world, state).pk} | facts


def says(**facts):
    """The version says something else meanwhile."""
    return lambda world, what: BylawVersion.objects.filter(pk=what["bylaw_version_id"]).update(**facts)


def reads(words):
    """Its clause says something else meanwhile."""
    return lambda world, what: BylawClause.objects.filter(of=what["bylaw_version_id"]).update(words=words)


def drew(world, what):
    """The same account drew it up."""
    BylawVersion.objects.filter(pk=what["bylaw_version_id"]).update(drawn_by=world.clerk, checked_by=None)


def namesake(world, _what):
    """Whoever drew it up bears the same name."""
    User.objects.filter(pk=second(world).pk).update(name=world.clerk.name)


def voted(**facts):
    """Its item stands otherwise."""
    return lambda world, what: AgendaItem.objects.filter(bylaw_version=what["bylaw_version_id"]).update(**facts)


def unfiled(world, _what):
    """Nobody filed the decision."""
    Filing.objects.update(item=AgendaItem.objects.create(body=body(world), source="villager", kind="hot", title="别的事情", words="别的事情", proposed_on=DAY, proposed_at=MONDAY))


def asked(world):
    """A clause that is asked about."""
    one = version(world, V.SUBMITTED)
    from ..bylaws.queries import digest_of

    one.clauses.update(words="不参加清扫的每次交十元。")
    BylawVersion.objects.filter(pk=one.pk).update(digest=digest_of(one))
    return {"bylaw_version_id": one.pk, "words": ""}


def putting(world):
    """The representatives stand."""
    one = body(world, "representatives", seats=9)
    return {"bylaw_version_id": version(world, V.CHECKED).pk, "body": one}


def amended(world):
    """The meeting changed it."""
    return {"bylaw_version_id": version(world, V.VOTED_ON, passed="item_amended").pk}


def unsubmitted(state):
    """It stands in another state."""
    return lambda world: {"bylaw_version_id": version(world, state, kind="feasts", name="红白喜事").pk}


KEEPS = {NO_DUTY: Felt(by="caller"), OUT: Felt(by=elsewhere)}
CHECKS = {NO_CHECK: Felt(by="visitor"), OUT: Felt(by="stranger")}
HANDS = {OTHER_HAND: Felt(before=drew), str(SAME_PERSON): Felt(before=namesake)}

ACTS = {
    "village.draw_bylaw": Tried("visitor", lambda w: {"village": w.datong, "kind": "frontage", "name": "门前三包"}, {"name": "门前卫生"}, may=VILLAGE, spoil={
        "名称里的“%(said)s”不合法:%(why)s(%(source)s)。换个名称。": Felt(what={"name": "乱倒垃圾罚款办法"}),
        NO_DUTY: Felt(by="caller"), OUT: Felt(what=lambda w: {"village": w.register.huangjin}),
        "这项制度已经有一版草案没有办完,或者别的制度用了这个名称。": Felt(before=lambda w, what: version(w)),
    }),
    "village.write_bylaw_clause": Tried("visitor", of(V.DRAFT, number=2, words="红事一桌不超过十二个菜。"), {"words": "白事三天办完。"}, may=VILLAGE, spoil={
        **KEEPS, NOT_A_DRAFT: Felt(what=unsubmitted(V.SUBMITTED)), "没有第 %(n)s 条,条文不能空着。": Felt(what={"words": ""}),
    }),
    "village.hear_homes": Tried("visitor", of(V.DRAFT, until=DAY, homes=42, words="多数赞成,有两户嫌麻烦"), {"homes": 43}, may=VILLAGE, spoil={
        **KEEPS, NOT_A_DRAFT: Felt(what=unsubmitted(V.SUBMITTED)), "征求意见的日期不能晚于今天。": Felt(what={"until": DAY + timedelta(days=1)}),
    }),
    "village.submit_bylaw": Tried("visitor", of(V.DRAFT), {}, may=VILLAGE, spoil={
        **KEEPS, NOT_A_DRAFT: Felt(what=unsubmitted(V.SUBMITTED)), "先征求各户的意见,把大家怎么说的记下来。": Felt(before=says(heard_until=None)),
        "还没有一条条文。": Felt(before=lambda w, what: BylawClause.objects.all().delete()), AGAINST: Felt(before=reads(FINE)),
    }),
    "village.check_bylaw": Tried("clerk", of(V.SUBMITTED, lawful=True), {"words": "合法"}, may=TOWNSHIP, spoil={
        **CHECKS, **HANDS, "这一版没有送审,或者已经审核过。": Felt(what=unsubmitted(V.DRAFT)), "退回的要写明哪一条、违反哪条法。": Felt(what={"lawful": False}),
        "标出要问的条文,要写明为什么可以留。": Felt(what=asked), NOT_THE_TEXT: Felt(before=reads("各户自己扫门前。")),
    }),
    "village.put_bylaw": Tried("visitor", putting, {}, may=VILLAGE, spoil={
        **KEEPS, "乡镇审核通过以后才提交表决。": Felt(what=unsubmitted(V.SUBMITTED)), "这一版已经表决过,按表决改了条文,等乡镇登记施行。": Felt(before=lambda w, what: reworded(w, what)),
        "这项制度不能由这个组织表决;还没登记的,先登记村民会议、村民代表会议。": Felt(what=lambda w: {"body": body(w, "council", seats=3)}),
    }),
    "village.reword_bylaw": Tried("visitor", amended, {}, may=VILLAGE, spoil={
        **KEEPS, "这一版没有提交表决。": Felt(what=unsubmitted(V.CHECKED)), "只有“修改后通过”的才照表决改条文。": Felt(what=lambda w: {"bylaw_version_id": version(w, V.VOTED_ON, kind="feasts", name="红白喜事").pk}),
    }),
    "village.adopt_bylaw": Tried("clerk", of(V.VOTED_ON), {}, may=TOWNSHIP, spoil={
        **CHECKS, **HANDS, "这一版没有审核、表决,或者已经施行。": Felt(what=unsubmitted(V.DRAFT)), "会议还没有通过这一版。": Felt(what=unsubmitted(V.CHECKED)),
        "会上作了修改,先照表决改条文,再送审。": Felt(what=lambda w: {"bylaw_version_id": version(w, V.VOTED_ON, kind="feasts", name="红白喜事", passed="item_amended").pk}),
        "表决以后还没有报备。": Felt(before=unfiled), "乡镇责令改正的决定不能施行。": Felt(before=lambda w, what: Filing.objects.update(opinion="corrected", opinion_words="罚款没有依据", answered_on=DAY, answered_at=MONDAY)),
        "还没有公布,先公示。": Felt(before=lambda w, what: PublicNotice.objects.update(withdrawn_on=DAY, withdrawn_because="异议采纳")), NOT_THE_TEXT: Felt(before=reads("各户自己扫门前。")),
    }),
    "village.suspend_bylaw": Tried("clerk", of(V.IN_FORCE, words="第 1 条违反行政处罚法第十六条"), {"words": "第 1 条违反民法典第一千零二十四条"}, may=TOWNSHIP, spoil={
        **CHECKS, "这一版不在施行。": Felt(what=unsubmitted(V.DRAFT)),
    }),
    "village.resume_bylaw": Tried("clerk", of(V.SUSPENDED, reason="核对原文,没有罚款"), {"reason": "村里已经说明"}, may=TOWNSHIP, spoil={
        **CHECKS, "这一版没有停止执行。": Felt(what=unsubmitted(V.DRAFT)),
    }),
    "village.drop_bylaw": Tried("visitor", of(V.DRAFT, reason="会上没有通过"), {"reason": "重新起草"}, may=VILLAGE, spoil={
        **KEEPS, "这一版在乡镇审核,或者已经施行过、不用了。": Felt(what=unsubmitted(V.SUBMITTED)), "会议已经通过,不能不用。要改的另拟一版。": Felt(what=lambda w: {"bylaw_version_id": version(w, V.VOTED_ON, kind="feasts", name="红白喜事").pk}),
    }),
}  # fmt: skip


def reworded(world, what):
    """It was voted on, and its clauses changed as the meeting did."""
    from .bylaw_factories import vote

    BylawVersion.objects.filter(pk=what["bylaw_version_id"]).update(item=vote(world, "item_amended"))
