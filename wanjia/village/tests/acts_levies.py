"""How the acts of a project's money and labour are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.registry.tests.factories import area, unit, worker

from ..fee_states import SpendState
from ..levies.collecting import commands as collecting
from ..levies.commands import draw_levy, undo_relief
from ..levy_states import LevyState as S
from ..models import AgendaItem, Levy, LevyPayment, LevyRelief, LevyShare, LevySpend, PublicNotice
from . import levy_factories as made
from .acts_points import afar, far_village, mine, one_person, says
from .factories import home
from .levy_factories import DAY, EARLY, who

NO_KEEP, NO_REVIEW, ELSEWHERE = "您的岗位没有登记收费的权限。", "您的岗位没有审核收费的权限。", "这个村(社区)不在您的范围。"
NO_FILE, NOT_NOW, OWN = "您的岗位没有答复备案的权限。", "这个方案已经过了这一步。", "前面的步骤是您办的,这一步请另一个人办。"
NOT_DECIDED = "请选村民会议、村民代表会议(本组的事由村民小组会议)通过的“公益事业、筹资筹劳”决定:会已经散,记录有第二个人签字,票数够。"
NOT_POSTED = "公示还没有期满,或者有异议没有答复。先在“公示和异议”里公示这个决定,期满、异议都答复以后才能开始收。"
RED, NO_MONEY, AMOUNT = "不能写“%(word)s”:%(why)s。", "金额写成 12.50 这样,要多于 0 元。", "金额写成 12.50 这样,不要的写 0。"
LEFT, DAYS_LEFT, FUTURE, SHORT = "这一户只剩 %(n)s 元要交。", "这一户只剩 %(n)s 个工日。", "日期要在今天以前。", "账上只有 %(n)s 元,不够。"
MOST_HEAD, MOST_DAYS = "每人每年筹资最多 %(most)s 元,这个村今年别的项目已经有 %(n)s 元。", "每个劳动力每年筹劳最多 %(most)s 个工日,这个村今年别的项目已经有 %(n)s 个。"
TOO_EARLY = "%(day)s 以前还没有这件事,日期要在那天以后。"
KEEPER, BOTH = "village_worker", "village_worker township_worker"


def of_levy(world, state, **facts):
    """The project."""
    return {"levy_id": made.levy(world, state).pk} | facts


def of_share(world, **facts):
    """What the Wang home is due."""
    return {"levy_share_id": made.share(world).pk} | facts


def citing(world):
    """The meeting has decided."""
    return of_levy(world, S.DRAFT, item=made.decision(world), signed=2)


def went_on(_world, _what):
    """It went a step further meanwhile."""
    Levy.objects.update(state=S.DROPPED, reason="不办了")


def outvoted(_world, _what):
    """Too few agreed, as is found later."""
    AgendaItem.objects.filter(matter="public_works").update(votes_for=4)


def cited_elsewhere(world, what):
    """Another project cites the same decision."""
    one = draw_levy(**made.plan(world, per_head="1", per_worker=0), **who(world.register.yang, EARLY))
    Levy.objects.filter(pk=one.pk).update(state=S.DECIDED, item=what["item"], signed=1)


def another(world):
    """Another project, which no meeting decided on yet."""
    return {"levy_id": draw_levy(**made.plan(world, per_head="1", per_worker=0), **who(world.register.yang, EARLY)).pk}


def dearer(_world, _what):
    """The project asks more by now than the caps allow."""
    Levy.objects.update(head_fen=1600)


def more_days(_world, _what):
    """The project asks more days by now than the caps allow."""
    Levy.objects.update(worker_days=11)


def still_up(_world, _what):
    """The notice hangs still."""
    PublicNotice.objects.update(until_on=DAY)


def settled(_world, _what):
    """It gave all."""
    for one in LevyShare.objects.all():
        LevyShare.objects.filter(pk=one.pk).update(paid_fen=one.due_fen, days_done=one.due_days)


def emptied(_world, _what):
    """Nothing is left of the money."""
    Levy.objects.update(held_fen=0)


def emptied_share(_world, _what):
    """It has no labourer."""
    LevyShare.objects.update(due_days=0)


def civil_head(world):
    """The head of another bureau."""
    return worker("minzheng-tou", "段民政", world.civil, Role.BUREAU_HEAD)


def far_head(world):
    """The head of another county's bureau."""
    away = area("530621000000", "鲁甸县", "county")
    return worker("ludian-nong", "马鲁甸", unit("鲁甸县农业农村局", Tier.COUNTY, away, Line.AGRICULTURE), Role.BUREAU_HEAD)


def checked_by_the_head(world, _what):
    """Whoever approves looked at it before."""
    Levy.objects.update(checked_by=world.farming)


def namesake(world, _what):
    """Whoever drew it up bears the same name as the county's head."""
    type(world.clerk).objects.filter(pk=world.register.yang.pk).update(name=world.farming.name)


def let_back(world, what):
    """Another hand took it back before."""
    undo_relief(levy_id=what["levy_id"], relief=what["relief"], **who(world.clerk))


def let_back_of_two(world, what):
    """The same, and another home's stands."""
    LevyRelief.objects.create(levy_id=what["levy_id"], home=home(world, 3), ground="unable", heads=0, workers=1, at=MONDAY, made_by=world.register.yang)
    let_back(world, what)


def reversed_before(world, what):
    """The money came back before."""
    collecting.reverse_levy_spend(levy_spend_id=what["levy_spend_id"], reason="付重了,已经退回", **who(world.clerk))


def undone(_world, what):
    """The receipt was reversed."""
    return collecting.reverse_levy_payment(**what, **who(_world.clerk))


KEEPS = {NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(by=far_village)}
REVIEWS = {NO_REVIEW: Felt(by="caller"), ELSEWHERE: Felt(by=afar)}
CLERK = {OWN: Felt(before=mine(Levy, "drawn_by", "clerk", "checked_by", "charged_by")), str(SAME_PERSON): Felt(before=one_person("clerk"))}
VOUCHER = {
    NO_MONEY: Felt(what={"yuan": "-5"}), "票据日期要在今天以前。": Felt(what={"day": DAY + timedelta(days=1)}), "这张发票、收据已经登记过。": Felt(before=lambda w, what: made.spend(w)),
    "一笔支出最多 1000 万元。": Felt(what={"yuan": "10000000.01"}), "这些话、票据号要公开,不写付给谁。": Felt(what={"what": "付给细沙运输队的车费"}), RED: Felt(what={"what": "村干部报酬和烟"}),
}  # fmt: skip

ACTS = {
    "village.draw_levy": Tried("visitor", lambda w: made.plan(w, told_on=DAY), {"per_head": "9"}, may=KEEPER, spoil={
        NO_KEEP: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}), NO_MONEY: Felt(what={"budget": "三千"}), AMOUNT: Felt(what={"per_head": "十块"}), RED: Felt(what={"what": "修路,剩下的还债"}),
        "筹资、筹劳至少写一样。": Felt(what={"per_head": "0", "per_worker": 0}), "会前公告的日期要在今天以前。": Felt(what={"told_on": DAY + timedelta(days=1)}), "会前公告最多补记 %(n)s 天。": Felt(what={"told_on": DAY - timedelta(days=16)}), "预算最多 1 亿元。": Felt(what={"budget": "100000000.01"}),
        MOST_HEAD: Felt(what={"per_head": "15.01"}), MOST_DAYS: Felt(what={"per_worker": 11}),
    }),
    "village.relieve_home": Tried("visitor", lambda w: of_levy(w, S.DRAFT, home=w.register.home, ground="unable", heads=0, workers=1, words="腰伤"), {"words": "手伤"}, may=KEEPER, spoil={
        **KEEPS, NOT_NOW: Felt(before=went_on), "这一户不在这个村,或者已经没有人。": Felt(what=lambda w: {"home": home(w, 7, village=w.register.huangjin)}),
        "这一户的减免是别人登记的,先请另一个人撤销,再登记。": Felt(before=lambda w, what: made.relief(w)), "至少写一个人。": Felt(what={"workers": 0}), "“%(ground)s”不减免这一样:%(source)s。": Felt(what={"heads": 1}),
    }),
    "village.undo_relief": Tried("clerk", lambda w: {"relief": made.relief(w), "levy_id": made.levy(w, S.DRAFT).pk}, {"relief": ""}, may=BOTH, spoil={
        "这一户没有登记减免。": Felt(before=let_back_of_two), "没有登记着的减免可以撤销。": Felt(before=let_back), **REVIEWS, NOT_NOW: Felt(before=went_on), "谁登记的谁不能撤销,请另一个人撤销。": Felt(before=mine(LevyRelief, "made_by", "clerk")), str(SAME_PERSON): Felt(before=one_person("clerk")),
    }),
    "village.cite_levy": Tried("visitor", citing, {"signed": 1}, may=KEEPER, spoil={
        "名册上只有 %(n)s 户,签字的户不能更多。": Felt(what={"signed": 5000}), **KEEPS, NOT_NOW: Felt(before=went_on), NOT_DECIDED: Felt(what=lambda w: outvoted(w, None) or {"item": made.decision(w)}),
        "会前公告至少 %(n)s 天,再开会表决。": Felt(before=says(Levy, told_on=made.HELD)), "这个决定已经用在另一个方案上。": Felt(before=cited_elsewhere),
    }),
    "village.check_levy": Tried("clerk", lambda w: of_levy(w, S.DECIDED, passes=True, words="手续齐全"), {"words": "都齐了"}, may="township_worker township_leader", spoil={
        NO_FILE: Felt(by="caller"), ELSEWHERE: Felt(by=afar), NOT_NOW: Felt(before=went_on), **CLERK, NOT_DECIDED: Felt(before=outvoted),
    }),
    "village.approve_levy": Tried("farming", lambda w: of_levy(w, S.CHECKED, passes=True, words="符合规定"), {"words": "同意"}, spoil={
        "您的岗位没有复审筹资筹劳的权限。": Felt(by="caller"), ELSEWHERE: Felt(by=far_head), "筹资筹劳由县里管农民负担的单位复审,您的单位不是。": Felt(by=civil_head), NOT_NOW: Felt(before=went_on),
        OWN: Felt(before=checked_by_the_head), str(SAME_PERSON): Felt(before=namesake), MOST_HEAD: Felt(before=dearer), MOST_DAYS: Felt(before=more_days),
    }),
    "village.charge_levy": Tried("clerk", lambda w: of_levy(w, S.APPROVED), {}, may=BOTH, spoil={
        **REVIEWS, "县里复审通过以后,才能开始收。": Felt(before=went_on), **CLERK, NOT_DECIDED: Felt(before=outvoted), NOT_POSTED: Felt(before=still_up),
        "照花名册要筹的钱比预算还多,方案要改。": Felt(before=says(Levy, budget_fen=1)), MOST_HEAD: Felt(before=dearer), MOST_DAYS: Felt(before=more_days),
    }),
    "village.accept_levy": Tried("clerk", lambda w: of_levy(w, S.CHARGED, words="和方案一样,做完了", reward="2000"), {"words": "做完了,路面平"}, may=BOTH, spoil={
        **REVIEWS, "在收、在出工的项目才能验收。": Felt(before=says(Levy, state=S.DONE, done_on=DAY, done_words="做完了")), **CLERK, "还有支出没有审批。": Felt(before=lambda w, what: made.spend(w)), RED: Felt(what={"words": "没出工的罚款"}), AMOUNT: Felt(what={"reward": "两千"}),
    }),
    "village.drop_levy": Tried("visitor", lambda w: of_levy(w, S.DRAFT, words="签字的户太少"), {"words": "先不做"}, may=KEEPER, spoil={**KEEPS, NOT_NOW: Felt(before=went_on)}),
    "village.take_levy_payment": Tried("visitor", lambda w: of_share(w, yuan="20", way="cash"), {"yuan": "10"}, may=KEEPER, spoil={
        **KEEPS, "这一户的筹资已经收齐,或者不用交。": Felt(before=settled), NO_MONEY: Felt(what={"yuan": "二十"}), LEFT: Felt(what={"yuan": "200"}),
    }),
    "village.buy_labour": Tried("visitor", lambda w: of_share(w, days=1, wished_on=DAY, way="cash"), {"way": "transfer"}, may=KEEPER, spoil={
        **KEEPS, "这一户没有剩下的工。": Felt(before=settled), FUTURE: Felt(what={"wished_on": DAY + timedelta(days=1)}), TOO_EARLY: Felt(what={"wished_on": made.HELD - timedelta(days=9)}), DAYS_LEFT: Felt(what={"days": 50}),
    }),
    "village.reverse_levy_payment": Tried("clerk", lambda w: {"levy_payment_id": made.payment(w).pk, "words": "登记成了另一户"}, {"words": "重复登记,已当面说明"}, may=BOTH, spoil={
        **REVIEWS, "红字收据不能再冲正。": Felt(what=lambda w: {"levy_payment_id": undone(w, {"levy_payment_id": made.payment(w).pk, "words": "登记错了"}).pk}), "这张收据已经冲正。": Felt(before=undone),
        "谁收的谁不能冲正,请另一个人办。": Felt(before=mine(LevyPayment, "made_by", "clerk")), str(SAME_PERSON): Felt(before=one_person("clerk")), SHORT: Felt(before=emptied),
    }),
    "village.note_labour": Tried("visitor", lambda w: of_share(w, day=DAY, days=1), {"days": 2}, may=KEEPER, spoil={
        **KEEPS, "这一户没有工要出。": Felt(before=emptied_share), FUTURE: Felt(what={"day": DAY + timedelta(days=1)}), TOO_EARLY: Felt(what={"day": DAY - timedelta(days=1)}), "写几个工日;更正的写负数,写明原因。": Felt(what={"days": -1}), DAYS_LEFT: Felt(what={"days": 50}),
    }),
    "village.draw_levy_spend": Tried("visitor", lambda w: of_levy(w, S.CHARGED, yuan="12.50", what="步道水泥运费", payee="细沙运输队", voucher="0126", day=DAY), {"yuan": "13"}, may=KEEPER, spoil={
        **KEEPS, "开始收以后才有钱支出。": Felt(what=another), **VOUCHER,
    }),
    "village.decide_levy_spend": Tried("clerk", lambda w: made.payment(w) and {"levy_spend_id": made.spend(w).pk, "grant": True}, {"grant": False, "reason": "票据不对"}, may=BOTH, spoil={
        **REVIEWS, "这一笔已经审批过。": Felt(before=says(LevySpend, state=SpendState.REFUSED, reason="票据不对")), "谁登记的谁不能审批,请另一个人审批。": Felt(before=mine(LevySpend, "drawn_by", "clerk")),
        str(SAME_PERSON): Felt(before=one_person("clerk")), "不批准的写明原因。": Felt(what={"grant": False}), SHORT: Felt(before=emptied),
    }),
    "village.reverse_levy_spend": Tried("clerk", lambda w: {"levy_spend_id": made.spent(w).pk, "reason": "多付的退回来了"}, {"reason": "付重了,已经退回"}, may=BOTH, spoil={
        **REVIEWS, "谁登记的谁不能审批,请另一个人审批。": Felt(before=mine(LevySpend, "drawn_by", "clerk", "decided_by")), str(SAME_PERSON): Felt(before=one_person("clerk")),
        "只有已支出的可以冲正。": Felt(what=lambda w: {"levy_spend_id": made.spend(w, voucher="0127").pk}), "这一笔支出已经冲正。": Felt(before=reversed_before),
        "这些话、票据号要公开,不写付给谁。": Felt(what={"reason": "细沙运输队退回"}), RED: Felt(what={"reason": "改发村干部报酬"}),
    }),
}  # fmt: skip
