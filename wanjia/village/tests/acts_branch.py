"""How the acts of the branch, its duties and pledges are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.models import Tier, User
from wanjia.orgs.roles import Role
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.registry.tests.factories import unit, worker

from ..branch_states import ActivityState, HoldingState, PledgeState
from ..models import BranchActivity, BranchDuty, DutyHolding, PartyMember, Pledge
from . import branch_factories as made
from .branch_factories import FULL
from .factories import DAY, NAMES, villager

NO_KEEP, ELSEWHERE = "您的岗位没有登记党支部工作的权限。", "这个党支部不在您的范围。"
BOTH = "branch_secretary branch_organiser"
TOMORROW, LONG_AGO = DAY + timedelta(days=1), DAY - timedelta(days=900)
NOBODY, SEVERAL = "这个村(社区)的花名册里没有找到这个人。写全名,或者先在底数里登记。", "这个村(社区)有几个同名的人,请填身份证后四位。"


def afar(world):
    """The secretary of the next village."""
    return User.objects.filter(username="huangjin-shuji").first() or worker("huangjin-shuji", "孙支书", unit("黄金村村民委员会", Tier.VILLAGE, world.register.huangjin), Role.BRANCH_SECRETARY)


def says(model, **facts):
    """It says something else meanwhile."""
    return lambda world, what: model.objects.update(**facts)


def same_name(world, _what):
    """The two hands bear one name."""
    User.objects.filter(pk=world.secretary.pk).update(name=world.organiser.name)


def was_in(world, _what):
    """He was entered before, until today."""
    PartyMember.objects.filter(pk=made.member(world, 5).pk).update(to_on=DAY)


def own(model):
    """Whoever looks bears the name of the member whose it is."""
    return lambda world, _what: User.objects.filter(pk=world.organiser.pk).update(name=model.objects.get().member.person.name)


KEEPS = {NO_KEEP: Felt(by="visitor"), ELSEWHERE: Felt(by=afar)}
NEW = {NO_KEEP: Felt(by="visitor"), ELSEWHERE: Felt(by=afar)}


def entering(world, n=5):
    """Somebody of the roll is entered."""
    villager(world, n)
    return {"body": made.branch(world), "name": NAMES[n], "office": "plain_member", "from_on": DAY, "full_on": FULL, "cell": "一组"}


def of_member(world, n=3, **facts):
    """A member."""
    return {"party_member_id": made.member(world, n).pk} | facts


def calling(world, **facts):
    """A theme day in the fields is called."""
    made.fixed(world)
    made.members(world)
    return {"body": made.branch(world), "kind": "theme_day", "day": DAY, "setting": "in_fields", "place": "三组花椒地", "topic": "收花椒互助", "moved": ""} | facts


def of_activity(world, state=ActivityState.CALLED, came=7, **facts):
    """A meeting of the members."""
    return {"branch_activity_id": made.activity(world, state, came=came).pk} | facts


def deciding(world, came=7, **votes):
    """It decides."""
    return of_activity(world, ActivityState.HELD, came=came, matter="ordinary", words="每月清扫一次", votes_for=6, votes_against=1, votes_abstain=0) | votes


def voted(world, _what):
    """Something was decided meanwhile."""
    made.decided(world)


def opening(world):
    """A duty is opened."""
    return {"body": made.branch(world), "name": "护学", "does": "上学放学看孩子过路", "area_words": "村小路口", "from_on": DAY}


def of_duty(world, **facts):
    """A duty."""
    return {"branch_duty_id": made.duty(world).pk} | facts


def claiming(world):
    """A member claims it."""
    return of_duty(world, member=made.member(world, 3), named=True, claimed_on=DAY)


def of_holding(world, state=HoldingState.CLAIMED, **facts):
    """A claim."""
    return {"duty_holding_id": made.holding(world, state).pk} | facts


def giving(world):
    """The branch gives it for a year."""
    return of_holding(world, decided_words="11月支部委员会会议", from_on=DAY, until_on=DAY + timedelta(days=365))


def taken(world, _what):
    """Somebody else got it meanwhile."""
    made.holding(world, HoldingState.HELD, n=4)


def pledging(world):
    """A member promises something."""
    return {"member": made.member(world, 3), "words": "补好三组水池盖板", "pledged_on": DAY, "due_on": DAY + timedelta(days=30)}


def of_pledge(world, state=PledgeState.OPEN, **facts):
    """A pledge."""
    return {"pledge_id": made.pledge(world, state).pk} | facts


def seconded(no, same):
    """The refusals of who looks at his own."""
    return {no: Felt(by="secretary"), str(same): Felt(before=same_name)}


HELD = "这一次还没有登记开,或者已经核对。"
ENDED = "这个岗位已经撤销。"
NOT_OPEN, NOT_TOLD = "这一件已经报完成,或者已经了结。", "这一件还没有报完成,或者已经了结。"
OWN_CLAIM = "自己登记的认领自己不能定,请另一个人登记支部的意见。"
TOO_FEW = "应到 %(due)s 人,要到 %(must)s 人,到会 %(came)s 人,人数不足,没有开成。写明原因取消,改天再开。"
SHORT = "有表决权的应到 %(due)s 人,要到 %(must)s 人,到会 %(came)s 人,人数不足,不能表决。"

ACTS = {
    "village.enter_member": Tried("secretary", entering, {"cell": "二组"}, may=BOTH, spoil={
        **NEW, "日期不能晚于今天。": Felt(what={"from_on": TOMORROW}), "已经有书记,先登记他离任。": Felt(what={"office": "secretary"}, before=lambda w, what: made.member(w, 0)),
        "书记、支部委员要是正式党员。": Felt(what={"office": "committee_member", "full_on": None}), "这名党员已经在册。": Felt(before=lambda w, what: made.member(w, 5)),
        "这名党员那时还在册,从离开那天或者以后登记。": Felt(what={"from_on": LONG_AGO}, before=was_in),
        NOBODY: Felt(what={"name": "查无此人"}), SEVERAL: Felt(before=lambda w, what: villager(w, 40, name=NAMES[5])),
    }),
    "village.change_member": Tried("secretary", lambda w: of_member(w, office="committee_member", full_on=FULL, cell="二组"), {"cell": "三组"}, may=BOTH, spoil={
        **KEEPS, "这名党员已经离开本支部。": Felt(before=says(PartyMember, to_on=DAY)), "日期不能晚于今天。": Felt(what={"full_on": TOMORROW}),
        "已经有书记,先登记他离任。": Felt(what={"office": "secretary"}, before=lambda w, what: made.member(w, 0)), "书记、支部委员要是正式党员。": Felt(what={"full_on": None}),
    }),
    "village.leave_branch": Tried("secretary", lambda w: of_member(w, to_on=DAY), {"to_on": DAY - timedelta(days=1)}, may=BOTH, spoil={
        **KEEPS, "这名党员已经离开本支部。": Felt(before=says(PartyMember, to_on=DAY)), "日期要在进本支部以后,不晚于今天。": Felt(what={"to_on": TOMORROW}),
    }),
    "village.fix_day": Tried("secretary", lambda w: {"body": made.branch(w), "day_of_month": 15, "from_on": DAY}, {"day_of_month": 16}, may=BOTH, spoil={
        **NEW, "那一天已经定过。": Felt(what=lambda w: {"from_on": made.fixed(w).from_on}),
    }),
    "village.call_activity": Tried("secretary", calling, {"topic": "看望独居老人"}, may=BOTH, spoil={
        **NEW, "那时支部还没有成立。": Felt(what={"day": LONG_AGO}), "主题党日固定在每月 %(n)s 号,改期要写明原因。": Felt(what={"day": DAY - timedelta(days=5)}),
        "党小组会要写明是哪个党小组,按党员名册的写法填。": Felt(what={"kind": "group_meeting", "cell": "九组"}), "这一天的这种组织生活已经登记过。": Felt(before=lambda w, what: made.activity(w, kind="theme_day")),
    }),
    "village.hold_activity": Tried("secretary", lambda w: of_activity(w, minutes="逐项讨论,分工到人"), {"minutes": "另一份记录"}, may=BOTH, spoil={
        **KEEPS, "这一次已经登记开了,或者取消了。": Felt(before=says(BranchActivity, state=ActivityState.CANCELLED, closing="下雨")), "日期不能晚于今天。": Felt(before=says(BranchActivity, day=TOMORROW)),
        "那一天没有应到的党员,先登记党员。": Felt(before=says(PartyMember, to_on=DAY)),
    }),
    "village.mark_attendance": Tried("secretary", lambda w: of_activity(w, ActivityState.HELD, attended="by_phone", members=[made.member(w, 8)]), {"attended": "missed"}, may=BOTH, spoil={
        **KEEPS, HELD: Felt(before=says(BranchActivity, state=ActivityState.CHECKED)), "已经表决,签到不能再改。": Felt(before=voted), "请假要写原因。": Felt(what={"attended": "on_leave"}),
    }),
    "village.decide_in_branch": Tried("secretary", deciding, {"votes_for": 5, "votes_abstain": 1}, may=BOTH, spoil={
        **KEEPS, HELD: Felt(before=says(BranchActivity, state=ActivityState.CHECKED)), "只有支部党员大会登记表决。": Felt(before=says(BranchActivity, kind="theme_day")),
        SHORT: Felt(before=says(BranchActivity, voters_came=3)), "三种票加起来要等于有表决权的到会人数 %(n)s。": Felt(what={"votes_for": 8}),
        "那一天还没有这条表决规则。": Felt(before=says(BranchActivity, day=DAY.replace(year=2017))),
    }),
    "village.check_activity": Tried("organiser", lambda w: of_activity(w, ActivityState.HELD), {}, may=BOTH, spoil={
        **KEEPS, HELD: Felt(before=says(BranchActivity, state=ActivityState.CHECKED)), **seconded("自己登记的自己不能核对,请另一个人核对。", SAME_PERSON),
        "签到还没有登记。": Felt(before=says(BranchActivity, came=0, phoned=0, voters_came=0)),
        TOO_FEW: Felt(before=says(BranchActivity, kind="committee_meeting", due=9, came=4, voters_came=4)),
    }),
    "village.cancel_activity": Tried("secretary", lambda w: of_activity(w, reason="下大雨,路断了"), {"reason": "改到下个月"}, may=BOTH, spoil={
        **KEEPS, "这一次已经登记开了,或者取消了。": Felt(before=says(BranchActivity, state=ActivityState.CANCELLED, closing="下雨")),
    }),
    "village.open_duty": Tried("secretary", opening, {"does": "看孩子过马路"}, may=BOTH, spoil={**NEW, "这里已经有这个岗位。": Felt(what=lambda w: {"name": made.duty(w).name, "area_words": made.duty(w).area_words})}),
    "village.end_duty": Tried("secretary", of_duty, {}, may=BOTH, spoil={**KEEPS, ENDED: Felt(before=says(BranchDuty, to_on=DAY)), "还有人认领或者在岗,先办完。": Felt(before=lambda w, what: made.holding(w))}),
    "village.claim_duty": Tried("secretary", claiming, {"named": False}, may=BOTH, spoil={
        **KEEPS, ENDED: Felt(before=says(BranchDuty, to_on=DAY)), "认领日期要在设岗以后,不晚于今天。": Felt(what={"claimed_on": TOMORROW}), "这名党员已经认领或者在岗。": Felt(before=lambda w, what: made.holding(w)),
    }),
    "village.decide_duty": Tried("organiser", giving, {"decided_words": "10月支部党员大会"}, may=BOTH, spoil={
        **KEEPS, "支部已经定过。": Felt(before=says(DutyHolding, state=HoldingState.REFUSED)), **seconded(OWN_CLAIM, SAME_PERSON), "自己认领的自己不能定,请另一个人登记支部的意见。": Felt(before=own(DutyHolding)), "这个岗位已经有人在岗,先登记他卸任。": Felt(before=taken),
        "任期要从认领以后起,止日不早于起日。": Felt(what={"until_on": DAY - timedelta(days=1)}), ENDED: Felt(before=says(BranchDuty, to_on=DAY)), "这名党员已经离开本支部。": Felt(before=says(PartyMember, to_on=DAY)),
    }),
    "village.refuse_duty": Tried("organiser", lambda w: of_holding(w, reason="支部另有安排"), {"reason": "先管好老街巷"}, may=BOTH, spoil={
        **KEEPS, "支部已经定过。": Felt(before=says(DutyHolding, state=HoldingState.REFUSED)), **seconded(OWN_CLAIM, SAME_PERSON), "自己认领的自己不能定,请另一个人登记支部的意见。": Felt(before=own(DutyHolding)),
    }),
    "village.end_holding": Tried("secretary", lambda w: of_holding(w, HoldingState.HELD, reason="外出务工"), {"reason": "年纪大了"}, may=BOTH, spoil={
        **KEEPS, "这个人不在岗。": Felt(before=says(DutyHolding, state=HoldingState.OVER, ended_on=DAY)),
    }),
    "village.hide_holder": Tried("secretary", lambda w: of_holding(w, HoldingState.HELD), {}, may=BOTH, spoil={**KEEPS, "这个姓名没有公开。": Felt(before=says(DutyHolding, named=False))}),
    "village.make_pledge": Tried("secretary", pledging, {"words": "带五户学剪枝"}, may=BOTH, spoil={
        NO_KEEP: Felt(by="visitor"), ELSEWHERE: Felt(by=afar), "承诺日期不晚于今天,期限不早于承诺。": Felt(what={"due_on": DAY - timedelta(days=1)}),
    }),
    "village.tell_pledge": Tried("secretary", lambda w: of_pledge(w, proof="盖板补了六块,组长收了"), {"proof": "村里人都看见了"}, may=BOTH, spoil={
        **KEEPS, NOT_OPEN: Felt(before=says(Pledge, state=PledgeState.FAILED, reason="没有材料", settled_on=DAY)), "过了期限,写明为什么晚了。": Felt(before=says(Pledge, due_on=DAY - timedelta(days=1))),
    }),
    "village.keep_pledge": Tried("organiser", lambda w: of_pledge(w, PledgeState.TOLD), {}, may=BOTH, spoil={
        **KEEPS, NOT_TOLD: Felt(before=says(Pledge, state=PledgeState.OPEN)), **seconded("自己报的完成自己不能核实,请另一个人去看。", SAME_PERSON), "自己的承诺自己不能核实,请另一个人去看。": Felt(before=own(Pledge)),
    }),
    "village.give_pledge_back": Tried("organiser", lambda w: of_pledge(w, PledgeState.TOLD, reason="还差两块盖板"), {"reason": "盖板没有固定"}, may=BOTH, spoil={
        **KEEPS, NOT_TOLD: Felt(before=says(Pledge, state=PledgeState.OPEN)), **seconded("自己报的完成自己不能核实,请另一个人去看。", SAME_PERSON), "自己的承诺自己不能核实,请另一个人去看。": Felt(before=own(Pledge)),
    }),
    "village.fail_pledge": Tried("secretary", lambda w: of_pledge(w, reason="没有找到材料"), {"reason": "人手不够"}, may=BOTH, spoil={
        **KEEPS, NOT_OPEN: Felt(before=says(Pledge, state=PledgeState.FAILED, reason="没有材料", settled_on=DAY)),
    }),
}  # fmt: skip
