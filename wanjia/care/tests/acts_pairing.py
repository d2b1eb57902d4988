"""How the acts of pairing are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Area, Level, Organisation, Sponsorship, User
from wanjia.orgs.workdays.hours import CLOCK
from wanjia.registry.models import Person
from wanjia.registry.statuses.commands import record_status
from wanjia.solving.models import Plan
from wanjia.solving.runs import commands as runs
from wanjia.solving.runs import process
from wanjia.solving.standing.commands import activate_plan

from ..models import Entitled, Helper, Pair, PairProposal
from ..pairing import commands
from .factories import START, checked, helper

DAY = MONDAY.date()


def who(world, name="care"):
    """Somebody afresh, so that posts are read anew."""
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY}


def disabled(world, child=None):
    """The child holds a card of disability: it is to have somebody alone."""
    child = child or world.register.child
    facts = {"scheme": "disability", "code": "limb", "grade": "2", "from_on": DAY - timedelta(days=90), "evidence": "残疾人证"}
    if not child.statuses.exists():
        record_status(person_id=child.pk, **facts, by=User.objects.get(pk=world.visitor.pk), at=MONDAY)
    return child


def sponsor(world):
    """The county's unit sponsors the village."""
    Sponsorship.objects.get_or_create(organisation=world.office, area=world.datong, from_on=START)


def able(world, **facts):
    """A helper of the sponsoring unit who is clear."""
    sponsor(world)
    one = helper(world, **({"name": "岳帮扶", "speaks": "mandarin"} | facts))
    checked(one, at=MONDAY)
    return one


def entitled(world):
    """The child stands on the list of those who are to have somebody."""
    child = disabled(world)
    commands.watch_entitled(area=world.county, by=CLOCK, at=MONDAY)
    return {"entitled_id": Entitled.objects.get(child=child).pk}


def pairing(world):
    """A helper takes the child on by hand."""
    return entitled(world) | {"helper": able(world)}


def paired(world):
    """The pair stands."""
    return {"pair_id": commands.pair_child(**pairing(world), **who(world)).pk}


def handing(world):
    """Another helper takes the child over."""
    return paired(world) | {"helper": able(world, name="岑帮扶"), "why": "asked"}


def drawing(world):
    """A plan is asked for; no process starts."""
    runs.start_process = lambda *_words: None
    disabled(world)
    able(world)
    return {"area": world.county}


def drawn(world):
    """A version is worked."""
    plan = commands.draw_pairs(**drawing(world), **who(world))
    process.run(Plan.objects.get(pk=plan.pk))
    return Plan.objects.get(pk=plan.pk)


def proposed(world):
    """What it proposes for the child."""
    return {"pair_proposal_id": PairProposal.objects.get(plan=drawn(world)).pk}


def moving(world):
    """Somebody else of the same unit."""
    return proposed(world) | {"helper": able(world, name="岑帮扶")}


def on(model, **values):
    """Put facts on rows straight away."""
    return lambda _world, _what: model.objects.update(**values)


def stands(world, what):
    """The version is put in force."""
    activate_plan(plan_id=PairProposal.objects.get(pk=what["pair_proposal_id"]).plan_id, **who(world, "officer"))


def kin(world, what):
    """The helper is the child's parent."""
    Helper.objects.filter(pk=what["helper"].pk).update(person=world.register.head)
    what["helper"].refresh_from_db()


def full(world, what):
    """The helper has as many children as agreed."""
    Helper.objects.filter(pk=what["helper"].pk).update(capacity=1)
    Pair.objects.create(child=world.register.wife, helper=what["helper"], from_on=START)
    what["helper"].refresh_from_db()


def another(world, name="王小二", card=True):
    """Another child of the village, who is to have somebody alone too, or nobody needs."""
    child = world.register.join(name, "儿子", date(2016, 5, 1), 40, schooling="primary")
    return disabled(world, child) if card else child


def shared(card):
    """The helper accompanies another child, who is to have her alone or need not."""
    return lambda world, what: Pair.objects.create(child=another(world, card=card), helper=what["helper"], from_on=START)


def shared_in_version(world, what):
    """The version proposes her to another child."""
    plan = PairProposal.objects.get(pk=what["pair_proposal_id"]).plan
    PairProposal.objects.create(plan=plan, child=another(world, card=False), helper=what["helper"])


def said_no(world, one):
    """The guardian asked for somebody else than this helper, last month."""
    Pair.objects.create(child=world.register.child, helper=one, from_on=START, to_on=START + timedelta(days=9), end_reason="asked")


def elsewhere(_world, _what):
    """The child lives in another county."""
    Person.objects.update(village=None)


NO_DUTY, ELSEWHERE, ENDED = "您的岗位没有结对的权限。", "这个孩子不在您的辖区。", "这个结对已经终止。"
MAY = "care_officer"
OVER = {ENDED: Felt(before=on(Pair, to_on=DAY, end_reason="grown"))}
FIRST_ALONE = "先一对一:这个孩子或者%(name)s已经帮的孩子应当有专人。先看看别人;确实要一起帮的,写明为什么。"
REASON = {
    "为什么一起帮,不写孩子姓名。": Felt(what=lambda w: {"reason": f"{w.register.child.name}离得近"}),
    "“%(what)s”至少写 %(n)s 个字。": Felt(what={"reason": "近"}),
}
CANNOT = {
    FIRST_ALONE: Felt(before=shared(card=False)), **REASON,
    "%(name)s 已经帮了 %(n)s 个孩子,不能再加。": Felt(before=full), "是孩子的亲属,不能结对。": Felt(before=kin),
    "没有有效的背景审查结果,不能接触未成年人。请先查询并登记。": Felt(what=lambda w: {"helper": helper(w, name="未查")}),
    "这位帮扶人的单位没有挂联孩子所在的村。": Felt(before=lambda w, what: Sponsorship.objects.all().delete()),
    "孩子或者监护人要求换过他,不能再结对。": Felt(before=lambda w, what: said_no(w, what["helper"])),
}

ACTS = {
    "care.draw_pairs": Tried("care", drawing, {"area": None}, may=MAY, spoil={
        NO_DUTY: Felt(by="clerk"), "这个地方不在您的辖区。": Felt(by="care", what=lambda w: {"area": far(w)}),
    }),
    "care.move_pair_proposal": Tried("care", moving, {"helper": None}, may=MAY, spoil={
        NO_DUTY: Felt(by="clerk"), ELSEWHERE: Felt(before=elsewhere),
        "这一版已经启用。要换人的,在结对里换。": Felt(before=stands),
        "这位帮扶人的单位没有挂联孩子所在的村。": Felt(what=lambda w: {"helper": helper(w, organisation=unit_far(w))}),
        "不能配给他:%(why)s。": Felt(before=kin), FIRST_ALONE: Felt(before=shared_in_version), **REASON,
    }),
    "care.pair_child": Tried("care", pairing, {"helper": None}, may=MAY, spoil={
        NO_DUTY: Felt(by="clerk"), ELSEWHERE: Felt(before=elsewhere), "这个孩子现在不用结对。": Felt(before=on(Entitled, to_on=DAY)),
        "这个孩子已经有人结对。": Felt(before=lambda w, what: commands.pair_child(**what, **who(w))), **CANNOT,
    }),
    "care.hand_pair": Tried("care", handing, {"helper": None}, may=MAY, spoil={
        NO_DUTY: Felt(by="clerk"), ELSEWHERE: Felt(before=elsewhere), **OVER, "还是同一位帮扶人,不用换。": Felt(what=lambda w: {"helper": Helper.objects.get(name="岳帮扶")}), **CANNOT,
    }),
    "care.end_pair": Tried("care", lambda w: paired(w) | {"why": "moved"}, {"why": "asked"}, may=MAY, spoil={NO_DUTY: Felt(by="clerk"), ELSEWHERE: Felt(before=elsewhere), **OVER}),
    "care.hold_pair": Tried("care", paired, {}, may=MAY, spoil={NO_DUTY: Felt(by="clerk"), ELSEWHERE: Felt(before=elsewhere), **OVER}),
    "care.watch_entitled": Tried("clock", lambda w: {"area": disabled(w) and w.county}, {}, may="", spoil={"哪些孩子应当结对由系统每天按规则看,不由人代走。": Felt(by="care")}),
}  # fmt: skip


def far(_world):
    """Another county."""
    return Area.objects.get_or_create(code="530699000000", defaults={"name": "某县", "short_name": "某县", "level": Level.COUNTY})[0]


def unit_far(world):
    """A unit of another county."""
    return Organisation.objects.create(name="某县民政局", tier="county", line="civil", area=far(world))


def afar(world):
    """A helper of another county who is clear."""
    return able(world, name="远帮扶", organisation=unit_far(world))
