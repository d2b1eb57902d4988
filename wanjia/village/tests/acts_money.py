"""How the acts of the collective's money are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..dividends.commands import check_receipts, draw_run, pay_share
from ..income.commands import draw_voucher, reverse_voucher
from ..models import (
    AgendaItem,
    CollectiveDeal,
    DeclaredIncome,
    DividendRun,
    DividendShare,
    Meeting,
    MoneyVoucher,
    PlotYield,
    ShareHolding,
)
from ..money_states import DealState, RunState, VoucherState
from . import money_factories as made
from .acts_points import ELSEWHERE, NO_HOME, afar, far_village, mine, moved_away, one_person, says
from .money_factories import DAY, PLAN_TOLD, who

NO_KEEP, NO_REVIEW = "您的岗位没有登记集体收支的权限。", "您的岗位没有审批集体收支的权限。"
OWN, OWN_RUN = "谁登记的谁不能审批,请另一个人审批。", "谁拟的方案谁不能核对,请另一个人核对。"
AMOUNT, RANGE, FUTURE = "金额写成 12.50 这样。", "金额要在 0.01 元到 1 亿元之间。", "日期要在今天以前。"
SHARED = "%(year)s 年的账已经分红、公布,不能再记。记到今年,写明是哪一年的。"
CHECKED_DEAL, CHECKED, DONE = "这份合同已经核对过。", "这张凭证已经审批过。", "这个方案已经核对过,或者不用。"
NOT_DECIDED = "请选成员大会通过的“收益分配”决定:会已经散,记录有第二个人签字,同意的够全体成员的三分之二(农村集体经济组织法第二十七条)。"
NUMBER = "金额、面积写成 12.50 这样,最多两位小数。"
KEEPER, BOTH = "village_worker", "village_worker township_worker"
TOMORROW = DAY + timedelta(days=1)


def dealing(world):
    """A contract to write down."""
    return {"village": world.datong, "kind": "deal_lease", "what": "旧村小教室", "party": "邻县一家公司", "from_on": date(2026, 1, 1), "to_on": date(2030, 12, 31), "yuan": "6000", "due_on": date(2026, 2, 1)}


def of_deal(world, state=DealState.DRAWN, **facts):
    """A contract."""
    return {"collective_deal_id": made.deal(world, state).pk} | facts


def receiving(world):
    """The first year's rent comes, late."""
    one = made.deal(world, DealState.IN_FORCE)
    return {"collective_deal_id": one.pk, "due": one.dues.first(), "yuan": "12000", "day": DAY, "paper": "No.0088"}


def entering(world):
    """Money came."""
    return {"village": world.datong, "category": "in_subsidy", "yuan": "800.50", "day": DAY, "paper": "No.0099", "words": "水利补助"}


def paid_by(world, what):
    """A cost was paid by this paper."""
    draw_voucher(**what | {"category": "out_public"}, **who(world.register.yang))


def of_voucher(world, state=VoucherState.DRAWN, **facts):
    """A voucher."""
    return {"money_voucher_id": made.voucher(world, state).pk} | facts


def of_run(world, state=RunState.DRAWN, **facts):
    """A dividend."""
    return {"dividend_run_id": made.run(world, state).pk} | facts


def of_share(world, **facts):
    """A home's part."""
    return {"dividend_share_id": made.share(world).pk} | facts


def of_receipts(world):
    """A home was paid."""
    return {"dividend_run_id": made.paid(world).run_id}


def holding(world):
    """The Wang home's shares."""
    return {"home": world.register.home, "shares": "2.5", "from_on": DAY, "basis": "成员名册第 4 页"}


def yielding(world):
    """The Wang home's fish."""
    return {"home": world.register.home, "plot": "大田坝 3 号田", "mu": "1.5", "year": 2026, "season": "early", "crop": "fish", "jin": 150, "yuan": "1800", "method": "told"}


def earning(world):
    """What the Wang home earned."""
    return {"home": world.register.home, "year": 2025, "yuan": "42000", "method": "told"}


def year_shared(world, _what):
    """Last year was shared out meanwhile, the year of the voucher among what it closes."""
    made.planned(world)
    waiting = MoneyVoucher.objects.filter(state=VoucherState.DRAWN)
    keys = list(waiting.values_list("pk", flat=True))
    MoneyVoucher.objects.filter(pk__in=keys).update(year=2027)
    made.run(world, RunState.ADOPTED)
    MoneyVoucher.objects.filter(pk__in=keys).update(year=2025)


def moved_on(world, _what):
    """Somebody's shares changed after the plan was drawn up."""
    ShareHolding.objects.filter(hundredths=250).update(hundredths=300)


def another_draft(world, what):
    """It was drawn up before."""
    draw_run(**what, **who(world.register.yang))


def of_another_year(world, what):
    """The decision bears the dividend of the year before."""
    another_draft(world, what)
    DividendRun.objects.update(year=2024)


def undecided(**facts):
    """The decision says something else."""
    return lambda world, what: AgendaItem.objects.filter(matter="collective_assets").update(**facts)


def outvoted(world):
    """One vote is missing."""
    AgendaItem.objects.filter(pk=made.decision(world).pk).update(votes_for=66)
    return made.decision(world)


def held_early(world):
    """The meeting was held before the year was over."""
    one = made.decision(world)
    Meeting.objects.filter(pk=one.meeting_id).update(day=date(2025, 12, 31), told_on=date(2025, 12, 1))
    return AgendaItem.objects.select_related("body", "meeting__body").get(pk=one.pk)


def waiting(world, _what):
    """A voucher of that year waits."""
    made.voucher(world, VoucherState.DRAWN, category="in_other", yuan="5")


KEEPS = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(by=far_village)}
REVIEWS = {NO_REVIEW: Felt(by="caller"), ELSEWHERE: Felt(by=afar)}
NEW = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin})}
FEN = {AMOUNT: Felt(what={"yuan": "一千"}), RANGE: Felt(what={"yuan": "0"})}
SAME = {str(SAME_PERSON): Felt(before=one_person("clerk"))}

ACTS = {
    "village.draw_deal": Tried("visitor", dealing, {"yuan": "7000"}, may=KEEPER, spoil={
        **NEW, **FEN, "起止、交款的日子对不上:起在前,止在后,交款在中间,最长 %(n)s 年。": Felt(what={"due_on": date(2025, 12, 31)}),
        NO_HOME: Felt(what=lambda w: {"home": made.home(w, 77, village=w.register.huangjin)}),
    }),
    "village.check_deal": Tried("clerk", of_deal, {}, may=BOTH, spoil={
        **REVIEWS, CHECKED_DEAL: Felt(before=says(CollectiveDeal, state=DealState.IN_FORCE)), OWN: Felt(before=mine(CollectiveDeal, "drawn_by", "clerk")), **SAME}),
    "village.drop_deal": Tried("visitor", lambda w: of_deal(w, reason="对方不签了"), {"reason": "写错了"}, may=KEEPER, spoil={**KEEPS, CHECKED_DEAL: Felt(before=says(CollectiveDeal, state=DealState.IN_FORCE))}),
    "village.end_deal": Tried("clerk", lambda w: of_deal(w, DealState.IN_FORCE, ended_on=DAY, reason="塘坝垮了,双方同意"), {"reason": "双方协商解除"}, may=BOTH, spoil={
        **REVIEWS, "这份合同不在履行中。": Felt(before=says(CollectiveDeal, state=DealState.ENDED, ended_on=DAY)), OWN: Felt(before=mine(CollectiveDeal, "drawn_by", "clerk", "checked_by")),
        **SAME, "终止的日子要在合同期里、今天以前。": Felt(what={"ended_on": TOMORROW}), "%(day)s 那一期已经到期,终止的日子不能早于它。": Felt(what={"ended_on": date(2026, 2, 28)})}),
    "village.receive_due": Tried("visitor", receiving, {"yuan": "6000"}, may=KEEPER, spoil={
        **KEEPS, **FEN, "这份合同还没有核对,或者不作数。": Felt(what=lambda w: {"collective_deal_id": made.deal(w).pk, "due": made.deal(w).dues.first()}), "这一期只差 %(yuan)s 元。": Felt(what={"yuan": "12000.01"}),
        FUTURE: Felt(what={"day": TOMORROW}), SHARED: Felt(what={"day": date(2025, 6, 1)}, before=year_shared)}),
    "village.draw_voucher": Tried("visitor", entering, {"yuan": "800"}, may=KEEPER, spoil={
        **NEW, **FEN, FUTURE: Felt(what={"day": TOMORROW}), SHARED: Felt(what={"day": date(2025, 6, 1)}, before=year_shared), "这张发票、收据已经登记过。": Felt(what={"category": "use_reserve"}, before=paid_by)}),
    "village.book_voucher": Tried("clerk", of_voucher, {}, may=BOTH, spoil={
        **REVIEWS, CHECKED: Felt(before=says(MoneyVoucher, state=VoucherState.REFUSED)), OWN: Felt(before=mine(MoneyVoucher, "drawn_by", "clerk")), **SAME, SHARED: Felt(before=year_shared),
        "账上只有 %(yuan)s 元,不够付。": Felt(what=lambda w: {"money_voucher_id": made.voucher(w, category="out_public", yuan="1").pk}), "公积公益金只有 %(yuan)s 元,不够用。": Felt(what=lambda w: {"money_voucher_id": made.voucher(w, category="use_reserve", yuan="1").pk})}),
    "village.refuse_voucher": Tried("clerk", lambda w: of_voucher(w, reason="没有发票"), {"reason": "金额和发票不符"}, may=BOTH, spoil={**REVIEWS, CHECKED: Felt(before=says(MoneyVoucher, state=VoucherState.REFUSED))}),
    "village.reverse_voucher": Tried("visitor", lambda w: of_voucher(w, VoucherState.BOOKED, words="登记重了"), {"words": "金额写错了"}, may=KEEPER, spoil={
        **KEEPS, "入了账的才能冲正。": Felt(what=lambda w: of_voucher(w)), "只有收入、支出、使用公积公益金和期初可以冲正。": Felt(what=lambda w: {"money_voucher_id": made.run(w, RunState.ADOPTED).vouchers.first().pk}),
        "这张凭证已经冲正,或者冲正等着审批。": Felt(before=lambda w, what: reverse_voucher(**what, **who(w.visitor)))}),
    "village.set_shares": Tried("visitor", holding, {"shares": "3"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), "份额写成 2 或者 2.5 这样,最多两位小数。": Felt(what={"shares": "两份"}), NO_HOME: Felt(before=moved_away), FUTURE: Felt(what={"from_on": TOMORROW}),
        "这一户 %(day)s 起的份额已经登记过,新的要在它以后。": Felt(before=lambda w, what: made.set_shares(**what, **who(w.visitor)))}),
    "village.draw_run": Tried("visitor", made.planned, {"percent": "30"}, may=KEEPER, spoil={
        **NEW, "这一年还没有过完,或者份额的日子在今天以后。": Felt(what={"year": 2026}), NOT_DECIDED: Felt(what=lambda w: {"item": outvoted(w)}),
        "成员大会的决定要在这一年过完以后作出。": Felt(what=lambda w: {"item": held_early(w), "told_on": date(2025, 12, 1)}),
        "方案要在成员大会前 %(n)s 天交给全体成员,这次只提前 %(told)s 天(%(source)s)。": Felt(what={"told_on": made.HELD - timedelta(days=9)}), **FEN,
        "这一年或者以后的年份已经分红。": Felt(before=lambda w, what: made.run(w, RunState.ADOPTED)), "这一年已经有一个方案等着核对。": Felt(before=another_draft),
        "这个决定已经用在另一年的分红上,一年一定。": Felt(before=of_another_year),
        "提取比例写成 20 或者 12.5 这样,在 %(least)s 到 %(most)s 之间。": Felt(what={"percent": "101"}), "这一天没有一户有份额,先登记份额。": Felt(what={"day": date(2024, 12, 31)}),
        "减去支出和公积公益金,可分配 %(yuan)s 元。": Felt(what={"yuan": "6600.01"}), "合计太少,有的户分不到一分钱。": Felt(what={"yuan": "0.02"})}),
    "village.adopt_run": Tried("clerk", of_run, {}, may=BOTH, spoil={
        **REVIEWS, DONE: Felt(before=says(DividendRun, state=RunState.DROPPED)), OWN_RUN: Felt(before=mine(DividendRun, "drawn_by", "clerk")), **SAME,
        "份额是您登记的,请另一个人核对。": Felt(before=mine(ShareHolding, "set_by", "clerk")), "这一年还有没审批的收支,先审批。": Felt(before=waiting),
        NOT_DECIDED: Felt(before=undecided(votes_for=66)), "方案要在成员大会前 %(n)s 天交给全体成员,这次只提前 %(told)s 天(%(source)s)。": Felt(before=says(DividendRun, told_on=PLAN_TOLD + timedelta(days=9))),
        "拟好以后账或者份额变了,这个方案不用,重新拟。": Felt(before=moved_on)}),
    "village.drop_run": Tried("visitor", lambda w: of_run(w, reason="比例写错了"), {"reason": "重新拟"}, may=KEEPER, spoil={**KEEPS, DONE: Felt(before=says(DividendRun, state=RunState.DROPPED))}),
    "village.pay_share": Tried("visitor", lambda w: of_share(w, way="by_bank", day=DAY), {"way": "by_cash"}, may=KEEPER, spoil={
        **KEEPS, "这个方案还没有核对。": Felt(what=lambda w: {"dividend_share_id": made.draft_share(w).pk}), "这一户已经发了。": Felt(before=lambda w, what: pay_share(**what, **who(w.visitor))),
        "发放的日子要在核对以后、今天以前。": Felt(what={"day": TOMORROW})}),
    "village.unpay_share": Tried("visitor", lambda w: {"dividend_share_id": made.paid(w).pk}, {}, may=KEEPER, spoil={
        **KEEPS, "这一户还没有发。": Felt(before=says(DividendShare, paid_on=None, paid_at=None, way="")), "这一户的收据已经核对入账。": Felt(before=lambda w, what: check_receipts(dividend_run_id=made.paid(w).run_id, **who(w.clerk)))}),
    "village.check_receipts": Tried("clerk", of_receipts, {}, may=BOTH, spoil={
        **REVIEWS, "没有等核对的收据。": Felt(before=says(DividendShare, paid_on=None, paid_at=None, way="")), "谁发的谁不能核对收据,请另一个人核对。": Felt(before=mine(DividendShare, "paid_by", "clerk")), **SAME,
        "账上只有 %(yuan)s 元,不够付。": Felt(before=lambda w, what: made.booked(w, made.voucher(w, category="out_tax", yuan="7000", day=DAY)))}),
    "village.tell_yield": Tried("visitor", yielding, {"jin": 160}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=moved_away), "年份要在今年以前或者今年。": Felt(what={"year": 2027}), NUMBER: Felt(what={"mu": "0"}),
        "这块地这一季的已经登记过;写错的先划掉。": Felt(before=lambda w, what: made.tell_yield(**what, **who(w.visitor)))}),
    "village.tell_income": Tried("visitor", earning, {"yuan": "43000"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), NO_HOME: Felt(before=moved_away), "年份要在今年以前或者今年。": Felt(what={"year": 2027}), NUMBER: Felt(what={"yuan": "四万"}),
        "这一户这一年的已经登记过;写错的先划掉。": Felt(before=lambda w, what: made.tell_income(**what, **who(w.visitor)))}),
    "village.strike_yield": Tried("visitor", lambda w: {"plot_yield_id": made.plot(w).pk, "struck": "写成了另一户"}, {"struck": "重复"}, may=KEEPER, spoil={**KEEPS, "这一条已经划掉。": Felt(before=says(PlotYield, struck="重复"))}),
    "village.strike_income": Tried("visitor", lambda w: {"declared_income_id": made.income(w).pk, "struck": "写成了另一户"}, {"struck": "重复"}, may=KEEPER, spoil={**KEEPS, "这一条已经划掉。": Felt(before=says(DeclaredIncome, struck="重复"))}),
}  # fmt: skip

