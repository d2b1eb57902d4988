"""How the acts of steps, proposals and problems are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import User
from wanjia.orgs.second_person.hands import SAME_PERSON

from ..bylaw_states import ProblemState as Q
from ..bylaw_states import ProposalState as P
from ..bylaw_states import StepState as S
from ..models import AgendaItem, Meeting, Problem, Proposal, PublicNotice, StepMatter, StepRecord, StepResult
from .acts_bodies import NO_DUTY, OUT, VILLAGE, elsewhere
from .acts_meetings import TOO_LATE
from .bylaw_factories import DAY, NUMBERS, matter, problem, proposal, second, vote
from .factories import body, item

EITHER = "village_worker township_worker township_leader"
KEEPS = {NO_DUTY: Felt(by="caller"), OUT: Felt(by=elsewhere)}
BOTH = {NO_DUTY: Felt(by="caller"), OUT: Felt(by="stranger")}
TOMORROW = DAY + timedelta(days=1)
NOT_PUT, GOES_ON = "没有提交会议,或者已经有效果。", "议题已经列入议程或者通过,按会上定的办。"
NAMED = "写的话里有提出人的姓名。公开栏上看得到,改了再写。"
NO_RULE, SHORT = "这一天没有这一步的规则。", "人数不足:应到 %(due)s,要到 %(must)s,实到 %(there)s(%(source)s)。"


def of_matter(state, **facts):
    """A matter in a state."""
    return lambda world: {"step_matter_id": matter(world, state).pk} | facts


def recording(world, **facts):
    """The party organisation proposes."""
    return {"step_matter_id": matter(world).pk, "step": "branch_committee", "day": DAY, "opinion": "同意提议", **NUMBERS} | facts


def deliberating(world):
    """Ten members sit in the party organisation; nine are said to be due."""
    one = body(world, "branch", seats=10)
    return {"step_matter_id": matter(world, S.COMMITTEES).pk, "step": "branch", "due": 9} if one else {}


def linking(world, **facts):
    """The representatives decided."""
    return {"step_matter_id": matter(world, S.PARTY).pk, "item": vote(world, title="二组入户路硬化")} | facts


def telling(world, **facts):
    """The road is done."""
    return {"step_matter_id": matter(world, S.DECIDED).pk, "yuan": "39800.50", "contractor": "本村村民", "words": "硬化八百米", "done_on": DAY} | facts


def mine(model, field, hand="clerk"):
    """The step before was done by the same account."""
    return lambda world, what: model.objects.update(**{field: getattr(world, hand)})


def taken_down(_world, _what):
    """An objection to the decision was upheld."""
    PublicNotice.objects.update(withdrawn_on=DAY, withdrawn_because="异议成立")


def namesake(world, _what):
    """Whoever did the step before bears the same name."""
    User.objects.filter(pk=second(world).pk).update(name=world.clerk.name)


def of_proposal(state=P.WAITING, **facts):
    """A proposal in a state."""
    return lambda world: {"village_proposal_id": proposal(world, state).pk} | facts


def taking(world, **facts):
    """It goes to the council."""
    return {"village_proposal_id": proposal(world).pk, "body": body(world, seats=3), "kind": "surroundings", "title": "场坝路灯坏了三盏", "words": "晚上看不见,老人不敢走。", "matter": ""} | facts


def answered_before(world, what):
    """Another's slip has an answer already."""
    Proposal.objects.filter(pk=what["village_proposal_id"]).update(state=P.DECLINED, title="路灯坏了", answer="已经报修", answered_on=DAY, answered_at=MONDAY)


def again(hand):
    """Its bringer asked to think again; who answered first."""
    return lambda world, what: Proposal.objects.filter(pk=what["village_proposal_id"]).update(again=1, answered_by=hand(world))


def many(n, **facts):
    """So many came already."""

    def before(world, _what):
        for _n in range(n):
            proposal(world, name="", told_at=MONDAY, **{key: value() for key, value in facts.items()})

    return before


def _index():
    from wanjia.sealing.keys import blind

    return blind("proposal.address", "10.0.0.1")


def bringing(world, **facts):
    """Somebody on the public page."""
    return {"area_id": world.datong.pk, "words": "三组路灯坏了三盏", "name": "", "address": "10.0.0.1"} | facts


def feeling(world, **facts):
    """The water runs again."""
    return {"village_problem_id": problem(world, Q.PUT).pk, "effect": "水够了,不再漏", "asked": 20, "better": 18, "effect_on": DAY} | facts


def withdrawn_item(world, title="修水池"):
    """An item that its bringers withdrew."""
    one = item(world, title=title)
    AgendaItem.objects.filter(pk=one.pk).update(state="item_withdrawn")
    return one


def stuck(world, **facts):
    """It waits for an item that its bringers withdrew."""
    one = problem(world)
    Problem.objects.filter(pk=one.pk).update(item=withdrawn_item(world), state=Q.PUT, raised_by=world.visitor)
    return {"village_problem_id": one.pk} | facts


def raising(world, **facts):
    """Somebody says so at a meeting."""
    return {"village": world.datong, "title": "饮水浪费", "words": "水管漏了一个月", "source": "meeting", "raised_on": DAY} | facts


STEPS = {
    "village.begin_matter": Tried("visitor", lambda w: {"village": w.datong, "title": "二组入户路硬化", "words": "硬化八百米"}, {"words": "硬化九百米"}, may=VILLAGE, spoil={
        NO_DUTY: Felt(by="caller"), OUT: Felt(what=lambda w: {"village": w.register.huangjin}),
    }),
    "village.record_step": Tried("visitor", recording, {"opinion": "同意,先修二组"}, may=VILLAGE, spoil={
        **KEEPS, "提议、商议、审议三步已经登记,接着由村民(代表)会议决议。": Felt(what=of_matter(S.PARTY)), "按先后来:这一步是“%(step)s”。": Felt(what={"step": "branch"}),
        "只有村党组织书记和村委会主任是同一个人时,前两步才能合并。先在自治组织里登记两个组织的主任(书记)。": Felt(what={"step": "two_committees", "merged": True}),
        "日期不能晚于今天。": Felt(what={"day": TOMORROW}), "这一步不能早于上一步(%(day)s)。": Felt(what=lambda w: {"step_matter_id": matter(w, S.BRANCH).pk, "step": "two_committees", "day": DAY - timedelta(days=4)}),
        "村党组织登记了 %(n)s 名成员,应到不能少于 %(n)s。": Felt(what=deliberating), NO_RULE: Felt(what={"day": DAY.replace(year=2018, month=11)}),
        "实到不会比应到多,票数不会比实到多。": Felt(what={"present": 10}), SHORT: Felt(what={"present": 4, "votes_for": 4, "votes_against": 0}),
        "同意 %(votes)s,要 %(must)s 才算通过(%(source)s)。没有通过的不往下走。": Felt(what={"votes_for": 4}),
    }),
    "village.link_decision": Tried("visitor", linking, {}, may=VILLAGE, spoil={
        **KEEPS, "党员大会审议以后才由村民(代表)会议决议。": Felt(what=of_matter(S.BRANCH)),
        "只能是本村村民会议、村民代表会议的决议。": Felt(what=lambda w: {"item": item(w, "item_passed")}),
        "会议还没有散会,或者会议记录还没有第二个人签字。": Felt(before=lambda w, what: Meeting.objects.update(signed_at=None, signed_by=None)),
        "会议决议不能早于党员大会审议(%(day)s)。": Felt(before=lambda w, what: StepRecord.objects.update(day=TOMORROW)),
    }),
    "village.tell_result": Tried("visitor", telling, {"words": "硬化九百米"}, may=VILLAGE, spoil={
        **KEEPS, "会议决议以后才登记实施结果;已经登记的等验收。": Felt(what=of_matter(S.PARTY)), "决议还没有公开,先报备、公示。": Felt(before=lambda w, what: PublicNotice.objects.update(withdrawn_on=DAY, withdrawn_because="异议采纳")),
        "金额写成 12.50 这样。": Felt(what={"yuan": "四万"}), "完成日期要在决议以后,不晚于今天。": Felt(what={"done_on": TOMORROW}),
    }),
    "village.accept_result": Tried("clerk", of_matter(S.TOLD, accepted=True, words="到现场量过,八百米"), {"words": "账也对得上"}, may=EITHER, spoil={
        **BOTH, "没有等验收的结果。": Felt(what=of_matter(S.PARTY)), "决议的公示已经撤下,结果不能公开。先写“不通过”,决议重新上会。": Felt(before=taken_down), "登记结果的人不能自己验收,请另一个人验收。": Felt(before=mine(StepResult, "told_by")), str(SAME_PERSON): Felt(before=namesake),
    }),
    "village.stop_matter": Tried("visitor", of_matter(S.BRANCH, reason="资金没有落实"), {"reason": "并到别的项目"}, may=VILLAGE, spoil={
        **KEEPS, "已经登记结果或者不再办理。": Felt(before=lambda w, what: StepMatter.objects.update(state=S.STOPPED, stopped_words="资金没有落实")),
    }),
}  # fmt: skip
PROPOSALS = {
    "village.bring_proposal": Tried("villager", bringing, {"words": "二组也坏了两盏"}, {"words": "灯"}, "anybody says what he wants to say", spoil={
        "没有这个村(社区)。": Felt(what={"area_id": "530625"}), "想说的话写 %(least)s 到 %(most)s 个字。": Felt(what={"words": "灯"}),
        "这个网络一小时里提得太多,请过一会儿再提,或者写张纸条交给村里。": Felt(before=many(6, address_index=_index)), "今天提的太多,请写张纸条交给村里,一样答复。": Felt(before=many(60)),
    }),
    "village.write_proposal": Tried("visitor", lambda w: {"village": w.datong, "words": "三组路灯坏了三盏", "way": "paper", "told_on": DAY, "name": ""}, {"way": "spoken"}, may=VILLAGE, spoil={
        NO_DUTY: Felt(by="caller"), OUT: Felt(what=lambda w: {"village": w.register.huangjin}), "提出日期不能晚于今天。": Felt(what={"told_on": TOMORROW}), TOO_LATE: Felt(at=MONDAY + timedelta(days=16)),
    }),
    "village.take_up_proposal": Tried("visitor", taking, {"kind": "hot"}, may=VILLAGE, spoil={
        **KEEPS, "这一件已经答复。": Felt(before=answered_before), "只能提交给本村的组织;还没登记的,先登记。": Felt(what=lambda w: {"body": body(w, "council", area=w.register.huangjin)}),
        NAMED: Felt(what={"title": "吉有福家门口的路灯"}),
    }),
    "village.turn_down_proposal": Tried("visitor", of_proposal(title="路灯坏了", answer="已经报给电力公司,三天内修"), {"title": "三组路灯坏了"}, may=EITHER, spoil={
        **BOTH, NAMED: Felt(what={"answer": "吉 有 福家门口已经修好"}), "这一件已经答复。": Felt(before=answered_before), "要求重新考虑的,请另一个人答复:本村另一个人,或者乡镇。": Felt(before=again(lambda w: w.visitor)),
        str(SAME_PERSON): Felt(by="clerk", before=lambda w, what: (again(second)(w, what), namesake(w, what))),
    }),
    "village.ask_again": Tried("villager", of_proposal(P.DECLINED), {}, {}, "whoever holds the slip asks", spoil={
        "还没有答复,或者已经提交会议。": Felt(what=of_proposal(P.WAITING)), "已经重新考虑过一次。": Felt(before=lambda w, what: Proposal.objects.update(again=1)), "答复过了 %(n)s 天,请另提一件。": Felt(at=MONDAY + timedelta(days=16)),
    }),
    "village.forget_addresses": Tried("clock", lambda w: proposal(w, address_index="x") and {}, {}, {}, "the clock's own hand", at=MONDAY + timedelta(days=2), spoil={"由系统按时清除,不由人代办。": Felt(by="clerk")}),
}  # fmt: skip
PROBLEMS = {
    "village.raise_problem": Tried("visitor", raising, {"title": "饮水漏水"}, may=VILLAGE, spoil={
        NO_DUTY: Felt(by="caller"), OUT: Felt(what=lambda w: {"village": w.register.huangjin}), "提出日期不能晚于今天。": Felt(what={"raised_on": TOMORROW}),
        "从群众诉求台账来的,写上诉求编号。": Felt(what={"source": "need"}), "从村民提议来的,选本村的那件提议。": Felt(what={"source": "proposal"}),
        "只能选本村的提议。": Felt(what=lambda w: {"source": "proposal", "proposal": proposal(w)}),
    }),
    "village.put_problem": Tried("visitor", lambda w: {"village_problem_id": problem(w).pk, "item": item(w)}, {}, may=VILLAGE, spoil={
        **KEEPS, "这个问题已经提交会议。": Felt(what=lambda w: {"village_problem_id": problem(w, Q.PUT).pk}), "只能选本村的议题。": Felt(what=lambda w: {"item": item(w, of=body(w, "council", area=w.register.huangjin))}),
    }),
    "village.note_effect": Tried("visitor", feeling, {"better": 17}, may=VILLAGE, spoil={
        **KEEPS, "还没有提交会议,或者已经登记效果。": Felt(what=lambda w: {"village_problem_id": problem(w).pk}), "会上定的还没有落实,制度还没有施行,先办。": Felt(before=lambda w, what: AgendaItem.objects.update(done_on=None, done_words="")),
        "说好的不会比问的多。": Felt(what={"better": 21}), "看效果的日期要在提出以后,不晚于今天。": Felt(what={"effect_on": TOMORROW}),
    }),
    "village.close_problem": Tried("clerk", lambda w: {"village_problem_id": problem(w, Q.FELT).pk, "holds": True, "reason": "到三户看过"}, {"reason": "打电话问过"}, may=EITHER, spoil={
        **BOTH, "没有等核实的效果。": Felt(what=lambda w: {"village_problem_id": problem(w).pk}), "登记效果的人不能自己核实,请另一个人核实。": Felt(before=mine(Problem, "effect_by")), str(SAME_PERSON): Felt(before=namesake),
        "问的户里说好的没有过半,不能算解决。": Felt(before=lambda w, what: Problem.objects.update(better=10)),
    }),
    "village.relink_problem": Tried("visitor", lambda w: stuck(w, item=item(w), reason="原来的议题撤回了"), {"reason": "联名撤回了"}, may=VILLAGE, spoil={
        **KEEPS, NOT_PUT: Felt(what=lambda w: {"village_problem_id": problem(w).pk}), GOES_ON: Felt(before=lambda w, what: Problem.objects.update(item=vote(w, title="饮水管护"))),
        "只能选本村另一个没有撤回、否决、暂缓的议题。": Felt(what=lambda w: {"item": withdrawn_item(w, "修二号水池")}),
    }),
    "village.drop_problem": Tried("clerk", lambda w: stuck(w, reason="各户已经自己装了水表"), {"reason": "已经并到饮水项目"}, may=EITHER, spoil={
        **BOTH, NOT_PUT: Felt(what=lambda w: {"village_problem_id": problem(w).pk}), GOES_ON: Felt(before=lambda w, what: Problem.objects.update(item=vote(w, title="饮水管护"))),
        "您登记、提交的问题,请另一个人写明原因办结。": Felt(by="visitor"), str(SAME_PERSON): Felt(before=lambda w, what: (Problem.objects.update(put_by=second(w)), namesake(w, what))),
    }),
}  # fmt: skip
ACTS = STEPS | PROPOSALS | PROBLEMS
