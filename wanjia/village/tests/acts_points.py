"""How the acts of points and of the shop are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.registry.tests.factories import unit, worker

from ..booking.commands import reverse_points
from ..models import Good, PointAppeal, PointClaim, PointMonth, PointScheme, StockMove
from ..point_states import ClaimState, MonthState, SchemeState
from ..points.appeals.commands import appeal_absence
from ..points.commands import answer_point_objection, write_clause
from ..shop.commands import close_month, give_back
from . import point_factories as made
from .cited import NOT_THAT_DAY, STOPPED, citing, ended
from .point_factories import BOOKED, DAY, RESOLVED, claim, item, objected, redemption, scheme, soap, who

NO_KEEP, NO_REVIEW, ELSEWHERE = "您的岗位没有登记积分、办爱心超市的权限。", "您的岗位没有审核积分的权限。", "这个村(社区)不在您的范围。"
NOT_A_DRAFT, RED = "这一版已经启用或者不用,不能再改。要改的另拟一版。", "“%(word)s”不能计分:%(why)s。"
NO_HOME, NO_RULES = "这一户不在这个村,或者已经没有人。", "这个村还没有现行的积分办法,先拟好、启用。"
KEEPER, BOTH = "village_worker", "village_worker township_worker"
LATE = MONDAY + timedelta(days=60)
LATER, NOT_REVIEWER, NOT_NEUTRAL = "申诉期限是 %(day)s,已经过了。", "要交给本村或者乡镇审核积分的人。", "审核、申报、登记申诉的人不能答复,请交给另一个人。"


def afar(world):
    """A clerk of the next township."""
    return world.register.stranger


def far_village(world):
    """A village worker of the next village."""
    return User.objects.filter(username="huangjin").first() or worker("huangjin", "孙村干", unit("黄金村村民委员会", Tier.VILLAGE, world.register.huangjin), Role.VILLAGE_WORKER)


def drafting(world, **facts):
    """A draft waits."""
    return {"point_scheme_id": scheme(world, SchemeState.DRAFT).pk} | facts


def of_claim(world, state=ClaimState.PROPOSED, **facts):
    """A claim."""
    return {"point_claim_id": claim(world, state).pk} | facts


def of_good(world, **facts):
    """Soap; rules are in force."""
    scheme(world)
    return {"good_id": soap(world).pk} | facts


def proposing(world):
    """A deed of the Wang home."""
    return {"home": world.register.home, "item": item(world), "day": DAY, "words": "清扫村口到学校的路"}


def redeeming(world):
    """The Wang home has ten points and takes a piece."""
    made.entry(world)
    return of_good(world, home=world.register.home, pieces=1, way="at_shop")


def answering(world):
    """The objection is looked into."""
    one = objected(world)
    return {"point_claim_id": one.claim_id, "objection": one, "upheld": False, "answer": "看了签到表,他家来了两个人"}


def says(model, **facts):
    """It says something else meanwhile."""
    return lambda world, what: model.objects.update(**facts)


def dropped(_world, _what):
    """The draft was dropped meanwhile."""
    PointScheme.objects.filter(state=SchemeState.DRAFT).update(state=SchemeState.DROPPED)


def one_person(hand):
    """Whoever did the step before bears the same name as whoever does this one."""

    def before(world, _what):
        User.objects.filter(pk=world.register.yang.pk).update(name=getattr(world, hand).name)

    return before


def mine(model, field, hand, *cleared):
    """The step before was done by the same account; cleared: who did what came between."""
    return lambda world, what: model.objects.update(**{field: getattr(world, hand)} | dict.fromkeys(cleared))


def wrote_a_clause(world, what):
    """Whoever adopts wrote a clause into another's draft."""
    write_clause(point_scheme_id=what["point_scheme_id"], clause=2, head="peace", words="调解邻里纠纷一次", points=500, **who(world.visitor))


def cheaper(world, what):
    """A home holds points, and the new version would make them worth less."""
    made.entry(world)
    PointScheme.objects.filter(pk=what["point_scheme_id"]).update(fen=50)


def dearer(world, what):
    """A home holds points, and at their new worth the shelves are too bare."""
    made.entry(world)
    Good.objects.update(on_hand=1)
    PointScheme.objects.filter(pk=what["point_scheme_id"]).update(fen=200)


def another(world, _what):
    """It was claimed before."""
    claim(world)


def moved_away(world, _what):
    """Nobody lives there any more."""
    world.register.home.memberships.update(to_on=DAY)


def adopting(world):
    """A second version replaces the first."""
    scheme(world)
    return drafting(world)


def missing(world):
    """Another deed of the Wang home stands on no board."""
    made.claim(world, ClaimState.POSTED)
    return {"home": world.register.home, "item": item(world), "day": DAY - timedelta(days=1), "posted_on": DAY, "words": "前一天也去清扫了,公示里没有", "owner": made.reviewer(world)}


def appealing(world):
    """The home says of its line that it is another's."""
    return {"point_claim_id": claim(world, ClaimState.BOOKED).pk, "words": "这一件是隔壁家做的", "owner": made.reviewer(world)}


def deciding(world, line=None):
    """The appeal is looked into."""
    return {"point_appeal_id": made.appeal(world, line).pk, "upheld": True, "answer": "看了签到表,是隔壁家"}


def undone(world, what):
    """Somebody reversed it meanwhile."""
    reverse_points(point_entry_id=made.entry(world).pk, words="登记成了另一户,已当面说明", **who(world.clerk, BOOKED))


KEEPS = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(by=far_village)}
REVIEWS = {NO_REVIEW: Felt(by="caller"), ELSEWHERE: Felt(by=afar)}
DRAFT = {**KEEPS, NOT_A_DRAFT: Felt(before=dropped)}
WORTH = "1 个积分要值 %(least)s 到 %(most)s 分钱。"

ACTS = {
    "village.draw_scheme": Tried("visitor", lambda w: {"village": w.datong, "fen": 100, **RESOLVED}, {"fen": 200}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), WORTH: Felt(what={"fen": 501}), "积分总额最多占货值的百分之 %(most)s。": Felt(what={"cover": 101}), "会议日期要在今天以前。": Felt(what={"resolved_on": DAY + timedelta(days=1)}), **citing("points_rules"),
        "这个村已经有一版待启用的办法。": Felt(before=lambda w, what: scheme(w, SchemeState.DRAFT)),
    }),
    "village.write_clause": Tried("visitor", lambda w: drafting(w, clause=2, head="peace", words="调解邻里纠纷一次", points=10), {"points": 20}, may=KEEPER, spoil={
        **DRAFT, "一条最多 %(n)s 分。": Felt(what={"points": 501}), RED: Felt(what={"words": "家里有人考上大学"}),
    }),
    "village.adopt_scheme": Tried("clerk", adopting, {}, may=BOTH, spoil={
        **REVIEWS, NOT_A_DRAFT: DRAFT[NOT_A_DRAFT], "谁拟的谁不能启用,请另一个人核对会议决议后启用。": Felt(before=mine(PointScheme, "drawn_by", "clerk", "adopted_by")), str(SAME_PERSON): Felt(before=one_person("clerk")),
        "写过细则的人不能启用,请另一个人核对会议决议后启用。": Felt(by="visitor", before=wrote_a_clause),
        "还没有一条细则。": Felt(before=lambda w, what: scheme(w, SchemeState.DRAFT).items.all().delete()),
        "各户手里还有 %(n)s 分,一分不能折得比原来少。": Felt(at=BOOKED, before=cheaper), "按新办法,货架上的东西不够换各户手里的分,先进货。": Felt(at=BOOKED, before=dearer), NOT_THAT_DAY: Felt(before=ended(PointScheme, "points_rules")),
    }),
    "village.drop_scheme": Tried("visitor", lambda w: drafting(w, reason="代表会议没有通过"), {"reason": "重拟一版"}, may=KEEPER, spoil=DRAFT),
    "village.propose_points": Tried("visitor", proposing, {"words": "清扫文化广场"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=moved_away), "日期要在 %(n)s 天以内、今天以前。": Felt(what={"day": DAY + timedelta(days=1)}), RED: Felt(what={"words": "没有去上访"}),
        STOPPED: Felt(before=ended(PointScheme, "points_rules")), "那一天施行的不是这一版办法,按那一天的细则申报。": Felt(what={"day": DAY - timedelta(days=20)}),
        "这一条不是现行的细则。": Felt(before=says(PointScheme, state=SchemeState.ENDED)), "这一户这一天的这一条已经申报过。": Felt(before=another),
    }),
    "village.post_claim": Tried("clerk", of_claim, {}, may=BOTH, spoil={
        **REVIEWS, "这一件已经审核过。": Felt(before=lambda w, what: claim(w, ClaimState.POSTED)), "自己申报的自己不能审核,请另一个人审核。": Felt(before=mine(PointClaim, "proposed_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")), "货架上的东西只够再发 %(n)s 分。先进货,再公示。": Felt(before=says(Good, on_hand=0)),
    }),
    "village.refuse_claim": Tried("clerk", lambda w: of_claim(w, reason="当天没有组织清扫"), {"reason": "签到表上没有他家"}, may=BOTH, spoil={
        **REVIEWS, "这一件已经记分或者不记分。": Felt(before=says(PointClaim, state=ClaimState.REFUSED, reason="当天没有组织清扫")),
    }),
    "village.object_to_claim": Tried("visitor", lambda w: of_claim(w, ClaimState.POSTED, words="那天没有看见他家来"), {"words": "他家只来了一会儿"}, may=KEEPER, spoil={
        **KEEPS, "这一件不在公示期里。公示过了的,记分后可以冲正。": Felt(at=BOOKED),
    }),
    "village.answer_point_objection": Tried("clerk", answering, {"answer": "问了小组长,来了"}, may=BOTH, spoil={
        **REVIEWS, "这一件不在公示。": Felt(before=says(PointClaim, state=ClaimState.REFUSED, reason="另有原因")), "自己申报的自己不能答复异议,请另一个人答复。": Felt(before=mine(PointClaim, "proposed_by", "clerk", "posted_by")),
        str(SAME_PERSON): Felt(before=one_person("clerk")), "没有等答复的异议。": Felt(before=lambda w, what: answer_point_objection(**what, **who(w.clerk))),
    }),
    "village.appeal_line": Tried("visitor", appealing, {"words": "另一句申诉的话"}, at=BOOKED, may=KEEPER, spoil={
        **KEEPS, "还没有记分,也没有说不记分。在公示里的,登记异议。": Felt(what=lambda w: {"point_claim_id": claim(w, ClaimState.POSTED, day=DAY - timedelta(days=1)).pk}), LATER: Felt(at=MONDAY + timedelta(days=8)),
        "这一件已经申诉过。": Felt(before=lambda w, what: made.appeal(w)), "这一笔已经冲正。": Felt(before=undone), NOT_REVIEWER: Felt(what=lambda w: {"owner": w.handler}), NOT_NEUTRAL: Felt(what=lambda w: {"owner": w.clerk}),
    }),
    "village.appeal_absence": Tried("visitor", missing, {"words": "另一句申诉的话"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=moved_away), "这一条不是现行的细则。": Felt(before=says(PointScheme, state=SchemeState.ENDED)), "那一天没有公示过积分。": Felt(what={"posted_on": DAY - timedelta(days=1)}),
        LATER: Felt(at=MONDAY + timedelta(days=8)), "日期要在 %(n)s 天以内、今天以前。": Felt(what={"day": DAY + timedelta(days=1)}), "那一天施行的不是这一版办法,按那一天的细则申报。": Felt(what={"day": DAY - timedelta(days=20)}),
        RED: Felt(what={"words": "没有去上访,公示里没有"}), "这一件申报过,到那一件上登记异议或者申诉。": Felt(what={"day": DAY}), STOPPED: Felt(what={"day": DAY}, before=ended(PointScheme, "points_rules")), "这一件已经申诉过。": Felt(before=lambda w, what: appeal_absence(**what, **who(w.register.yang))),
        NOT_REVIEWER: Felt(what=lambda w: {"owner": w.handler}), NOT_NEUTRAL: Felt(what=lambda w: {"owner": w.visitor}),
    }),
    "village.answer_appeal": Tried("visitor", deciding, {"upheld": False}, at=LATE, may=BOTH, spoil={
        **REVIEWS, "这一件申诉已经答复。": Felt(before=says(PointAppeal, state="appeal_rejected", answer="看了签到表", answered_on=DAY)), NOT_NEUTRAL: Felt(by="clerk"), str(SAME_PERSON): Felt(before=one_person("visitor")),
        "这一件交给了另一个人答复,过了期限别人才能答复。": Felt(at=BOOKED, by=made.reviewer), "这一户只有 %(n)s 分,不够。积分不能欠。": Felt(before=lambda w, what: redemption(w)),
        "这一户这一天的这一条已经另外申报,照那一件办。": Felt(what=lambda w: deciding(w, made.refused(w, day=DAY - timedelta(days=1))), before=lambda w, what: claim(w, day=DAY - timedelta(days=1))),
    }),
    "village.book_points": Tried("clock", lambda w: claim(w, ClaimState.POSTED) and {}, {}, {}, "the clock's own hand", at=BOOKED, spoil={"公示期满由系统记分,不由人代记。": Felt(by="clerk")}),
    "village.reverse_points": Tried("clerk", lambda w: {"point_entry_id": made.entry(w).pk, "words": "登记成了另一户,已当面说明"}, {"words": "重复登记,已当面说明"}, at=BOOKED, may=BOTH, spoil={
        **REVIEWS, "只有记分可以冲正,兑换的到爱心超市退货。": Felt(what=lambda w: {"point_entry_id": redemption(w).entry_id}), "这一笔已经冲正。": Felt(before=lambda w, what: reverse_points(**what, **who(w.clerk, BOOKED))),
        "自己申报的自己不能冲正,请另一个人办。": Felt(before=mine(PointClaim, "proposed_by", "clerk", "posted_by")), str(SAME_PERSON): Felt(before=one_person("clerk")),
        "这一户只有 %(n)s 分,不够。积分不能欠。": Felt(before=lambda w, what: redemption(w)),
    }),
    "village.take_in": Tried("visitor", lambda w: {"village": w.datong, "name": "食用油", "source": "donated", "yuan": "52.50", "pieces": 6}, {"pieces": 7}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), "金额写成 12.50 这样。": Felt(what={"yuan": "十元"}), "一件要在 0.01 元到 1000 元之间。": Felt(what={"yuan": "0"}),
        "已经有叫这个名字的东西,到它那里补货;价钱不同的,名字里写明规格。": Felt(what=lambda w: {"name": soap(w).name}),
    }),
    "village.restock": Tried("visitor", lambda w: of_good(w, pieces=10), {"pieces": 12}, may=KEEPER, spoil=KEEPS),
    "village.check_stock": Tried("clerk", lambda w: {"good_id": made.coming(w).pk}, {}, may=BOTH, spoil={
        **REVIEWS, "没有等核对的进货。": Felt(before=lambda w, what: soap(w)), "自己登记的进货自己不能核对,请另一个人核对。": Felt(before=mine(StockMove, "made_by", "clerk")), str(SAME_PERSON): Felt(before=one_person("clerk")),
    }),
    "village.count_stock": Tried("visitor", lambda w: of_good(w, counted=37, words="三袋受潮,已销毁"), {"counted": 38}, may=KEEPER, spoil={**KEEPS, "比账上多 %(n)s 件。多出来的按补货登记,由另一个人核对。": Felt(what={"counted": 41})}),
    "village.shelve": Tried("visitor", lambda w: of_good(w, offered=False), {"offered": True}, may=KEEPER, spoil=KEEPS),
    "village.redeem": Tried("visitor", redeeming, {"way": "at_home"}, at=BOOKED, may=KEEPER, spoil={
        **KEEPS, NO_RULES: Felt(before=says(PointScheme, state=SchemeState.ENDED)), "这样东西已经下架。": Felt(before=says(Good, offered=False)),
        "这样东西没有了。": Felt(before=says(Good, on_hand=0)), NO_HOME: Felt(before=moved_away), "这一户只有 %(n)s 分,不够。积分不能欠。": Felt(what={"pieces": 2}),
        "没有这么多了,只剩 %(n)s 件。": Felt(what={"pieces": 2}, before=lambda w, what: (Good.objects.update(on_hand=1, fen=500))),
    }),
    "village.give_back": Tried("visitor", lambda w: {"redemption_id": redemption(w).pk, "words": "买错了,没有拆开"}, {"words": "规格不对"}, at=BOOKED, may=KEEPER, spoil={
        **KEEPS, "这一笔已经退过。": Felt(before=lambda w, what: give_back(**what, **who(w.visitor, BOOKED))), "超过 %(n)s 天,不能退了。": Felt(at=LATE),
    }),
    "village.close_month": Tried("visitor", lambda w: {"village": w.datong, "month": "2026-10"}, {"month": "2026-09"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), "这个月还没有过完。": Felt(what={"month": "2026-11"}), "月份写成 2026-11 这样。": Felt(what={"month": "2026年10月"[:7]}),
        "先结 %(month)s。": Felt(at=LATE, what={"month": "2026-12"}, before=lambda w, what: made.entry(w)), "这个月已经算过。": Felt(before=lambda w, what: close_month(**what, **who(w.visitor))),
    }),
    "village.check_month": Tried("clerk", lambda w: {"point_month_id": made.month(w).pk}, {}, may=BOTH, spoil={
        **REVIEWS, "这个月已经核对过。": Felt(before=says(PointMonth, state=MonthState.CHECKED)), "谁算的谁不能核对,请另一个人核对。": Felt(before=mine(PointMonth, "drawn_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")), "合计和流水对不上,请找上级查明。": Felt(before=lambda w, what: StockMove.objects.create(good=soap(w), kind="stock_in", pieces=1, day=DAY - timedelta(days=9), at=MONDAY)),
    }),
}  # fmt: skip

