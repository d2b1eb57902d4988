"""How the acts of drives, proposals and plans are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.solving.models import Plan, Standing
from wanjia.solving.runs import commands as runs
from wanjia.solving.runs import process

from ..campaigns.commands import match_campaign, open_campaign
from ..matching.commands import accept_proposal
from ..models import Campaign, Proposal, Vacancy, Worker
from ..workers.commands import enrol_worker, set_facts
from . import demand_world as demand
from .factories import entered

DAY = MONDAY.date()
WINDOW = {"name": "百日行动", "from_on": DAY, "until_on": DAY + timedelta(days=100)}
ROLE = "labour_officer labour_analyst"
KEEPS = "village_worker township_worker station_worker labour_officer"
ELSEWHERE = "这个行动不在您的辖区。"
AWAY = "这个人不在您的辖区。"


def off_the_roll(_world, _what):
    Worker.objects.update(left_on=DAY, left_because="age")


def who(user, at=MONDAY):
    return {"by": demand.anew(user), "at": at}


def drive(world):
    """A hundred days of the county."""
    found = Campaign.objects.filter(name=WINDOW["name"]).first()
    return found or open_campaign(area=world.county, **WINDOW, **who(world.labour))


def of_drive(world):
    return {"campaign_id": drive(world).pk}


def labourer(world):
    """Wang, who would sew."""
    head = world.register.head
    if not Worker.objects.filter(pk=head.pk).exists():
        enrol_worker(person_id=head.pk, **who(world.visitor))
        set_facts(worker_id=head.pk, trade="factory", **who(world.visitor))
    return Worker.objects.get(pk=head.pk)


def asked(world):
    """A plan that waits for its process."""
    waits = Plan.objects.filter(state="asked").first()
    if waits:
        return waits
    labourer(world)
    if not Vacancy.objects.exists():
        demand.live(world)
    start, runs.start_process = runs.start_process, lambda *_words: None
    try:
        return match_campaign(**of_drive(world), floor=0, **who(world.labour))
    finally:
        runs.start_process = start


def ready(world):
    """A version that proposes Wang the sewing."""
    return process.run(asked(world), at=MONDAY)


def in_force(world):
    plan = ready(world)
    Standing.objects.update_or_create(kind=plan.kind, about=plan.about, defaults={"plan": plan, "since": MONDAY, "by": world.labour})
    return plan


def proposal(world, state="proposed", stands=True):
    plan = in_force(world) if stands else ready(world)
    row = Proposal.objects.get(plan=plan, worker=labourer(world))
    if state in ("accepted", "declined"):
        accept_proposal(proposal_id=row.pk, **who(world.visitor))
    if state == "declined":
        Proposal.objects.filter(pk=row.pk).update(state=state)
    return {"proposal_id": row.pk}


def none(world):
    """A proposal without a vacancy."""
    what = proposal(world)
    Proposal.objects.filter(pk=what["proposal_id"]).update(vacancy=None)
    return what


def full(world, state="proposed"):
    """A proposal whose vacancy has no place left."""
    what = proposal(world, state)
    Vacancy.objects.update(left=0)
    return what


def _started(world):
    return proposal(world, "accepted") | {"on": DAY, "evidence": "contract"}


def yes_by_own_slip(world, what):
    """Whoever would note the start printed the slip through which the yes was said."""
    from ..slips.commands import HIMSELF, answer_by_slip, issue_work_slip

    slip = issue_work_slip(worker_id=labourer(world).pk, **who(world.visitor))
    answer_by_slip(worker_id=slip.worker_id, proposal_id=what["proposal_id"], word="accepted", by=HIMSELF, at=MONDAY)


def _moved(world):
    """Wang's proposal beside another vacancy that suits him."""
    demand.live(world)
    demand.live(world, title="裁剪工")
    what = proposal(world, stands=False)
    other = Vacancy.objects.exclude(pk=Proposal.objects.get(pk=what["proposal_id"]).vacancy_id).get()
    return what | {"vacancy": other}


def _taken(world, what):
    """Somebody else was proposed every place of the other vacancy."""
    row = Proposal.objects.get(pk=what["proposal_id"])
    mother = entered(Worker(person=world.register.wife, village_id=row.worker.village_id, entered_on=DAY, verified_on=DAY))
    Vacancy.objects.filter(pk=what["vacancy"].pk).update(left=1)
    Proposal.objects.create(plan=row.plan, worker=mother, vacancy=what["vacancy"])


def _running(world):
    return {"plan_id": asked(world).pk}


def _ready(world):
    return {"plan_id": ready(world).pk}


def _stands(world):
    return {"plan_id": in_force(world).pk}


def _over(world, what):
    Campaign.objects.update(from_on=date(2026, 1, 1), until_on=DAY)


ACTS = {
    "labour.open_campaign": Tried("labour", lambda w: WINDOW | {"area": w.county}, {"name": "春风行动"}, may=ROLE, spoil={
        "您的岗位没有“%(act)s”的权限。": Felt(by="visitor"), "结束的日期要晚于开始。": Felt(what={"until_on": DAY}),
        "一次行动最长一年,也不能从一年以前开始。请核对年份。": Felt(what={"from_on": date(1, 1, 1), "until_on": date(1, 2, 1)}),
        "这个地方不在您的辖区。": Felt(by=demand.elsewhere), "“%(what)s”至少写 %(n)s 个字。": Felt(what={"name": "动"}),
    }),
    "labour.set_target": Tried("labour", lambda w: of_drive(w) | {"area": w.register.xisha, "n": 60}, {"n": 70}, may=ROLE, spoil={
        ELSEWHERE: Felt(by=demand.elsewhere), "这个地方不在行动的范围里。": Felt(what=lambda w: {"area": w.register.datong}),
    }),
    "labour.match_campaign": Tried("labour", lambda w: of_drive(w) | {"floor": 0}, {"floor": 80}, may=ROLE, spoil={
        ELSEWHERE: Felt(by=demand.elsewhere), "行动已经结束。": Felt(before=_over), "已有一版正在计算。可以等它算完,或者先停下来。": Felt(what=lambda w: {"campaign_id": asked(w).about}),
    }),
    "labour.move_proposal": Tried("labour", _moved, {"vacancy": None}, may=ROLE, spoil={
        AWAY: Felt(by=demand.elsewhere), "已经告知或答复过的,请在重新计算的一版里改。": Felt(what=lambda w: proposal(w, "accepted")),
        "这个岗位他不能做,或者已经没有名额。": Felt(before=lambda w, what: Vacancy.objects.filter(pk=what["vacancy"].pk).update(least_age=50)),
        "这个岗位的 %(n)s 个名额在这一版里都推荐出去了。先把其中一个改开。": Felt(before=_taken),
    }),
    "labour.hold_proposal": Tried("labour", proposal, {}, may=ROLE, spoil={AWAY: Felt(by=demand.elsewhere), "这一版没有给他推荐岗位。": Felt(what=none)}),
    "labour.tell_proposal": Tried("visitor", proposal, {}, may=KEEPS, spoil={
        AWAY: Felt(by=demand.elsewhere), "此人已退出劳动力名册。要更新的,请先恢复。": Felt(before=off_the_roll),
        "这一版没有给他推荐岗位。": Felt(what=none), "这一版方案没有启用,或者已经换了。": Felt(what=lambda w: proposal(w, stands=False)),
        "已经告知过了。": Felt(what=lambda w: proposal(w, "accepted")),
    }),
    "labour.accept_proposal": Tried("visitor", proposal, {}, may=KEEPS, spoil={
        AWAY: Felt(by=demand.elsewhere), "已经记下他愿去,或者已经到岗。": Felt(what=lambda w: proposal(w, "accepted")),
        "这个岗位已经招满、过期或撤下,或者用工单位被投诉查实。请重新计算或改推荐别的。": Felt(what=full),
    }),
    "labour.decline_proposal": Tried("visitor", lambda w: proposal(w) | {"why": "太远了"}, {"why": "工资太低"}, may=KEEPS, spoil={
        AWAY: Felt(by=demand.elsewhere), "已经记下他不去,或者已经到岗。": Felt(what=lambda w: proposal(w, "declined")), "“%(what)s”至少写 %(n)s 个字。": Felt(what={"why": "远"}),
    }),
    "labour.start_proposal": Tried("visitor", _started, {"evidence": "declared"}, may=KEEPS, spoil={
        AWAY: Felt(by=demand.elsewhere), "先记下本人愿去,再记到岗。": Felt(what=proposal), "这个岗位已经招满。先核实是谁到了岗。": Felt(what=lambda w: full(w, "accepted")),
        "愿去是凭小条说的,小条是您打印的:请另一个人问过本人以后登记到岗。": Felt(what=lambda w: proposal(w) | {"on": DAY, "evidence": "contract"}, before=yes_by_own_slip),
    }),
    "labour.miss_proposal": Tried("visitor", lambda w: proposal(w, "accepted") | {"why": "路断了"}, {"why": "改了主意"}, may=KEEPS, spoil={
        AWAY: Felt(by=demand.elsewhere), "先记下本人愿去。": Felt(what=proposal), "“%(what)s”至少写 %(n)s 个字。": Felt(what={"why": "路"}),
    }),
    "solving.stop_plan": Tried("labour", _running, {}, may=ROLE, spoil={
        "这个方案不在您的范围。": Felt(by=demand.elsewhere), "已经不在计算。": Felt(what=_ready), "已经请它停下来了,正在收尾。": Felt(before=lambda w, what: Plan.objects.update(stop=True)),
    }),
    "solving.activate_plan": Tried("labour", _ready, {}, may="labour_officer", spoil={
        "这个方案不在您的范围。": Felt(by=demand.elsewhere), "只有已算好的方案才能启用。": Felt(what=_running), "这一版正在使用。": Felt(what=_stands),
        "有 %(n)s 人在计算以后答应了别的岗位。请重新计算一版,他们的会保留。": Felt(what=lambda w: _after_a_yes(w)),
    }),
    "solving.drop_plan": Tried("labour", _ready, {}, may=ROLE, spoil={
        "这个方案不在您的范围。": Felt(by=demand.elsewhere), "这一版已经没有了。": Felt(before=lambda w, what: Plan.objects.filter(pk=what["plan_id"]).update(state="dropped")),
        "正在使用的一版不能作废,先启用另一版。": Felt(what=_stands),
    }),
}  # fmt: skip


def _after_a_yes(world):
    """A better version was worked, and then Wang said yes to the first."""
    what = proposal(world)
    demand.live(world, title="裁剪工", pay_from=9000, pay_to=9500)
    better = ready(world)
    accept_proposal(**what, **who(world.visitor))
    return {"plan_id": better.pk}
#TODO