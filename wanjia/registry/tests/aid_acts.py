"""How the acts on aid are done rightly, and how each of their refusals is met: what the house's generated tests try.

Rows of the register's other rooms stand in tests/house/acts.py.
"""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried

from ..aid import commands as aid
from ..models import AidCut, AidRefusal, DatedStatus, Household, Membership, UrgentAid
from ..statuses.commands import record_home_status, record_status

DAY = MONDAY.date()
FACT = {"fact": "2026 年 10 月工资银行流水,每月 4200 元", "reasons": "家里的收入变多了,按现在的标准超过了"}
WHY = {"kind": "end", "ground": "income", **FACT}
SAID = {"way": "home", "who": "本人", "words": "工资是有,可是要还看病的钱"}
TOLD = {"way": "home", "who": "本人"}


def later(days=0, hours=0):
    """Return a moment after MONDAY."""
    return MONDAY + timedelta(days=days, hours=hours)


def anew(world, name):
    """Read an actor of the world anew, as the doors do."""
    user = getattr(world, name)
    return type(user).objects.get(pk=user.pk)


def held(world, **facts):
    """The Wang home is on the allowance."""
    what = {"scheme": "relief", "code": "minimum", "from_on": date(2026, 7, 2), "evidence": "审批表"} | facts
    return record_home_status(household_id=world.register.home.pk, **what, by=anew(world, "visitor"), at=MONDAY)


def nursed(world, person):
    """Somebody has the allowance for care."""
    facts = {"scheme": "allowance", "code": "nursing", "from_on": date(2026, 7, 2), "evidence": "残疾人证"}
    return record_status(person_id=person.pk, **facts, by=anew(world, "visitor"), at=MONDAY)


def proposed(world, **facts):
    """The village proposed to stop it; return the keyword of the proposal."""
    return {"cut_id": aid.propose_cut(held_id=held(world).pk, **WHY | facts, by=anew(world, "visitor"), at=MONDAY).pk}


def heard(world):
    """The township heard the person."""
    what = proposed(world)
    aid.hear_person(**what, **SAID, on=later(1).date(), by=anew(world, "clerk"), at=later(1))
    return what


def decided(world, agree=True):
    """The leader decided."""
    what = heard(world)
    aid.decide_cut(**what, agree=agree, words="收入超过标准,有流水为证", effective_on=date(2026, 12, 1) if agree else None,
                   by=anew(world, "township_leader"), at=later(2))  # fmt: skip
    return what


def sought(world, times=3):
    """The person was sought in vain on different days."""
    what = proposed(world)
    for n in range(times):
        aid.seek_in_vain(**what, on=later(n + 1).date(), way="home", by=anew(world, "clerk"), at=later(n + 1))
    return what


def left(world, what):
    """The notice was left behind instead of a hearing, yesterday."""
    AidCut.objects.filter(pk=what["cut_id"]).update(left=True, heard_on=later(1).date(), heard_by=None)


def refused(world):
    """A refusal that nobody has handed over."""
    return {"refusal_id": aid.refuse_aid(household_id=world.register.home.pk, **ASKED, by=anew(world, "clerk"), at=MONDAY).pk}


def given(world):
    """Urgent aid whose papers are due."""
    return {"urgent_id": aid.give_urgent_aid(household_id=world.register.home.pk, **GIVEN, by=anew(world, "clerk"), at=MONDAY).pk}


def late(world):
    """A proposal that nobody has heard for weeks."""
    proposed(world)
    return {}


def strayed(world):
    """A proposal lies in another village than the home whose aid it is."""
    AidCut.objects.filter(pk=proposed(world)["cut_id"]).update(village=world.makou)
    return {}


def rested(world):
    """A proposal whose day was counted before the calendar had as many days of rest."""
    what = proposed(world)
    AidCut.objects.filter(pk=what["cut_id"]).update(due_on=later(3).date())
    return {"source": "县政府放假通知"}


ASKED = {"benefit": "relief_check", "asked": "想申请低保", "asked_on": DAY, "condition": "人均收入要在标准以下", "fact": "2026 年 10 月核对,人均年收入 9800 元"}
GIVEN = {"given": "临时救助 800 元", "why": "昨夜失火,没有被褥", "given_on": DAY}
NO_DUTY, ELSEWHERE = "您的岗位没有办理救助的权限。", "这一户的救助不由您的单位办。"
NOT_YOURSELF = "提出停减的人不能自己听取意见,请换一个人去听。"
SHUT = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by="stranger")}


def state(**values):
    """Put facts on the status straight away."""
    return lambda _world, what: DatedStatus.objects.filter(pk=what["held_id"]).update(**values)


def on_cut(**values):
    """Put facts on the proposal straight away."""
    return lambda world, what: AidCut.objects.filter(pk=what["cut_id"]).update(**{k: v(world) if callable(v) else v for k, v in values.items()})


def emptied(world):
    """The Wangs live in two other homes, and their allowance stands on the empty one; return its keyword and one of the two."""
    status, homes = held(world), [Household.objects.create(number=f"5306252022010{n}", village=world.datong, registered_at=MONDAY) for n in (71, 72)]
    for n, row in enumerate(Membership.objects.filter(household=world.register.home, to_on=None).order_by("pk")):
        Membership.objects.filter(pk=row.pk).update(to_on=DAY)
        Membership.objects.create(household=homes[min(n, 1)], person=row.person, relation=f"家人{n}", from_on=DAY)
    return {"held_id": status.pk, "home": homes[1], "reason": "问过户主本人"}


def headless(world, what):
    """As many live in each of the two homes, and neither has the head."""
    rows = Membership.objects.filter(household=world.register.home).order_by("pk")
    rows.update(relation="家人")
    Membership.objects.filter(household=world.register.home, pk__gt=rows[1].pk).delete()
    people = Membership.objects.filter(household=world.register.home).values("person")
    Membership.objects.exclude(household=world.register.home).exclude(person__in=people).delete()


def again(world, what):
    """Somebody has proposed it already."""
    aid.propose_cut(**what, by=anew(world, "clerk"), at=MONDAY)


KEEPS, SEES = "village_worker township_worker station_worker bureau_worker", "village_worker township_worker township_leader station_worker bureau_worker bureau_head"
ACTS = {
    "registry.propose_cut": Tried(
        "visitor", lambda w: {"held_id": held(w).pk, **WHY}, {"fact": "另一份核对结果,十一月的"}, may=KEEPS, spoil=SHUT | {
            "这不是发钱的救助,情况有变直接在户或人的页面上终止就行。": Felt(before=state(scheme="poverty_risk", code="at_risk")),
            "这一项救助已经有停发的日期。": Felt(before=state(to_on=date(2026, 12, 1))),
            "这一项救助已经有人提出停减,正在办,请看那一件。": Felt(before=again),
            "请选择理由。": Felt(what={"ground": "dislike"}),
            "要写明凭什么材料。": Felt(what={"ground": "moved"}),
            "登记里这一项救助的人还健在。": Felt(what={"ground": "died", "document": "死亡医学证明"}),
            "“%(what)s”至少写 %(n)s 个字。": Felt(what={"fact": "查"}),
        }),
    "registry.follow_to": Tried(
        "clerk", emptied, {"reason": "他儿子来村里说的"}, may=KEEPS, spoil=SHUT | {
            "只有家庭在领的救助才随户走。": Felt(before=state(to_on=DAY)),
            "这一户还有人住,救助不用迁。": Felt(before=lambda w, what: Membership.objects.filter(household=w.register.home).update(to_on=None)),
            "登记里找不到这一户的人现在住在哪一户。请先登记他们去了哪里,或者提出停发。": Felt(
                before=lambda w, what: Membership.objects.exclude(household=w.register.home).update(to_on=DAY)),
            "%(number)s已经有同一项,不能再迁过去。请提出停发,先听意见。": Felt(before=lambda w, what: record_home_status(
                household_id=what["home"].pk, scheme="relief", code="minimum", from_on=date(2026, 7, 2), by=anew(w, "visitor"), at=MONDAY)),
            "请选列出的那一户:按规定,救助随家里多数人走,人数一样的随户主。": Felt(what=lambda w: {"home": w.register.home}),
            "这一家分到几户,各户人数一样,也看不出户主在哪一户:救助给哪一户,不由一个人说了算。请提出停减、先听意见,各户可以重新申请。": Felt(before=headless),
        }),
    "registry.seek_in_vain": Tried(
        "clerk", lambda w: proposed(w) | {"on": later(1).date(), "way": "home"}, {"way": "phone"}, at=later(1),
        may="township_worker station_worker bureau_worker village_worker", spoil={
            NOT_YOURSELF: Felt(by="visitor"), "日期要在提出停减以后、今天以前。": Felt(what={"on": date(2026, 12, 1)})}),
    "registry.hear_person": Tried(
        "clerk", lambda w: proposed(w) | {"on": later(1).date(), **SAID}, {"words": "没有意见"}, at=later(1), may=KEEPS, spoil=SHUT | {
            "只有等着听取意见的才能听。": Felt(before=on_cut(state="heard", heard_on=later(1).date())),
            NOT_YOURSELF: Felt(by="visitor"),
            "日期要在提出停减以后、今天以前。": Felt(what={"on": date(2026, 11, 1)}),
            "“%(what)s”至少写 %(n)s 个字。": Felt(what={"words": "无"})}),
    "registry.leave_notice": Tried(
        "clerk", lambda w: sought(w) | {"on": later(4).date(), "who": "贴在门口,组长在场"}, {"who": "压在桌上,邻居在场"}, at=later(4), may=KEEPS, spoil={
            "要找过 %(n)s 次、在 %(days)s 个不同的日子,都没有找到,才能留下告知书。现在算 %(tried)s 次:照记下的时间算,隔 %(hours)s 小时以上的才算另一次。": Felt(before=lambda w, what: on_cut(tries=[])(w, what)),
            "最后一次没有找到人以后才能留下告知书。": Felt(what={"on": later(2).date()})}),
    "registry.decide_cut": Tried(
        "township_leader", lambda w: heard(w) | {"agree": True, "words": "收入超过标准,有流水为证", "effective_on": date(2026, 12, 1)},
        {"words": "另一种说法的理由"}, at=later(2), may="township_leader bureau_head", spoil={
            NO_DUTY: Felt(by="caller"),
            "听取意见以后才能决定。": Felt(what=lambda w: {"cut_id": AidCut.objects.create(
                status=nursed(w, w.register.head), village=w.datong, kind="end", ground="income", fact="查", reasons="超过", proposed_at=MONDAY,
                proposed_by=w.visitor).pk}),
            "提出的人、听取意见的人不能自己决定。": Felt(before=on_cut(proposed_by=lambda w: w.township_leader)),
            "告知书留下以后,要等到 %(day)s 让本人来说话。": Felt(before=left),
            "停减最早从 %(day)s 起。": Felt(what={"effective_on": later(3).date()})}),
    "registry.serve_decision": Tried(
        "clerk", lambda w: decided(w) | {"on": later(3).date(), **TOLD}, {"who": "他的儿子"}, at=later(3), may=SEES, spoil={
            "决定以后才能送达。": Felt(what=lambda w: {"cut_id": AidCut.objects.create(
                status=nursed(w, w.register.head), village=w.datong, kind="end", ground="income", fact="查", reasons="超过", proposed_at=MONDAY,
                proposed_by=w.visitor).pk}),
            "送达日期要在决定以后、今天以前。": Felt(what={"on": later(1).date()})}),
    "registry.drop_cut": Tried(
        "clerk", lambda w: proposed(w) | {"reason": "核对后没有超过"}, {"reason": "名单漏了,已经补上"}, at=later(1), may=SEES, spoil={
            "决定以后不能撤回提议。": Felt(what=lambda w: {"cut_id": AidCut.objects.create(
                status=nursed(w, w.register.head), village=w.datong, kind="end", ground="income", fact="查", reasons="超过", proposed_at=MONDAY,
                proposed_by=w.visitor, state="heard").pk}, before=lambda w, what: on_cut(state="kept")(w, what))}),
    "registry.refuse_aid": Tried(
        "clerk", lambda w: {"household_id": w.register.home.pk, **ASKED}, {"fact": "另一份核对结果,十一月的"}, may=SEES, spoil={
            NO_DUTY: Felt(by="caller"),
            "请选择申请的是哪一项。": Felt(what={"benefit": "gold"}),
            "这个人不是这一户的,或者他的档案您打不开。": Felt(what=lambda w: {"person": w.register.register("李大成", date(1980, 1, 2), 31).memberships.get().person}),
            "申请日期不能晚于今天。": Felt(what={"asked_on": date(2026, 12, 1)}),
            "孩子的保障由能看儿童档案的人来写。": Felt(by="township_leader", what={"benefit": "orphan_aid"})}),
    "registry.serve_refusal": Tried(
        "clerk", lambda w: refused(w) | {"on": DAY, **TOLD}, {"who": "他的儿子"}, may=SEES, spoil=SHUT | {
            "这份决定已经送达。": Felt(before=lambda _w, what: AidRefusal.objects.update(served_on=DAY)),
            "送达日期要在决定以后、今天以前。": Felt(what={"on": date(2026, 10, 1)})}),
    "registry.give_urgent_aid": Tried(
        "clerk", lambda w: {"household_id": w.register.home.pk, **GIVEN}, {"given": "大米 2 袋"}, may=KEEPS, spoil={
            NO_DUTY: Felt(by="caller"), "给的日期不能晚于今天。": Felt(what={"given_on": date(2026, 12, 1)})}),
    "registry.make_up_papers": Tried(
        "clerk", lambda w: given(w) | {"on": DAY, "papers": "临时救助审批表 3 号"}, {"papers": "临时救助审批表 4 号"}, may=KEEPS, spoil=SHUT | {
            "手续已经补齐了。": Felt(before=lambda _w, what: UrgentAid.objects.update(papers_on=DAY)),
            "补齐日期要在给的那天以后、今天以前。": Felt(what={"on": date(2026, 10, 1)})}),
    "registry.follow_cuts": Tried("clock", strayed, at=later(1)),
    "registry.climb_aid": Tried("clock", late, at=later(30)),
    "registry.recount_aid": Tried("clock", rested, at=later(hours=1)),
}  # fmt: skip
