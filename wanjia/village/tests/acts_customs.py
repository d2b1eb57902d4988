"""How the acts of customs are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..customs.commands import check_stretch
from ..fee_states import RuleState
from ..models import FeastCap, Stretch, StretchKeeper
from .acts_points import afar, far_village, mine, moved_away, one_person, says
from .cited import NOT_THAT_DAY, citing, ended
from .factories import home
from .fee_factories import DAY, MET, cap, feast, stretch, who

NO_KEEP, ELSEWHERE, CLOSED = "您的岗位没有登记门前三包、红白喜事的权限。", "这个村(社区)不在您的范围。", "这一段已经不再是责任段。"
NOT_A_DRAFT, RED, NO_HOME = "这一版已经启用或者不用,不能再改。要改的另拟一版。", "不能写“%(word)s”:%(why)s。", "这一户不在这个村,或者已经没有人。"
SAYS = "没做到的勾出来,写明要收拾什么;都做到的两样都空着。"
KEEPER, BOTH = "village_worker", "village_worker township_worker"


def of_stretch(world, kept=True, **facts):
    """A stretch."""
    return {"stretch_id": stretch(world, kept).pk} | facts


def capping(world, **facts):
    """Ten tables are agreed on."""
    return {"village": world.datong, "tables": 10, "words": "红白喜事不超过十桌", **MET} | facts


def filing(world):
    """The Wang home marries off a daughter."""
    cap(world)
    return {"home": world.register.home, "kind": "wedding", "day": DAY + timedelta(days=3), "tables": 12}


def following(world):
    """A second version replaces the first."""
    cap(world)
    return {"feast_cap_id": cap(world, RuleState.DRAFT).pk}


def looked(world, what):
    """It was looked at today."""
    check_stretch(stretch_id=what["stretch_id"], **who(world.visitor))


def freed(_world, _what):
    """No home sees to it."""
    StretchKeeper.objects.update(to_on=DAY)


KEEPS = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(by=far_village)}
OPEN = {**KEEPS, CLOSED: Felt(before=says(Stretch, closed_on=DAY))}
DRAFT = {NOT_A_DRAFT: Felt(before=lambda w, what: FeastCap.objects.filter(state=RuleState.DRAFT).update(state=RuleState.DROPPED))}

ACTS = {
    "village.open_stretch": Tried("visitor", lambda w: {"village": w.datong, "name": "学校到村口"}, {"name": "村口到桥头"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), "已经有叫这个名字的一段。": Felt(what=lambda w: {"name": stretch(w).name}),
    }),
    "village.give_stretch": Tried("visitor", lambda w: of_stretch(w, kept=False, home=w.register.home), {"home": None}, may=KEEPER, spoil={
        **OPEN, NO_HOME: Felt(what=lambda w: {"home": home(w, 5)}), "这一段已经是这一户的。": Felt(before=lambda w, what: stretch(w)),
    }),
    "village.free_stretch": Tried("visitor", lambda w: of_stretch(w, reason="搬到县城了"), {"reason": "年纪大了"}, may=KEEPER, spoil={**OPEN, "这一段现在没有责任户。": Felt(before=freed)}),
    "village.check_stretch": Tried("visitor", lambda w: of_stretch(w, lacks=["order"], words="路口有一堆柴"), {"words": "水沟堵了"}, may=KEEPER, spoil={
        **OPEN, "三包请从列出的里面选。": Felt(what={"lacks": ["polite"]}), SAYS: Felt(what={"words": ""}), "这一段今天已经看过。": Felt(before=looked),
    }),
    "village.close_stretch": Tried("visitor", lambda w: of_stretch(w, reason="路改道了"), {"reason": "并到下一段"}, may=KEEPER, spoil=OPEN),
    "village.draw_feast_cap": Tried("visitor", capping, {"tables": 12}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), RED: Felt(what={"words": "超过十桌的罚款"}),
        "会议日期要在今天以前。": Felt(what={"resolved_on": DAY + timedelta(days=1)}), **citing("feasts"), "这个村已经有一版待启用的约定。": Felt(before=lambda w, what: cap(w, RuleState.DRAFT)),
    }),
    "village.adopt_feast_cap": Tried("clerk", following, {}, may=BOTH, spoil={
        "您的岗位没有启用约定的权限。": Felt(by="caller"), ELSEWHERE: Felt(by=afar), **DRAFT, "谁拟的谁不能启用,请另一个人核对会议决议后启用。": Felt(before=mine(FeastCap, "drawn_by", "clerk", "adopted_by")),
        str(SAME_PERSON): Felt(before=one_person("clerk")), NOT_THAT_DAY: Felt(before=ended(FeastCap, "feasts")),
    }),
    "village.drop_feast_cap": Tried("visitor", lambda w: {"feast_cap_id": cap(w, RuleState.DRAFT).pk, "reason": "代表会议没有通过"}, {"reason": "重拟一版"}, may=KEEPER, spoil={**KEEPS, **DRAFT}),
    "village.file_feast": Tried("visitor", filing, {"tables": 8}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=moved_away), "最多补登 %(n)s 天以前的。": Felt(what={"day": DAY - timedelta(days=32)}), "最多写 %(n)s 桌,请核对。": Felt(what={"tables": 201}),
        "最多登记 %(n)s 天以后的。": Felt(what={"day": DAY + timedelta(days=367)}),
        "这一户这一天的这件事已经登记过。": Felt(before=lambda w, what: feast(w)),
    }),
    "village.call_off_feast": Tried("visitor", lambda w: {"feast_id": feast(w).pk}, {}, may=KEEPER, spoil={**KEEPS, "已经登记不办了。": Felt(before=lambda w, what: feast(w).__class__.objects.update(called_off_on=DAY))}),
}  # fmt: skip
