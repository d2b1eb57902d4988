"""How the acts by which a dispute is taken up, mediated and ended are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker

from ..mediation.commands import add_party
from ..models import GoverningBody, MediationCase, MediationParty
from .factories import body, seat, villager
from .mediation_factories import DAY, TAKE, head, party_of, peopled, ready, sat, taken, who

NO_DUTY = "您的岗位没有调解的权限。调解卷宗只有人民调解员能打开,别人只看得到件数。"
ELSEWHERE, OWN, ENDED = "这个村(社区)不在您的范围。", "您是当事人,或者当事人的家人,不能经办这一件,请别的调解员办(回避)。", "这一件已经结束。"
NOT_YET = "日期不能晚于今天,也不能早于受理那天。"
KIN = "这个人是当事人,或者和当事人同过户,不能调解这一件(回避)。"
NO_SIDES, NOT_TOLD, NO_MEDIATOR = "先登记甲乙双方。", "还有当事人没有告知权利义务,先告知(第二十三条)。", "先选定调解员(第十九条)。"
MAY = "mediator"


def afar(world):
    """A mediator of the next village."""
    return User.objects.filter(username="huangjin-tj").first() or worker("huangjin-tj", "远调解", unit("黄金村村民委员会", Tier.VILLAGE, world.register.huangjin), Role.MEDIATOR)


def own(world, what):
    """Whoever writes bears the name of a party."""
    User.objects.filter(pk=world.mediator.pk).update(name="本人")
    MediationParty(case_id=what["mediation_case_id"], side="side_third", n=1, name="本人", told_on=DAY, told_by="read_out", signed_on=DAY, signed_by="by_hand").save(force_insert=True)


def ended(_world, what):
    """It ended meanwhile."""
    MediationCase.objects.filter(pk=what["mediation_case_id"]).update(state="case_failed", ended_on=DAY)


def untold(_world, what):
    """Somebody does not know his rights."""
    MediationParty.objects.filter(case=what["mediation_case_id"]).update(told_on=None, told_by="")


def unchosen(_world, what):
    """Nobody is to mediate."""
    MediationCase.objects.filter(pk=what["mediation_case_id"]).update(mediator=None, chosen="", chosen_on=None)


def one_sided(_world, what):
    """The other side stands in no file."""
    MediationParty.objects.filter(case=what["mediation_case_id"], side="side_two").update(side="side_third")


def by_case(make, **facts):
    """Keywords of an act on a case."""
    return lambda world: {"mediation_case_id": make(world).pk} | {name: value(world) if callable(value) else value for name, value in facts.items()}


def partying(world):
    """Somebody of the roll stands on a side."""
    return {"mediation_case_id": taken(world).pk, "side": "side_one", "name": villager(world, 8).name, "ours": True}


def telling(world):
    """A party is told."""
    case = peopled(world)
    return {"mediation_case_id": case.pk, "party": party_of(case), "way": "read_out", "day": DAY}


def of_another(world):
    """A party of another case."""
    return party_of(peopled(world, facts="另一件事,为了水沟"))


def same_home(world, _what):
    """The chosen mediator lives with a party."""
    head(world).person.memberships.update(household=villager(world, 8).memberships.get().household)


def dangerous(_world, what):
    """It may turn into a crime, and nobody was told."""
    MediationCase.objects.filter(pk=what["mediation_case_id"]).update(danger="danger_crime")


def told_late(_world, what):
    """The parties were told their rights on the next day."""
    MediationParty.objects.filter(case=what["mediation_case_id"]).update(told_on=DAY + timedelta(days=1))


UNREPORTED = {"可能引起治安、刑事案件,先报告派出所并登记;没有风险了的,也先登记(第二十五条)。": Felt(before=dangerous)}
HAND = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by=afar), OWN: Felt(before=own)}
OPEN = {**HAND, ENDED: Felt(before=ended)}
READY = {NO_SIDES: Felt(before=one_sided), NOT_TOLD: Felt(before=untold), NO_MEDIATOR: Felt(before=unchosen)}
DRAWABLE = {**OPEN, **READY, "先写调解笔录(第二十七条)。": Felt(what=lambda w: {"mediation_case_id": ready(w).pk})}

ACTS = {
    "village.take_case": Tried("mediator", lambda w: {"village": body(w, "mediation", 5).area} | TAKE, {"people": 3}, may=MAY, spoil={
        NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(what=lambda w: {"village": w.register.huangjin}),
        "一方明确拒绝调解的,不能调解(第十七条)。告诉双方可以走仲裁、行政、诉讼途径。": Felt(what={"refuses": True}), "诉求编号照台账上的写。": Felt(what={"need": "王家的事"}),
        "金额写成 12.50 这样。": Felt(what={"money": "八百"}),
        "这个村还没有登记人民调解委员会,先在“自治组织”里登记它和委员。": Felt(before=lambda w, what: GoverningBody.objects.filter(kind="mediation").update(to_on=DAY)),
    }),
    "village.add_party": Tried("mediator", partying, {"name": "黄外村", "ours": False}, may=MAY, spoil={
        **OPEN, "未成年人要写监护人。": Felt(what={"minor": True, "ours": False}), "花名册上只有成年人;孩子按“不在”登记,写明监护人。": Felt(what={"minor": True, "agent": "王建国"}),
        "这个村(社区)的花名册里没有找到这个人。写全名,或者先在底数里登记。": Felt(what={"name": "查无此人"}),
        "这个村(社区)有几个同名的人,请填身份证后四位。": Felt(before=lambda w, what: villager(w, 31, name=what["name"])),
        "选定的调解员就是这个人,或者和他同过户。先换调解员。": Felt(what=lambda w: {"mediation_case_id": ready(w).pk, "name": head(w).person.name}),
        "这个人已经是当事人。": Felt(before=lambda w, what: add_party(**what, **who(w.mediator))),
    }),
    "village.tell_rights": Tried("mediator", telling, {"way": "on_paper"}, may=MAY, spoil={
        **OPEN, "先登记当事人。": Felt(before=lambda w, what: MediationParty.objects.filter(case=what["mediation_case_id"]).update(case=taken(w))),
        NOT_YET: Felt(what={"day": DAY + timedelta(days=1)}), "这个当事人不在这一件里。": Felt(what=lambda w: {"party": of_another(w)}),
    }),
    "village.choose_mediator": Tried("mediator", by_case(peopled, mediator=head, chosen="by_parties"), {"chosen": "by_committee"}, may=MAY, spoil={
        **OPEN, KIN: Felt(before=same_home), "这个人不是本村人民调解委员会的委员。": Felt(what=lambda w: {"mediator": seat(w, body(w, "council"), 7)}),
    }),
    "village.note_sitting": Tried("mediator", by_case(ready, kind="sitting", day=DAY, place="村委会", words="甲方愿意退半米"), {"words": "乙方要赔礼"}, may=MAY, spoil={
        **OPEN, **READY, NOT_YET: Felt(what={"day": DAY + timedelta(days=1)}), "这里只写调查笔录和调解笔录。": Felt(what={"kind": "danger"}),
        "调解笔录的日期不能早于告知权利义务那天(第二十三条)。": Felt(before=told_late),
    }),
    "village.flag_danger": Tried("mediator", by_case(peopled, danger="danger_crime", words="乙方说要动手", told_to="细沙派出所", told_at=MONDAY), {"words": "两家亲戚都来了"}, may=MAY, spoil={
        **OPEN, "报告了哪里、什么时候报告的,要一起写。": Felt(what={"told_to": ""}), "报告时间不能晚于现在。": Felt(what={"told_at": MONDAY + timedelta(hours=1)}),
    }),
    "village.fail_case": Tried("mediator", by_case(sat, told=True, words="双方都不让步"), {"words": "甲方不来了"}, may=MAY, spoil={
        **DRAWABLE, **UNREPORTED, "先告诉当事人其他途径,再结束(第二十六条)。": Felt(what={"told": False}),
    }),
    "village.withdraw_case": Tried("mediator", by_case(peopled, why="taken_back", words="说不用调了"), {"words": "自己商量好了"}, may=MAY, spoil=OPEN | UNREPORTED),
    "village.hand_case_on": Tried("mediator", by_case(peopled, to="细沙派出所", words="已经动手"), {"words": "要做伤情鉴定"}, may=MAY, spoil=OPEN),
}  # fmt: skip
