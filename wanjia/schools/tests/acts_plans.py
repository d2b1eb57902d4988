"""How the acts of plans are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Area, Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker

from ..models import Gate, PlanSignature, School
from ..plan_states import AtBell, PlanState, SignsFor
from .acts_year import DAY, closed, far
from .factories import bell, gate, of_education, school
from .plan_factories import contact, mark, plan, post, risk, whole

SOON = DAY + timedelta(days=10)
ELSEWHERE, OVER = "这所学校不由您管。", "这所学校已经停办。"
NO_WRITING, NO_SIGNING = "您的岗位没有编写护学方案的权限。", "您的岗位没有签署护学方案的权限。"
NOT_A_DRAFT, NOT_HANDED_IN = "送签以后不能再改;要改,请签署的人退回。", "送签以后才能签。"
NO_GRADE, NOBODY = "这所学校没有这个年级。", "岗位至少要有一名民警、保安或者教师;家长自愿参加,不能只靠家长。"
NAMED, TOO_LONG = "同一个时段已经有同名的岗位。", "提前和延后都不能超过 %(n)s 分钟。"
NOT_ITS_GATE, LINE = "这个校门、路口不是这所学校的,或者已经停用。", "道路、单行、禁停要点两下:从哪里到哪里;别的点一下。"
SAID = {"from_on": SOON, "review_on": date(2027, 8, 1), "traffic": "单行", "weather": "雨天延后", "incident": "一键报警"}


def another_school(_world=None):
    """A school that is not ours."""
    return unit("细沙乡第二小学", Tier.TOWNSHIP, Area.objects.get(name="细沙乡"), Line.EDUCATION)


def another_head(world):
    """Who answers for another school."""
    return worker("linxiaozhang", "林校长", unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION), Role.HEADMASTER)


def of_draft(world, **facts):
    """A draft stands."""
    return {"school_plan_id": plan(world, state=PlanState.DRAFT).pk} | facts


def ready(world):
    """A draft that has what the rules ask."""
    return {"school_plan_id": whole(world).pk}


def handed(world, **facts):
    """A version is handed in."""
    return {"school_plan_id": whole(world, state=PlanState.HANDED).pk} | facts


def sent(world, _what):
    """What was a draft is handed in meanwhile."""
    one = school(world).plans.get(state=PlanState.DRAFT)
    type(one).objects.filter(pk=one.pk).update(state=PlanState.HANDED, handed_at=MONDAY)


def of_a_post(world, **facts):
    """A post of a draft."""
    return {"guard_post_id": post(world, plan(world, state=PlanState.DRAFT)).pk} | facts


def said_of_a_post(world):
    """What is said of a post."""
    return of_draft(world, gate=gate(world), name="东门外", task="护送过街", police=1, bells=AtBell.BOTH)


def changed_post(world):
    """What a post is changed to."""
    facts = of_a_post(world, name="东门里", task="护送过街", before=10, after=10, teachers=1)
    return facts | {"gate": Gate.objects.get()}


def other_gate(_world):
    """A gate of another school."""
    here = School.objects.create(unit=another_school(), area=Area.objects.get(name="大同村"), address="别处1号", grades="1", from_on=DAY)
    return {"gate": Gate.objects.create(school=here, name="后门", kind="gate", from_on=DAY)}


def elsewhere(world):
    """A post of another school's plan."""
    at = other_gate(world)["gate"]
    return post(world, plan(world, school=at.school), gate=at)


def both_named(world, what):
    """The name is taken at the same bell."""
    draft = school(world).plans.get(state=PlanState.DRAFT)
    post(world, draft, name=what["name"])
    post(world, draft, name=what["name"], going=True)


def signed(side, by="gates", at=None):
    """One side has signed already, in the name of a unit."""

    def sign(world, what):
        in_name_of = getattr(world, at) if at else unit("永善县交警大队", Tier.COUNTY, world.county, Line.POLICE)
        PlanSignature.objects.create(plan_id=what["school_plan_id"], signs_for=side, unit=in_name_of, signed_at=MONDAY, signed_by=getattr(world, by))

    return sign


def no_police(world, _what):
    """Nobody of the police stands at the road."""
    school(world).plans.get().posts.update(police=0)


SEEN = {NO_WRITING: Felt(by="caller"), ELSEWHERE: Felt(by=another_head), OVER: Felt(before=closed)}
DRAFT = {**SEEN, NOT_A_DRAFT: Felt(before=sent)}
BY = "headmaster"

ACTS = {
    "schools.draft_plan": Tried(BY, lambda w: {"school_id": school(w).pk, "from_on": SOON}, {"from_on": SOON + timedelta(days=1)}, spoil={
        **SEEN, "这所学校已经有一版在起草或者送签,先办完那一版。": Felt(before=lambda w, what: plan(w, state=PlanState.DRAFT)),
    }),
    "schools.change_plan": Tried(BY, lambda w: of_draft(w, **SAID), {"traffic": "禁止掉头"}, spoil={
        **DRAFT, "复核日期要在生效以后,最迟 %(n)s 个月。": Felt(what={"review_on": SOON}),
        "步行、骑车、小汽车、校车四项要么都空着,要么加起来是 100。": Felt(what={"walking": 40}),
    }),
    "schools.add_post": Tried(BY, said_of_a_post, {"name": "斑马线"}, spoil={
        **DRAFT, NO_GRADE: Felt(what={"grades": [9]}), NOBODY: Felt(what={"police": 0, "parents": 2}), TOO_LONG: Felt(what={"before": 200}), NAMED: Felt(before=both_named),
        NOT_ITS_GATE: Felt(what=other_gate),
    }),
    "schools.change_post": Tried(BY, changed_post, {"task": "看住停放"}, spoil={
        **DRAFT, NO_GRADE: Felt(what={"grades": [9]}), NOBODY: Felt(what={"teachers": 0, "parents": 2}), TOO_LONG: Felt(what={"after": 200}), NAMED: Felt(before=both_named),
        NOT_ITS_GATE: Felt(what=other_gate),
    }),
    "schools.drop_post": Tried(BY, of_a_post, {}, spoil=DRAFT),
    "schools.add_risk": Tried(BY, lambda w: of_draft(w, place="东门", what="大车多", measure="高峰禁行", owner=of_education(w)), {"what": "路窄"}, spoil={
        **DRAFT, "责任单位要在本校所在的县。": Felt(what=lambda w: {"owner": unit("东川区公安局", Tier.COUNTY, far(), Line.POLICE)}),
    }),
    "schools.drop_risk": Tried(BY, lambda w: {"plan_risk_id": risk(w, plan(w, state=PlanState.DRAFT)).pk}, {}, spoil=DRAFT),
    "schools.add_contact": Tried(BY, lambda w: of_draft(w, place="派出所", phone="0870-4121110"), {"phone": "0870-4121111"}, spoil={
        **DRAFT, "电话只写数字。": Felt(what={"phone": "找老王"}), "这里的电话已经有了,先去掉再加。": Felt(before=lambda w, what: contact(w, plan(w, state=PlanState.DRAFT))),
    }),
    "schools.drop_contact": Tried(BY, lambda w: {"plan_contact_id": contact(w, plan(w, state=PlanState.DRAFT)).pk}, {}, spoil=DRAFT),
    "schools.put_mark": Tried(BY, lambda w: of_draft(w, kind="mark_one_way", x=100, y=200, x2=500, y2=200), {"x": 110}, spoil={
        **DRAFT, LINE: Felt(what={"kind": "mark_drop_off"}), NOT_ITS_GATE: Felt(what=other_gate),
        "这个岗位不是这一版的。": Felt(what=lambda w: {"post": elsewhere(w)}),
    }),
    "schools.drop_mark": Tried(BY, lambda w: {"plan_mark_id": mark(w, plan(w, state=PlanState.DRAFT)).pk}, {}, spoil=DRAFT),
    "schools.hand_in_plan": Tried(BY, ready, {}, spoil={
        **DRAFT,
        "还没有岗位,先登记岗位。": Felt(before=lambda w, what: school(w).plans.get().posts.all().delete()),
        "“%(gate)s”门前有车辆通行,有岗的时段至少要有一名民警。": Felt(before=no_police),
        "“%(gate)s”上学和放学都至少要有一名保安。": Felt(before=lambda w, what: school(w).plans.get().posts.update(guards=0)),
        "“%(gate)s”上学和放学都至少要有一名教师在警戒线内。": Felt(before=lambda w, what: school(w).plans.get().posts.update(teachers=0)),
        "这些年级到校或者离校时没有岗位:%(grades)s。": Felt(before=lambda w, what: (bell(w), school(w).plans.get().posts.update(grades="1"))),
        "交通组织、恶劣天气预案、突发事件预案都要写。": Felt(before=lambda w, what: school(w).plans.update(weather="")),
    }),
    "schools.sign_plan": Tried("gates", handed, {"signs_for": "plan_police"}, may="schools_officer gate_officer", spoil={
        NO_SIGNING: Felt(by="caller"), ELSEWHERE: Felt(by=another_head), NOT_HANDED_IN: Felt(before=lambda w, what: type(plan(w)).objects.filter(pk=what["school_plan_id"]).update(state=PlanState.DRAFT)),
        "这一方已经签过。": Felt(before=signed(SignsFor.POLICE)),
        "三方要由三个不同的单位签,同一个单位不能签两方。": Felt(before=signed(SignsFor.EDUCATION, "schools", "office")),
        "同一个人不能替两方签。": Felt(before=signed(SignsFor.EDUCATION, "gates", "education")),
        "起草的单位只能作为学校签,公安和教体要由别的单位签。": Felt(before=lambda w, what: school(w).plans.update(drafted_for=w.office)),
    }),
    "schools.send_back_plan": Tried("gates", lambda w: handed(w, reason="东门外要两名民警"), {"reason": "窗口太短了"}, may="schools_officer gate_officer", spoil={
        NO_SIGNING: Felt(by="caller"), ELSEWHERE: Felt(by=another_head), NOT_HANDED_IN: Felt(before=lambda w, what: type(plan(w)).objects.filter(pk=what["school_plan_id"]).update(state=PlanState.DRAFT)),
    }),
}  # fmt: skip
