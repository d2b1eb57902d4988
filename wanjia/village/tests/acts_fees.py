"""How the acts of fees are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..fee_states import RuleState, RunState, SpendState, WaiverState
from ..fees.commands import write_fee_clause
from ..models import FeeCharge, FeePayment, FeePurse, FeeRule, FeeRun, FeeSpend, FeeWaiver
from ..purse.commands import reverse_payment, reverse_spend, take_payment
from .acts_points import afar, far_village, mine, moved_away, one_person, says
from .cited import NOT_THAT_DAY, STOPPED, citing, ended
from .fee_factories import DAY, FIRST, MET, charge, payment, rule, run, spend, waiver, who

NO_KEEP, NO_REVIEW, ELSEWHERE = "您的岗位没有登记收费的权限。", "您的岗位没有审核收费的权限。", "这个村(社区)不在您的范围。"
NO_PAYEE = "这些话、票据号要公开,不写付给谁。"
NOT_A_DRAFT, RED = "这一版已经启用或者不用,不能再改。要改的另拟一版。", "不能写“%(word)s”:%(why)s。"
NO_MONEY, PAID = "金额写成 12.50 这样,要多于 0 元。", "这一笔已经收齐,或者不用交。"
LEFT, SHORT = "这一户这一期只剩 %(n)s 元要交。", "账上只有 %(n)s 元,不够。"
MONTH, TWICE, DONE = "月份写成 2026-11 这样。", "这段时间已经算过应收,一户不收两次。", "这一批已经生效或者不用。"
KEEPER, BOTH = "village_worker", "village_worker township_worker"


def drafting(world, **facts):
    """A draft waits."""
    return {"fee_rule_id": rule(world, RuleState.DRAFT).pk} | facts


def following(world):
    """A second version is to follow the first, from the next year."""
    rule(world)
    return {"fee_rule_id": rule(world, RuleState.DRAFT, from_on=date(2027, 1, 1)).pk}


def drawing(world):
    """A first version is drawn up."""
    return {"village": world.datong, "basis": "per_head", "span": "month", "yuan": "2", "from_on": FIRST, **MET}


def charging(world):
    """The last quarter is worked out."""
    rule(world)
    return {"village": world.datong, "month": "2026-10"}


def of_charge(world, **facts):
    """What the Wang home is due."""
    return {"fee_charge_id": charge(world).pk} | facts


def spending(world):
    """A load was carried away."""
    return {"village": world.datong, "yuan": "12.50", "what": "10 月垃圾清运车费", "payee": "细沙运输队", "voucher": "0417", "day": DAY}


def approving(world):
    """It is looked at; money lies in the purse."""
    payment(world)
    return {"fee_spend_id": spend(world).pk}


def came_back(world, **facts):
    """It was spent, and comes back."""
    return {"fee_spend_id": spend(world, approved=True).pk} | facts


def settled(world, _what):
    """It was paid whole meanwhile."""
    one = charge(world)
    FeeCharge.objects.filter(pk=one.pk).update(paid_fen=one.due_fen - one.waived_fen)


def wrote_a_clause(world, what):
    """Whoever adopts wrote a clause into another's draft."""
    write_fee_clause(fee_rule_id=what["fee_rule_id"], ground="margin", percent=50, words="低保边缘户减半", **who(world.visitor))


def reached(world, _what):
    """The village was charged to the end of the year already."""
    run(world, RunState.CHARGED)
    FeeRule.objects.filter(state=RuleState.DRAFT).update(from_on=date(2026, 11, 1))


def dropped(_world, _what):
    """The draft was dropped meanwhile."""
    FeeRule.objects.filter(state=RuleState.DRAFT).update(state=RuleState.DROPPED)


def same_day(_world, _what):
    """The one in force began no earlier."""
    FeeRule.objects.filter(state=RuleState.DRAFT).update(from_on=FIRST)


def again(world, _what):
    """It was worked out before."""
    run(world)


def overlapping(world, _what):
    """A run reaches into it from before, by rules that went otherwise."""
    FeeRun.objects.create(village=world.datong, rule=rule(world), from_on=date(2026, 9, 1), until_on=date(2026, 11, 1), as_of=DAY, homes=1, exempt=0, due_fen=1, drawn_at=MONDAY)


def no_such_month(world):
    """The rules begin in November."""
    FeeRule.objects.filter(pk=rule(world).pk).update(from_on=date(2026, 11, 1))
    return {"month": "2026-10"}


def emptied(_world, _what):
    """The purse was emptied."""
    FeePurse.objects.update(fen=0)


def paid_more(world, what):
    """It paid what it asked to be let off."""
    one = FeeWaiver.objects.get(pk=what["fee_waiver_id"])
    take_payment(fee_charge_id=one.charge_id, yuan="40", way="cash", **who(world.visitor))


KEEPS = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(by=far_village)}
REVIEWS = {NO_REVIEW: Felt(by="caller"), ELSEWHERE: Felt(by=afar)}
DRAFT = {**KEEPS, NOT_A_DRAFT: Felt(before=dropped)}

ACTS = {
    "village.draw_fee_rule": Tried("visitor", drawing, {"yuan": "3"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), NO_MONEY: Felt(what={"yuan": "两块"}), RED: Felt(what={"resolved": "代表会议:欠费的罚款"}), **citing("refuse", from_on=date(2026, 12, 1)),
        "会议日期要在今天以前。": Felt(what={"resolved_on": DAY + timedelta(days=1), "from_on": date(2026, 12, 1)}), "写某个月的 1 号,不早于会议日期:以前的不补收。": Felt(what={"from_on": date(2026, 9, 1)}),
        "标准最多 %(n)s 元。": Felt(what={"yuan": "501"}), "这个村已经有一版待启用的办法。": Felt(before=lambda w, what: rule(w, RuleState.DRAFT)),
    }),
    "village.write_fee_clause": Tried("visitor", lambda w: drafting(w, ground="extreme", percent=100, words="特困户不收"), {"percent": 50}, may=KEEPER, spoil={**DRAFT, RED: Felt(what={"words": "欠费的取消低保"})}),
    "village.adopt_fee_rule": Tried("clerk", following, {}, may=BOTH, spoil={
        **REVIEWS, NOT_A_DRAFT: Felt(before=dropped), "谁拟的谁不能启用,请另一个人核对会议决议后启用。": Felt(by="visitor", before=wrote_a_clause), str(SAME_PERSON): Felt(before=one_person("clerk")),
        "按原办法已经算到 %(day)s,新办法要从那天或以后起。": Felt(before=reached), "新办法要比现行的晚起:现行的从 %(day)s 起。": Felt(before=same_day), NOT_THAT_DAY: Felt(before=ended(FeeRule, "refuse")),
    }),
    "village.drop_fee_rule": Tried("visitor", lambda w: drafting(w, reason="代表会议没有通过"), {"reason": "重拟一版"}, may=KEEPER, spoil=DRAFT),
    "village.draw_fee_run": Tried("visitor", charging, {"month": "2027-01"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), MONTH: Felt(what={"month": "2026/10"}), "这个月没有施行的收费办法。先拟好、启用。": Felt(what=no_such_month),
        STOPPED: Felt(before=ended(FeeRule, "refuse")), "这段时间还没有开始。": Felt(what={"month": "2027-01"}), "这版办法从 %(day)s 起%(span)s收,请写一期的第一个月。": Felt(what={"month": "2026-11"}), TWICE: Felt(before=overlapping),
        "这版办法到 %(day)s 为止,收不满一期。从新办法起算。": Felt(before=lambda w, what: FeeRule.objects.filter(pk=rule(w).pk).update(to_on=date(2026, 12, 1))),
    }),
    "village.check_run": Tried("clerk", lambda w: {"fee_run_id": run(w).pk}, {}, may=BOTH, spoil={
        **REVIEWS, DONE: Felt(before=says(FeeRun, state=RunState.DROPPED)), "谁算的谁不能核对,请另一个人核对。": Felt(before=mine(FeeRun, "drawn_by", "clerk")), str(SAME_PERSON): Felt(before=one_person("clerk")),
        "户册或条款和算的时候不一样了,请不用这一批,重新算。": Felt(before=moved_away), TWICE: Felt(before=lambda w, what: FeeCharge.objects.create(
            run_id=what["fee_run_id"], village=w.datong, home=w.register.home, from_on=FIRST, heads=1, fen=6000, due_fen=6000)),
    }),
    "village.drop_fee_run": Tried("visitor", lambda w: {"fee_run_id": run(w).pk, "reason": "有一户刚搬来"}, {"reason": "重新算"}, may=KEEPER, spoil={**KEEPS, DONE: Felt(before=says(FeeRun, state=RunState.DROPPED))}),
    "village.ask_waiver": Tried("visitor", lambda w: of_charge(w, yuan="30", reason="今年房子漏雨,刚修过"), {"yuan": "20"}, may=KEEPER, spoil={
        **KEEPS, PAID: Felt(before=settled), "这一户已经有一件申请在等决定。": Felt(before=lambda w, what: waiver(w)), NO_MONEY: Felt(what={"yuan": "0"}), LEFT: Felt(what={"yuan": "60.01"}),
    }),
    "village.decide_waiver": Tried("clerk", lambda w: {"fee_waiver_id": waiver(w).pk, "grant": True, "answer": "同意减一半"}, {"answer": "同意减三十元"}, may=BOTH, spoil={
        **REVIEWS, "这一件已经决定过。": Felt(before=says(FeeWaiver, state=WaiverState.REFUSED, answer="照规定收", decided_on=DAY)), "谁登记的谁不能决定,请另一个人决定。": Felt(before=mine(FeeWaiver, "asked_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")), RED: Felt(what={"answer": "再不交就停发补贴"}), "这一户后来交了钱,剩下的没有这么多了。请不同意,照剩下的再申请。": Felt(before=paid_more),
    }),
    "village.take_payment": Tried("visitor", lambda w: of_charge(w, yuan="20", way="cash"), {"yuan": "30"}, may=KEEPER, spoil={
        **KEEPS, PAID: Felt(before=settled), NO_MONEY: Felt(what={"yuan": "二十"}), LEFT: Felt(what={"yuan": "60.01"}),
    }),
    "village.reverse_payment": Tried("clerk", lambda w: {"fee_payment_id": payment(w).pk, "words": "登记成了另一户,已当面说明"}, {"words": "重复登记,已当面说明"}, may=BOTH, spoil={
        **REVIEWS, "红字收据不能再冲正。": Felt(what=lambda w: {"fee_payment_id": reverse_payment(fee_payment_id=payment(w).pk, words="登记错了", **who(w.clerk)).pk}),
        "这张收据已经冲正。": Felt(before=lambda w, what: reverse_payment(**what, **who(w.clerk))), "谁收的谁不能冲正,请另一个人办。": Felt(before=mine(FeePayment, "made_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")), SHORT: Felt(before=emptied),
    }),
    "village.draw_spend": Tried("visitor", spending, {"yuan": "13"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), NO_MONEY: Felt(what={"yuan": "-5"}), "票据日期要在今天以前。": Felt(what={"day": DAY + timedelta(days=1)}),
        "这张发票、收据已经登记过。": Felt(before=lambda w, what: spend(w)), "一笔支出最多 1000 万元。": Felt(what={"yuan": "10000000.01"}),
        NO_PAYEE: Felt(what={"what": "付给细沙运输队的车费"}),
    }),
    "village.approve_spend": Tried("clerk", approving, {}, may=BOTH, spoil={
        **REVIEWS, "这一笔已经审批过。": Felt(before=says(FeeSpend, state=SpendState.REFUSED, reason="票据不对")), "谁登记的谁不能审批,请另一个人审批。": Felt(before=mine(FeeSpend, "drawn_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")), SHORT: Felt(before=emptied),
    }),
    "village.refuse_spend": Tried("clerk", lambda w: {"fee_spend_id": spend(w).pk, "reason": "票据看不清"}, {"reason": "没有发票"}, may=BOTH, spoil={
        **REVIEWS, "这一笔已经审批过。": Felt(before=says(FeeSpend, state=SpendState.REFUSED, reason="票据不对")), "谁登记的谁不能审批,请另一个人审批。": Felt(before=mine(FeeSpend, "drawn_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")),
    }),
    "village.reverse_spend": Tried("clerk", lambda w: came_back(w, reason="多付的退回来了"), {"reason": "车没有来,退了"}, may=BOTH, spoil={
        **REVIEWS, "只有已支出的可以冲正。": Felt(what=lambda w: {"fee_spend_id": spend(w, voucher="0418").pk}), "这一笔支出已经冲正。": Felt(before=lambda w, what: reverse_spend(**what, **who(w.clerk))),
        "谁登记的谁不能审批,请另一个人审批。": Felt(before=mine(FeeSpend, "drawn_by", "clerk", "decided_by")), str(SAME_PERSON): Felt(before=one_person("clerk")), NO_PAYEE: Felt(what={"reason": "细沙运输队多收的退回来了"}),
    }),
}  # fmt: skip

