"""The acts of plans: a version begun, its posts, risks, numbers and map, handed in, signed by three, sent back."""

from datetime import date, timedelta
from typing import Annotated

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from wanjia.kernel import journal
from wanjia.kernel.acts import Asked, act
from wanjia.kernel.calendar import today
from wanjia.orgs.models import Organisation
from wanjia.policy import schools as policy
from wanjia.policy.statuses import months_after
from wanjia.verdict import Conflict, Refused

from ..duties import Duty
from ..models import Gate, PlanContact, PlanMark, PlanRisk, PlanSignature, PlanVersion, Post
from ..plan_states import PLAN, AtBell, Mark, PlanState, SignsFor
from ..states import Grade
from ..year.queries import pupils_by_grade
from ..year.subjects import SCHOOLS
from . import asking, checks, pages, rules
from .asking import N, now
from .subjects import CONTACTS, MARKS, PLANS, POSTS, RISKS

WRITES = {"duty": Duty.WRITE_PLAN}
DROPS = {**WRITES, "may": rules.can_write_row, "aside": True, "call": None, "because": "the row is gone with the act: a draft is taken apart on its page by people"}
SIGNS = {"duty": tuple(rules.SIGNS.values())}
COPIED = ("boarders", *asking.SHARES, "traffic", "staggering", "weather", "incident", "equipment")
GATE_TASK = _("疏导车辆,护送过街,禁止掉头,看住停放")


@act(SCHOOLS, "plan_new", at="plans/new", words=_("起草护学方案"), done=_("已起草。现行方案的内容都抄过来了,没有的按校门配了岗位,改好再送签。"), **WRITES, may=rules.can_draft, rank=5, aside=True, then=pages.to_plan, lines={"plan.draft": _("起草护学方案")})
def draft_plan(school, *, by, at, from_on: Annotated[date, Asked(_("从哪天起"), _("三方签完才生效;签晚了,从签完的第二天起。"))]):
    """Begin the next version (起草): a copy of the one that stands, or a post at each gate where there is none."""
    last = school.plans.order_by("-number").first()
    old = school.plans.filter(state=PlanState.STANDS).first()
    facts = {name: getattr(old, name) for name in COPIED} if old else {}
    try:
        with transaction.atomic():
            plan = PlanVersion.objects.create(
                school=school, number=last.number + 1 if last else 1, from_on=from_on, review_on=months_after(from_on, policy.in_force(from_on).review_months),
                pupils=_counted(school), drafted_at=at, drafted_by=by if by.id else None, drafted_for=school.unit, **facts,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(rules.UNDER_WAY) from None
    if old:
        _copy(old, plan)
    else:
        _propose(plan)
    journal.record(act="plan.draft", subject=plan, by=by, at=at, area_code=school.area_id)
    return plan


def _counted(school):
    """Return {grade: pupils} as JSON keeps it; those without a grade under ""."""
    return {"" if grade is None else str(grade): n for grade, n in pupils_by_grade(school).items()}


def _copy(old, plan):
    """Give a version what another holds; a post stays the same post (same_as), a sign on the map stays at it."""
    made = {}
    for one in old.posts.select_related("gate"):
        if one.gate.to_on is None or one.gate.to_on > plan.from_on:
            made[one.pk] = _again(one, plan=plan)
    for rows in (old.risks, old.contacts):
        for one in rows.all():
            _again(one, plan=plan)
    for one in old.marks.all():
        if one.post_id is None or one.post_id in made:
            _again(one, plan=plan, post=made.get(one.post_id))


def _again(row, **changed):
    """Return a copy of a row with a key of its own."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row).objects.create(**kept | {type(row)._meta.get_field(name).attname: getattr(value, "pk", value) for name, value in changed.items()})


def _propose(plan):
    """Put a post at each gate for both bells, as the rules ask at least."""
    edition = policy.in_force(plan.from_on)
    for gate in plan.school.gates.not_ended(plan.from_on):
        inside = gate.kind == "gate"
        for going in (False, True):
            Post.objects.create(
                plan=plan, gate=gate, going=going, name=gate.name, before=edition.before, after=edition.after, task=str(GATE_TASK), police=int(gate.road),
                guards=int(inside or not gate.road), teachers=int(inside),
            )  # fmt: skip


@act(PLANS, "plan_change", at="change", words=_("改方案内容"), done=_("已改。"), **WRITES, may=rules.can_write, rank=10, lines={"plan.change": _("改护学方案内容")})
def change_plan(
    plan, *, by, at,
    from_on: Annotated[date, Asked(_("从哪天起"), initial=now("from_on"))],
    review_on: Annotated[date, Asked(_("复核日期"), _("最迟按规定的周期复核。"), initial=now("review_on"))],
    traffic: Annotated[str, Asked(_("交通组织"), _("单行、绕行、禁停、禁止掉头、接送区。"), rows=3, most=600, initial=now("traffic"))] = "",
    staggering: Annotated[str, Asked(_("错峰放学"), rows=2, most=600, initial=now("staggering"))] = "",
    weather: Annotated[str, Asked(_("恶劣天气预案"), rows=3, most=600, initial=now("weather"))] = "",
    incident: Annotated[str, Asked(_("突发事件预案"), rows=3, most=600, initial=now("incident"))] = "",
    equipment: Annotated[str, Asked(_("装备器材"), rows=2, most=300, initial=now("equipment"))] = "",
    boarders: Annotated[int | None, Asked(_("寄宿生人数"), most=9999, initial=now("boarders"))] = None,
    walking: Annotated[int | None, Asked(_("步行,占百分之几"), most=100, initial=now("walking"))] = None,
    riding: Annotated[int | None, Asked(_("摩托车、电动车,占百分之几"), most=100, initial=now("riding"))] = None,
    driven: Annotated[int | None, Asked(_("小汽车,占百分之几"), most=100, initial=now("driven"))] = None,
    by_bus: Annotated[int | None, Asked(_("校车、客车,占百分之几"), most=100, initial=now("by_bus"))] = None,
):  # fmt: skip
    """Change what a draft says beside its posts."""
    months = policy.in_force(from_on).review_months
    if not from_on < review_on <= months_after(from_on, months):
        raise Refused(_("复核日期要在生效以后,最迟 %(n)s 个月。") % {"n": months})
    ways = {"walking": walking, "riding": riding, "driven": driven, "by_bus": by_bus}
    asking.shares(**ways)
    said = {"traffic": traffic, "staggering": staggering, "weather": weather, "incident": incident, "equipment": equipment}
    changed = PlanVersion.objects.filter(pk=plan.pk, version=plan.version, state=PlanState.DRAFT)
    if not changed.update(from_on=from_on, review_on=review_on, boarders=boarders, version=plan.version + 1, **{name: words.strip() for name, words in said.items()}, **ways):
        raise Conflict()
    plan.refresh_from_db()
    _told("plan.change", plan, by, at)
    return plan


def _told(line, plan, by, at, **detail):
    journal.record(act=line, subject=plan, by=by, at=at, area_code=plan.school.area_id, **detail)


def _grades(plan, grades):
    """Return grades as a post keeps them, nothing for all of the school. Raises Refused for one that it does not teach."""
    asked = sorted({int(one) for one in grades or ()})
    if not set(asked) <= set(plan.school.teaches()):
        raise Refused(_("这所学校没有这个年级。"))
    return "" if asked == list(plan.school.teaches()) else " ".join(map(str, asked))


def _people(police, guards, teachers, parents):
    """Return how many of each party a post asks for; a field left empty asks for nobody. Raises Refused where only parents would stand there."""
    if not (police or guards or teachers):
        raise Refused(_("岗位至少要有一名民警、保安或者教师;家长自愿参加,不能只靠家长。"))
    return {"police": police or 0, "guards": guards or 0, "teachers": teachers or 0, "parents": parents or 0}


@act(PLANS, "post_new", at="posts/new", words=_("加岗位"), done=_("已加。"), **WRITES, may=rules.can_write, rank=20, lines={"plan.add_post": _("加岗位")})
def add_post(
    plan, *, by, at,
    gate: Annotated[Gate, Asked(_("校门、路口"), among=asking.gates, within=_("这个校门、路口不是这所学校的,或者已经停用。"))],
    name: asking.Name, task: asking.Task,
    bells: Annotated[AtBell, Asked(_("哪个时段"))] = AtBell.BOTH,
    police: Annotated[int | None, Asked(_("民警人数"), **N)] = 0,
    guards: Annotated[int | None, Asked(_("保安人数"), **N)] = 0,
    teachers: Annotated[int | None, Asked(_("教师人数"), **N)] = 0,
    parents: Annotated[int | None, Asked(_("家长志愿者人数"), _("自愿参加,不算必须到岗的人。"), **N)] = 0,
    before: Annotated[int | None, Asked(_("提前几分钟"), _("空着按规定的分钟数。"), most=999)] = None,
    after: Annotated[int | None, Asked(_("延后几分钟"), _("空着按规定的分钟数。"), most=999)] = None,
    grades: Annotated[list[Grade], Asked(_("只管哪些年级"), _("错峰放学、分门进出的才选;不选就是全校。"), among=asking.grades_of)] = (),
    kit: asking.Kit = "",
):  # fmt: skip
    """Add a post to a draft (加岗位), at one bell or at both."""
    edition = policy.in_force(plan.from_on)
    before, after = edition.before if before is None else before, edition.after if after is None else after
    asking.minutes(before, after, plan.from_on)
    people = _people(police, guards, teachers, parents)
    facts = {
        "plan": plan, "gate": gate, "name": name.strip(), "task": task.strip(), "kit": kit.strip(), "grades": _grades(plan, grades), "before": before, "after": after,
        **people,
    }  # fmt: skip
    try:
        with transaction.atomic():
            for going in {AtBell.BOTH: (False, True), AtBell.COME: (False,), AtBell.GO: (True,)}[bells]:
                Post.objects.create(going=going, **facts)
    except IntegrityError:
        raise Conflict(_("同一个时段已经有同名的岗位。")) from None
    _told("plan.add_post", plan, by, at, what=name.strip())
    return plan


@act(POSTS, "post_change", at="change", words=_("改护学岗位"), done=_("已改。"), **WRITES, may=rules.can_write_row, lines={"plan.change_post": _("改护学岗位")})
def change_post(
    guard_post, *, by, at,
    gate: Annotated[Gate, Asked(_("校门、路口"), among=asking.gates_here, within=_("这个校门、路口不是这所学校的,或者已经停用。"), initial=now("gate"))],
    name: Annotated[str, Asked(_("岗位名称"), least=2, most=40, initial=now("name"))],
    task: Annotated[str, Asked(_("职责"), rows=2, least=2, most=200, initial=now("task"))],
    before: Annotated[int, Asked(_("提前几分钟"), most=999, initial=now("before"))],
    after: Annotated[int, Asked(_("延后几分钟"), most=999, initial=now("after"))],
    police: Annotated[int | None, Asked(_("民警人数"), **N, initial=now("police"))] = 0,
    guards: Annotated[int | None, Asked(_("保安人数"), **N, initial=now("guards"))] = 0,
    teachers: Annotated[int | None, Asked(_("教师人数"), **N, initial=now("teachers"))] = 0,
    parents: Annotated[int | None, Asked(_("家长志愿者人数"), _("自愿参加,不算必须到岗的人。"), **N, initial=now("parents"))] = 0,
    grades: Annotated[list[Grade], Asked(_("只管哪些年级"), _("错峰放学、分门进出的才选;不选就是全校。"), among=asking.grades_here, initial=lambda row, _actor, _day: list(map(int, row.grades.split())))] = (),
    kit: Annotated[str, Asked(_("装备"), most=100, initial=now("kit"))] = "",
):  # fmt: skip
    """Change a post of a draft (改岗位); it stays the same post as in the versions before."""
    asking.minutes(before, after, guard_post.plan.from_on)
    people = _people(police, guards, teachers, parents)
    facts = {
        "gate": gate, "name": name.strip(), "task": task.strip(), "kit": kit.strip(), "grades": _grades(guard_post.plan, grades), "before": before, "after": after,
        **people,
    }  # fmt: skip
    try:
        with transaction.atomic():
            Post.objects.filter(pk=guard_post.pk).update(**facts)
    except IntegrityError:
        raise Conflict(_("同一个时段已经有同名的岗位。")) from None
    _told("plan.change_post", guard_post.plan, by, at, what=name.strip())
    return guard_post


def _drop(row, line, by, at):
    """Take a row out of a draft; what stood in versions before stays there."""
    what, plan = str(row), row.plan
    row.delete()
    _told(line, plan, by, at, what=what)
    return plan


@act(POSTS, "post_drop", at="drop", words=_("去掉岗位"), done=_("已去掉。"), tone="danger", **DROPS, lines={"plan.drop_post": _("去掉岗位")})
def drop_post(guard_post, *, by, at):
    """Take a post out of a draft (去掉岗位), and its sign off the map."""
    return _drop(guard_post, "plan.drop_post", by, at)


@act(PLANS, "risk_new", at="risks/new", words=_("加风险点"), done=_("已加。"), **WRITES, may=rules.can_write, rank=30, lines={"plan.add_risk": _("加风险点")})
def add_risk(
    plan, *, by, at,
    place: Annotated[str, Asked(_("地点"), least=2, most=40)],
    what: Annotated[str, Asked(_("风险"), _("例如:大车多、视线被挡、没有人行道。"), least=2, most=100)],
    measure: Annotated[str, Asked(_("措施"), rows=2, least=2, most=200)],
    owner: Annotated[Organisation, Asked(_("责任单位"), among=asking.owners, within=_("责任单位要在本校所在的县。"))],
    until_on: Annotated[date | None, Asked(_("整改期限"), _("长期要管的空着。"))] = None,
):  # fmt: skip
    """Add a risk with what is done about it and which unit owns it (加风险点)."""
    PlanRisk.objects.create(plan=plan, place=place.strip(), what=what.strip(), measure=measure.strip(), owner=owner, until_on=until_on)
    _told("plan.add_risk", plan, by, at, what=what.strip())
    return plan


@act(RISKS, "risk_drop", at="drop", words=_("去掉风险点"), done=_("已去掉。"), tone="danger", **DROPS, lines={"plan.drop_risk": _("去掉风险点")})
def drop_risk(plan_risk, *, by, at):
    """Take a risk out of a draft."""
    return _drop(plan_risk, "plan.drop_risk", by, at)


@act(PLANS, "contact_new", at="contacts/new", words=_("加值班电话"), done=_("已加。"), **WRITES, may=rules.can_write, rank=40, lines={"plan.add_contact": _("加值班电话")})
def add_contact(
    plan, *, by, at,
    place: Annotated[str, Asked(_("哪里"), _("值班室、派出所、交警中队、卫生院;不写个人。"), least=2, most=40)],
    phone: Annotated[str, Asked(_("值班电话"), least=3, most=20)],
):  # fmt: skip
    """Add the number of a duty room (加值班电话)."""
    if not set(phone.strip()) <= set("0123456789-+ "):
        raise Refused(_("电话只写数字。"))
    try:
        with transaction.atomic():
            PlanContact.objects.create(plan=plan, place=place.strip(), phone=phone.strip())
    except IntegrityError:
        raise Conflict(_("这里的电话已经有了,先去掉再加。")) from None
    _told("plan.add_contact", plan, by, at, what=place.strip())
    return plan


@act(CONTACTS, "contact_drop", at="drop", words=_("去掉值班电话"), done=_("已去掉。"), tone="danger", **DROPS, lines={"plan.drop_contact": _("去掉值班电话")})
def drop_contact(plan_contact, *, by, at):
    """Take a number out of a draft."""
    return _drop(plan_contact, "plan.drop_contact", by, at)


@act(PLANS, "mark_new", at="marks/new", words=_("在示意图上标一处"), done="", **WRITES, may=rules.can_write, button=False, lines={"plan.mark": _("在示意图上标一处")})
def put_mark(
    plan, *, by, at,
    kind: Annotated[Mark, Asked(_("图例"))],
    x: Annotated[int, Asked(_("横向位置,0 到 1000"), most=1000)],
    y: Annotated[int, Asked(_("纵向位置,0 到 1000"), most=1000)],
    x2: Annotated[int | None, Asked(_("另一头的横向位置"), most=1000)] = None,
    y2: Annotated[int | None, Asked(_("另一头的纵向位置"), most=1000)] = None,
    gate: Annotated[Gate | None, Asked(_("哪个校门、路口"), among=asking.gates, within=_("这个校门、路口不是这所学校的,或者已经停用。"), none=_("不选"))] = None,
    post: Annotated[Post | None, Asked(_("哪个岗位"), among=asking.posts, within=_("这个岗位不是这一版的。"), none=_("不选"))] = None,
    words: Annotated[str, Asked(_("标注"), most=20)] = "",
):  # fmt: skip
    """Put a sign on the map of a draft: at a point, or from one point to another."""
    asking.ends(kind, x2, y2)
    if post is not None:  # a post stands at one place
        PlanMark.objects.filter(plan=plan, post__name=post.name).delete()
    PlanMark.objects.create(plan=plan, kind=kind, x=x, y=y, x2=x2, y2=y2, gate=gate, post=post, words=words.strip())
    _told("plan.mark", plan, by, at, what=str(kind))
    return plan


@act(MARKS, "mark_drop", at="drop", words=_("从示意图上去掉"), done=_("已去掉。"), tone="danger", **DROPS, lines={"plan.unmark": _("从示意图上去掉")})
def drop_mark(plan_mark, *, by, at):
    """Take a sign off the map of a draft."""
    return _drop(plan_mark, "plan.unmark", by, at)


# Handed in and signed


@act(PLANS, "plan_hand_in", at="hand-in", words=_("送签"), done=_("已送学校、公安、教体签。"), **WRITES, may=rules.can_write, rank=50, lines={"plan.hand_in": _("护学方案送签")})
def hand_in_plan(plan, *, by, at):
    """Hand a version in (送签): it has what the rules ask; the pupils are counted as of this moment."""
    if words := checks.bar(plan):
        raise Refused(words)
    plan.pupils, plan.handed_at, plan.handed_by_id = _counted(plan.school), at, by.id
    journal.move(plan, PLAN, "hand_in", by=by, at=at, saving=["pupils", "handed_at", "handed_by_id"], area_code=plan.school.area_id)
    return plan


@act(PLANS, "plan_sign", at="sign", words=_("签署"), done=_("已签。"), **SIGNS, may=rules.can_sign, rank=10, lines={"plan.sign": _("签署护学方案"), "plan.stand": _("护学方案生效"), "plan.replace": _("护学方案被新版代替")})
def sign_plan(
    plan, *, by, at,
    signs_for: Annotated[SignsFor | None, Asked(_("代表哪一方签"), among=asking.sides, when=lambda row, actor, _day: len(rules.open_for(actor, row)) > 1)] = None,
):  # fmt: skip
    """Sign a version for the school, the police or education (签署). The third signature lets it stand, from its day on or from tomorrow, whichever is later."""
    may = rules.open_for(by, plan)
    side = SignsFor(signs_for) if signs_for else next((one for one, unit in may.items() if rules.may_sign_for(by, plan, one, unit, at)), next(iter(may)))
    if side not in may:
        raise Refused(rules.SIGNED_ALREADY)
    rules.may_sign_for(by, plan, side, may[side], at).or_raise()
    try:
        with transaction.atomic():
            PlanSignature.objects.create(plan=plan, signs_for=side, unit=may[side], signed_at=at, signed_by_id=by.id)
    except IntegrityError:
        raise Conflict(rules.SIGNED_ALREADY) from None
    journal.record(act="plan.sign", subject=plan, by=by, at=at, area_code=plan.school.area_id, in_name_of=may[side].name, what=str(side))
    if rules.live_signatures(plan).count() == len(SignsFor):
        _stand(plan, by, at)
    return plan


def _stand(plan, by, at):
    """Let a version stand that all three signed, and the one before end on the day from which this one holds. What was due before stays due."""
    code, plan.from_on = plan.school.area_id, max(plan.from_on, today(at) + timedelta(days=1))
    latest = months_after(plan.from_on, policy.in_force(plan.from_on).review_months)
    plan.review_on = plan.review_on if plan.from_on < plan.review_on <= latest else latest
    for old in PlanVersion.objects.select_for_update(of=("self",), no_key=True).filter(school=plan.school_id, state=PlanState.STANDS):
        old.to_on = max(old.from_on, plan.from_on)
        journal.move(old, PLAN, "replace", by=by, at=at, saving=["to_on"], area_code=code)
    journal.move(plan, PLAN, "stand", by=by, at=at, saving=["from_on", "review_on"], area_code=code)


@act(PLANS, "plan_send_back", at="send-back", words=_("退回修改"), done=_("已退回,学校改好再送签,三方重新签。"), **SIGNS, may=rules.can_send_back, rank=20, tone="quiet", lines={"plan.send_back": _("退回护学方案")})
def send_back_plan(plan, *, by, at, reason: Annotated[str, Asked(_("为什么退回"), _("学校照着改。"), rows=3, least=5, most=200)]):
    """Send a version back with the reason (退回): whoever signed signs anew."""
    rules.live_signatures(plan).update(void_at=at)
    plan.back_at, plan.back_by_id, plan.back_words = at, by.id, reason.strip()
    journal.move(plan, PLAN, "send_back", by=by, at=at, saving=["back_at", "back_by_id", "back_words"], reason=reason.strip(), area_code=plan.school.area_id)
    return plan
