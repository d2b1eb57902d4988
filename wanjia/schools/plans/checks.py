"""What a plan must have before it is handed in, and what it is advised to have (rules.md d.1). Each finding is a sentence; reads its rows, writes nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from wanjia.policy import schools as policy

from ..plan_states import Mark
from ..states import GateKind
from ..year.queries import words_of_grades

NO_POSTS = _("还没有岗位,先登记岗位。")
NO_POLICE = _("“%(gate)s”门前有车辆通行,有岗的时段至少要有一名民警。")
NO_GUARD = _("“%(gate)s”上学和放学都至少要有一名保安。")
NO_TEACHER = _("“%(gate)s”上学和放学都至少要有一名教师在警戒线内。")
NOBODY_FOR = _("这些年级到校或者离校时没有岗位:%(grades)s。")
NO_WORDS = _("交通组织、恶劣天气预案、突发事件预案都要写。")


@dataclass(frozen=True)
class Finding:
    """One thing that a plan lacks. hard: it is not handed in without."""

    hard: bool
    words: Any


def findings(plan):
    """Return the Findings of a version, those that bar it first."""
    posts = list(plan.posts.select_related("gate"))
    gates = [one for one in plan.school.gates.all() if one.to_on is None or one.to_on > plan.from_on]
    bells = list(plan.school.bells.not_ended(plan.from_on))
    return [*_bars(plan, posts, gates, bells), *_advice(plan, posts, gates)]


def bar(plan):
    """Return the sentence for the first thing without which the version is not handed in, or None."""
    return next((one.words for one in findings(plan) if one.hard), None)


def _bars(plan, posts, gates, bells):
    if not posts:
        yield Finding(True, NO_POSTS)
        return
    at = defaultdict(Counter)  # (gate, going) → {party: how many}
    for one in posts:
        at[one.gate_id, one.going].update(police=one.police, guards=one.guards, teachers=one.teachers)
    bells_go = {going for bell in bells for going, rings in ((False, bell.arrives), (True, bell.leaves)) if rings} or {False, True}
    for gate in gates:
        if gate.road and any(at[gate.pk, going]["police"] == 0 for going in (False, True) if (gate.pk, going) in at):
            yield Finding(True, NO_POLICE % {"gate": gate.name})
        if gate.kind == GateKind.GATE:
            for party, words in (("guards", NO_GUARD), ("teachers", NO_TEACHER)):
                if any(at[gate.pk, going][party] == 0 for going in bells_go):
                    yield Finding(True, words % {"gate": gate.name})
    if missed := sorted(_missed(posts, bells)):
        yield Finding(True, NOBODY_FOR % {"grades": words_of_grades(" ".join(map(str, missed)))})
    if not (plan.traffic and plan.weather and plan.incident):
        yield Finding(True, NO_WORDS)


def _missed(posts, bells):
    """Return the grades that come or go by a bell at which nobody stands."""
    held = {going: set().union(*(set(map(int, one.grades.split())) or {None} for one in posts if one.going == going)) for going in (False, True)}
    return {
        grade for bell in bells for going, rings in ((False, bell.arrives), (True, bell.leaves)) if rings and None not in held[going]
        for grade in map(int, bell.grades.split()) if grade not in held[going]
    }  # fmt: skip


def advised_guards(plan, pupils):
    """Return how many guards are advised for so many pupils of the plan's school."""
    return policy.in_force(plan.from_on).guards(pupils, plan.school.boards)


def _advice(plan, posts, gates):
    pupils = sum(plan.pupils.values())
    guards = max((sum(one.guards for one in posts if one.going == going) for going in (False, True)), default=0)
    if pupils and posts and guards < (advised := advised_guards(plan, pupils)):
        yield Finding(False, _("%(pupils)s 名学生,建议配 %(n)s 名保安,方案里同时在岗的只有 %(has)s 名。") % {"pupils": pupils, "n": advised, "has": guards})
    guarded = {one.gate_id for one in posts}
    for gate in gates:
        if gate.pk not in guarded and gate.kind != GateKind.GATE and posts:
            yield Finding(False, _("“%(gate)s”没有岗位。") % {"gate": gate.name})
    if not plan.risks.all():
        yield Finding(False, _("还没有风险点。"))
    if not plan.contacts.all():
        yield Finding(False, _("还没有值班电话。"))
    drawn = {one.kind for one in plan.marks.all()}
    if not {Mark.GATE, Mark.POST} <= drawn:
        yield Finding(False, _("示意图上还没有标出校门和岗位。"))
