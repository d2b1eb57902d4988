"""How the acts of recruitment and of clean-up days are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import Felt, Tried
from wanjia.orgs.second_person.hands import SAME_PERSON
from wanjia.registry.models import Household

from ..branch_states import CandidateState, CleanUpState
from ..cleanups.commands import plan_cleanup
from ..models import Candidate, CleanUp, RecruitMentor, RecruitStep
from . import branch_factories as made
from .acts_branch import BOTH, ELSEWHERE, NOBODY, SEVERAL, TOMORROW, afar, same_name, says
from .branch_factories import by
from .factories import DAY, NAMES, villager

NO_KEEP, NO_CLEAN, OUT = "您的岗位没有查看、登记党员发展的权限。", "您的岗位没有登记清扫日的权限。", "这个村(社区)不在您的范围。"
CLOSED, NOT_YET = "这份档案已经转正归档或者终止。", "日期不能晚于今天。"
KEEPS = {NO_KEEP: Felt(by="visitor"), ELSEWHERE: Felt(by=afar)}
OPEN = KEEPS | {CLOSED: Felt(before=says(Candidate, state=CandidateState.STOPPED, closed_on=DAY))}
KEEPERS = "village_worker branch_secretary branch_organiser"


def applying(world, n=10):
    """Somebody of the roll applied."""
    villager(world, n)
    return {"body": made.branch(world), "name": NAMES[n], "background": "returned"}


def of_candidate(world, steps=0, **facts):
    """Somebody who applied, so many steps on."""
    return {"candidate_id": made.candidate(world, steps).pk} | facts


def stepping(world, steps=2, **facts):
    """The next step."""
    return of_candidate(world, steps, step=str(steps + 1), day=made.on_day(steps + 1), words="材料在档案柜", hours=None) | facts


def too_early(world, **facts):
    """The seventh step came too early."""
    return {"candidate_id": made.early(world).pk} | facts


def mentoring(world):
    """A full member is named."""
    return of_candidate(world, 4, kind="mentor", member=made.member(world, 1), from_on=DAY)


def mentored(world):
    """A mentor goes."""
    one = made.candidate(world, 5)
    return {"candidate_id": one.pk, "mentor": one.mentors.get()}


def named(kind, *numbers):
    """These are named already."""

    def before(world, what):
        for n in numbers:
            RecruitMentor.objects.create(candidate_id=what["candidate_id"], member=made.member(world, n), kind=kind, from_on=DAY, named_at="2026-11-02T01:00:00Z")

    return before


def seen_by_another(no):
    """The refusals of who sees his own."""
    return {no: Felt(by="secretary"), str(SAME_PERSON): Felt(before=same_name)}


def of_cleanup(world, state=CleanUpState.PLANNED, **facts):
    """A clean-up day."""
    return {"clean_up_id": made.cleanup(world, state).pk} | facts


def counted(world):
    """Its sections are counted."""
    return {"clean_up_id": made.count(world, made.cleanup(world)).pk}


def counting(world):
    """One of its sections is counted."""
    one = made.cleanup(world)
    return {"clean_up_id": one.pk, "section": one.sections.first(), "turnout": 5, "cleaned": True, "left_words": ""}


def held_by_organiser(world, _what):
    """Whoever looks at it wrote it down."""
    CleanUp.objects.update(held_by=world.secretary)


def held_by_one_name(world, what):
    """Whoever wrote it down bears the same name."""
    same_name(world, what)
    CleanUp.objects.update(held_by=world.organiser)


OWN = "自己登记的步骤自己不能确认、作废,请另一个人办。"
PLANNED = "这一天已经登记扫完,或者取消了。"
CLEAN = {NO_CLEAN: Felt(by="caller"), OUT: Felt(by=afar)}
ON_A_PLAN = CLEAN | {PLANNED: Felt(before=says(CleanUp, state=CleanUpState.CANCELLED, closing="下雨"))}

ACTS = {
    "village.open_candidate": Tried("secretary", applying, {"background": "veteran"}, may=BOTH, spoil={
        **KEEPS, NOBODY: Felt(what={"name": "查无此人"}), SEVERAL: Felt(before=lambda w, what: villager(w, 40, name=NAMES[10])), "这个人已经是党员。": Felt(what=lambda w: {"name": str(made.member(w, 3))}),
        "这个人已经有一份没有结束的档案。": Felt(before=lambda w, what: made.candidate(w)),
    }),
    "village.read_candidate": Tried("secretary", of_candidate, {}, may=BOTH, spoil=KEEPS),
    "village.write_step": Tried("secretary", stepping, {"words": "书记谈的"}, may=BOTH, spoil={
        **OPEN, "第 %(n)s 步与细则不符,另一个人确认看到以后,才能登记下一步。": Felt(before=says(RecruitStep, breach="too_early")), NOT_YET: Felt(what={"day": TOMORROW}),
        "接下来是第 %(n)s 步。": Felt(what={"step": "9"}), "先登记 %(least)s 到 %(most)s 名培养联系人。": Felt(what=lambda w: stepping(w, 4)),
        "先登记 %(n)s 名入党介绍人。": Felt(what=lambda w: stepping(w, 8)), "这一步这一天已经登记过。": Felt(what=lambda w: stepping(w, 6) | {"step": "6", "day": made.on_day(6)}),
    }),
    "village.acknowledge_breach": Tried("organiser", too_early, {}, may=BOTH, spoil={**OPEN, "没有等确认的步骤。": Felt(before=says(RecruitStep, breach="agrees")), **seen_by_another(OWN)}),
    "village.strike_step": Tried("organiser", lambda w: of_candidate(w, 2, reason="日期写成了别人的"), {"reason": "材料找不到"}, may=BOTH, spoil={
        **OPEN, "还没有登记步骤。": Felt(before=says(RecruitStep, struck_on=DAY)), **seen_by_another(OWN),
    }),
    "village.name_mentor": Tried("secretary", mentoring, {"kind": "introducer"}, may=BOTH, spoil={
        **OPEN, NOT_YET: Felt(what={"from_on": TOMORROW}), "联系人、介绍人要是正式党员。": Felt(before=lambda w, what: setattr(what["member"], "full_on", None)),
        "最多 %(n)s 名,先登记换下的。": Felt(before=named("mentor", 2, 3)), "这名党员已经登记过。": Felt(before=named("mentor", 1)),
    }),
    "village.end_mentor": Tried("secretary", mentored, {}, may=BOTH, spoil=OPEN),
    "village.extend_probation": Tried("secretary", lambda w: of_candidate(w, 22, months=6, day=DAY), {"months": 12}, may=BOTH, spoil={
        **OPEN, "支部大会讨论以后、转正以前才能延长预备期。": Felt(before=lambda w, what: RecruitStep.objects.filter(number=15).update(struck_on=DAY)),
        "预备期只能延长一次。": Felt(before=says(Candidate, extended=6, extended_on=DAY)), "延长要在 %(least)s 到 %(most)s 个月之间。": Felt(what={"months": 5}), NOT_YET: Felt(what={"day": TOMORROW}),
    }),
    "village.finish_candidate": Tried("secretary", lambda w: of_candidate(w, 25), {}, may=BOTH, spoil={
        **OPEN, "第 25 步还没有登记。": Felt(before=lambda w, what: RecruitStep.objects.filter(number=25).update(struck_on=DAY)),
        "还有与细则不符的步骤没有确认。": Felt(before=lambda w, what: RecruitStep.objects.filter(number=7).update(breach="too_early")),
    }),
    "village.stop_candidate": Tried("secretary", lambda w: of_candidate(w, reason="本人撤回申请"), {"reason": "迁到县城"}, may=BOTH, spoil=OPEN),
    "village.plan_cleanup": Tried("visitor", lambda w: {"village": w.datong, "day": DAY, "words": "村道和水沟"}, {"words": "垃圾池周围"}, may=KEEPERS, spoil={
        NO_CLEAN: Felt(by="caller"), OUT: Felt(what=lambda w: {"village": w.register.huangjin}), "这个村那一天已经安排了清扫日。": Felt(before=lambda w, what: made.cleanup(w)),
    }),
    "village.give_section": Tried("visitor", lambda w: of_cleanup(w, words="小学到卫生室", to="by_volunteers", home=None), {"words": "卫生室到桥头"}, may=KEEPERS, spoil={
        **ON_A_PLAN, "分给农户的,选是哪一户。": Felt(what={"to": "by_home"}), "这一户不在这个村,或者已经没有人。": Felt(what=lambda w: {"to": "by_home", "home": Household.objects.exclude(village=w.datong).first() or _gone(w)}),
        "这一段已经分过。": Felt(what={"words": "老街巷"}),
    }),
    "village.count_section": Tried("visitor", counting, {"turnout": 6}, may=KEEPERS, spoil={**ON_A_PLAN, "还没有到清扫那一天。": Felt(before=says(CleanUp, day=TOMORROW))}),
    "village.hold_cleanup": Tried("visitor", counted, {}, may=KEEPERS, spoil={
        **ON_A_PLAN, "还没有分段,先分给农户或者志愿者。": Felt(what=lambda w: {"clean_up_id": plan_cleanup(village=w.datong, day=DAY - timedelta(days=3), words="垃圾池周围", **by(w, "visitor")).pk}),
        "还有路段没有登记来了几人。": Felt(before=lambda w, what: CleanUp.objects.get().sections.update(turnout=None, cleaned=None)),
    }),
    "village.check_cleanup": Tried("secretary", lambda w: of_cleanup(w, CleanUpState.HELD), {}, may=KEEPERS, spoil={
        **CLEAN, "这一天还没有登记扫完,或者已经核对。": Felt(before=says(CleanUp, state=CleanUpState.CHECKED)), "自己登记扫完的自己不能核对,请另一个人去看。": Felt(before=held_by_organiser),
        str(SAME_PERSON): Felt(before=held_by_one_name),
    }),
    "village.cancel_cleanup": Tried("visitor", lambda w: of_cleanup(w, reason="下大雨"), {"reason": "改到下周"}, may=KEEPERS, spoil=ON_A_PLAN),
}  # fmt: skip


def _gone(world):
    world.register.home.memberships.update(to_on=DAY)
    return world.register.home
