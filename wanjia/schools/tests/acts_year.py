"""How the acts of the school year are done rightly, and how each of their refusals is met."""

from datetime import date, timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Line, Post, Tier, User
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import area, unit, worker

from ..models import Bell, Gate, School, SchoolDay, Term
from ..year import commands as year
from .factories import bell, gate, of_education, school, term

DAY = MONDAY.date()
SOON = DAY + timedelta(days=10)
NO_DUTY, ELSEWHERE, OUT, OVER, ENDED = (
    "您的岗位没有登记学校和校历的权限。", "这所学校不由您管。", "这个区划不在您的范围。", "这所学校已经停办。", "这一条已经停用。",
)  # fmt: skip
YEAR = NEAR = "schools_officer"  # a school's own posts reach their own school alone: test_year says so
PLACE = "校门位置要写两个数,例如 28.2288 和 103.6378;不知道的两个都空着。"
NOT_SO_EARLY = "停用的日子不能早于今天,也不能早于启用。"


def who(world, name="schools"):
    """Somebody afresh, so that posts are read anew."""
    return {"by": User.objects.get(pk=getattr(world, name).pk), "at": MONDAY}


def of_a_school(world):
    """What is said of a school."""
    return {"unit": of_education(world), "area": world.datong, "address": "大同街1号", "grades": [1, 2, 3], "from_on": date(2026, 9, 1), "lat": "28.2", "lon": "103.6"}


def stands(world, **facts):
    """The school stands."""
    return {"school_id": school(world).pk} | facts


def of_a_bell(world):
    """What is said of a bell."""
    return stands(world, grades=[1, 2], weekdays=[1, 2, 3, 4, 5], from_on=DAY, arrives="07:30", leaves="17:40")


def of_a_term(world):
    """What is said of a term."""
    return {"area": world.county, "name": "2026年秋季学期", "from_on": date(2026, 9, 1), "to_on": date(2027, 1, 16)}


def of_a_day(world):
    """What is said of a day."""
    return {"area": world.county, "day": SOON, "kind": "free", "words": "运动会放假"}


def a_day(world):
    """The day is told."""
    return {"school_day_id": year.tell_day(**of_a_day(world), **who(world)).pk, "reason": "改期了"}


def of_another_school(world):
    """A school's own post reaches that school alone."""
    return worker("linxiao", "林邻校", unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION), Role.SCHOOL_WORKER)


def of_the_prefecture(world, _what):
    """The term is the whole prefecture's: read here, changed there."""
    Term.objects.update(area=area("530600000000", "昭通市", "prefecture"))


def of_two_posts(world):
    """A headmaster here, who keeps the year of another county."""
    one = worker("lianggang", "梁两岗", of_education(world), Role.HEADMASTER)
    return Post.objects.create(user=one, organisation=unit("东川区教育体育局", Tier.COUNTY, far(), Line.EDUCATION), role=Role.SCHOOLS_OFFICER, from_on=DAY).user


def of_the_township(world, _what):
    """The day is told of that headmaster's township, not of the county."""
    SchoolDay.objects.update(area=world.xisha)


def closed(world, _what):
    """The school is shut."""
    School.objects.update(to_on=DAY)


def far():
    """A county of another prefecture."""
    return area("530113000000", "东川区", "county")


SEEN = {NO_DUTY: Felt(by="caller"), ELSEWHERE: Felt(by=of_another_school), OVER: Felt(before=closed)}

ACTS = {
    "schools.enter_school": Tried("schools", of_a_school, {"address": "大同街2号"}, may=YEAR, spoil={
        NO_DUTY: Felt(by="handler"), "至少选一个年级。": Felt(what={"grades": []}), PLACE: Felt(what={"lat": "北纬"}),
        OUT: Felt(what=lambda w: {"unit": w.civil}), "这个单位已经登记为学校。": Felt(before=lambda w, what: school(w)),
    }),
    "schools.change_school": Tried("schools", lambda w: stands(w, address="新街2号", grades=[1, 2]), {"address": "新街3号"}, may=NEAR, spoil={
        **SEEN, "至少选一个年级。": Felt(what={"grades": []}), PLACE: Felt(what={"lat": "91", "lon": "1"}),
    }),
    "schools.set_bell": Tried("schools", of_a_bell, {"arrives": "07:40"}, may=NEAR, spoil={
        **SEEN, "至少选一个年级。": Felt(what={"grades": []}), "至少选一个星期几。": Felt(what={"weekdays": []}), "几点要写成 07:30 这样。": Felt(what={"arrives": "早上"}),
        "到校和离校至少填一个时间。": Felt(what={"arrives": "", "leaves": ""}), "离校要在到校以后。": Felt(what={"leaves": "07:00"}),
        "这所学校没有这个年级。": Felt(what={"grades": [9]}),
    }),
    "schools.end_bell": Tried("schools", lambda w: {"bell_id": bell(w).pk, "to_on": SOON}, {"to_on": SOON + timedelta(days=1)}, may=NEAR, spoil={
        **SEEN, ENDED: Felt(before=lambda w, what: Bell.objects.update(to_on=SOON)), NOT_SO_EARLY: Felt(what={"to_on": DAY - timedelta(days=1)}),
    }),
    "schools.enter_gate": Tried("schools", lambda w: stands(w, name="东门", kind="gate", from_on=DAY), {"name": "西门"}, may=NEAR, spoil={
        **SEEN, "这所学校已经有同名的校门或路口。": Felt(before=lambda w, what: gate(w)),
    }),
    "schools.end_gate": Tried("schools", lambda w: {"gate_id": gate(w).pk, "to_on": SOON}, {"to_on": SOON + timedelta(days=1)}, may=NEAR, spoil={
        **SEEN, ENDED: Felt(before=lambda w, what: Gate.objects.update(to_on=SOON)), NOT_SO_EARLY: Felt(what={"to_on": DAY - timedelta(days=1)}),
    }),
    "schools.enter_term": Tried("schools", of_a_term, {"name": "秋季学期"}, may=YEAR, spoil={
        NO_DUTY: Felt(by="handler"), "放假要在开学以后。": Felt(what={"to_on": date(2026, 9, 1)}), OUT: Felt(what=lambda w: {"area": far()}),
        "和这个范围的另一个学期重叠了。": Felt(before=lambda w, what: term(w, name="另一个学期")),
        "这个范围已经有同名的学期。": Felt(before=lambda w, what: term(w, from_on=date(2025, 9, 1), to_on=date(2026, 1, 10))),
    }),
    "schools.change_term": Tried("schools", lambda w: {"term_id": term(w).pk, "from_on": date(2026, 9, 2), "to_on": date(2027, 1, 10)}, {"to_on": date(2027, 1, 9)}, may=YEAR, spoil={
        NO_DUTY: Felt(by="handler"), OUT: Felt(before=of_the_prefecture), "放假要在开学以后。": Felt(what={"to_on": date(2026, 9, 1)}),
        "和这个范围的另一个学期重叠了。": Felt(before=lambda w, what: Term.objects.create(area=w.county, name="另一个", from_on=date(2027, 1, 16), to_on=date(2027, 7, 1)), what={"to_on": date(2027, 2, 1)}),
    }),
    "schools.tell_day": Tried("schools", of_a_day, {"words": "家长会"}, may=YEAR, spoil={
        NO_DUTY: Felt(by="handler"), OUT: Felt(what=lambda w: {"area": far()}), "补课的日子要选按星期几上课,别的日子不选。": Felt(what={"kind": "makes_up"}),
        "这一天已经有安排,请先取消再登记。": Felt(before=lambda w, what: year.tell_day(**what, **who(w))),
    }),
    "schools.tell_own_day": Tried("schools", lambda w: stands(w, day=SOON, kind="exam", words="期中考试"), {"words": "月考"}, may=NEAR, spoil={
        **SEEN, "补课的日子要选按星期几上课,别的日子不选。": Felt(what={"weekday": 5}),
        "这一天已经有安排,请先取消再登记。": Felt(before=lambda w, what: year.tell_own_day(**what, **who(w))),
    }),
    "schools.drop_day": Tried("schools", a_day, {"reason": "不放了"}, may=NEAR, spoil={
        NO_DUTY: Felt(by="handler"), OUT: Felt(by=of_two_posts, before=of_the_township), ENDED: Felt(before=lambda w, what: SchoolDay.objects.update(dropped_at=MONDAY)),
        "已经过去的日子不能取消。": Felt(before=lambda w, what: SchoolDay.objects.update(day=DAY)),
    }),
}  # fmt: skip
