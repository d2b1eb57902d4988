"""A kind of plan that anybody can check: as many other names of an area as its settings ask, each once."""

import time

from wanjia.orgs.models import AreaAlias
from wanjia.orgs.scope import in_reach
from wanjia.planning.contract import BadInput
from wanjia.registry.duties import Duty
from wanjia.solving.kinds import Answer, Planned


def build(plan):
    if plan.settings.get("n", 0) < 0:
        raise BadInput("field n", "不能少于 0 个。", "not fewer than 0")
    return plan.settings


def solve(problem, control):
    made = []
    for at in range(problem["n"]):
        if control.should_stop():
            return Answer(made, {"names": len(made)}, gap=0.5, stopped=True)
        if problem.get("fault") == at:
            raise {"memory": MemoryError, "slip": ZeroDivisionError}[problem["kind"]]
        control.progress(at / problem["n"], f"{at}")
        time.sleep(problem.get("slow", 0))
        made.append(f"{problem.get('word', '别名')}{0 if problem.get('twice') else at}")
    return Answer(made, {"names": len(made)}, gap=0.0)


def judge(problem, answer):
    return [] if len(set(answer.plan)) == len(answer.plan) else ["一个别名出现了两次"]


def store(plan, problem, answer):
    for name in answer.plan:  # one by one: a kill may fall between any two
        AreaAlias.objects.create(area_id=plan.area_id, name=f"{plan.number}-{name}")


def drop(plan):
    AreaAlias.objects.filter(area_id=plan.area_id, name__startswith=f"{plan.number}-").delete()


TOY = Planned(
    name="aliases", words="别名", asks=Duty.KEEP_REGISTER, activates=Duty.APPROVE_ACCESS, page="solving:plan", build=build, solve=solve, judge=judge, store=store, drop=drop,
    seen=lambda actor: in_reach(actor, area="area_id", duty=(Duty.KEEP_REGISTER, Duty.APPROVE_ACCESS)), seconds=30,
)  # fmt: skip
