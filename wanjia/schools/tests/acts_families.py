"""How the acts of parents' classes are done rightly, and how each of their refusals is met."""

from datetime import timedelta

from wanjia.kernel.tests.tried import MONDAY, Felt, Tried
from wanjia.orgs.models import Line, Tier
from wanjia.orgs.roles import Role
from wanjia.registry.tests.factories import unit, worker

from ..models import ParentClass, ParentHome
from .acts_lessons import LECTURES, LISTS, NO_TELL, NOT_MINE, OFFICER, TOLD, TOO_OLD, long_ago
from .acts_year import stands
from .factories import school
from .lesson_factories import DAY, lecturer


def telling(world, **facts):
    """What is said of a parents' class."""
    return stands(world, day=DAY, aspects=["duty", "liability"], lecturer=lecturer(world), more=12, way="phone") | facts


def held(world):
    """A class was held."""
    given = {"lecturer": lecturer(world), "way": "phone", "recorded_at": MONDAY, "more": 3}
    return ParentClass.objects.get_or_create(school=school(world), day=DAY, aspects="duty state", defaults=given)[0]


def came(world):
    """A home came to it."""
    return ParentHome.objects.get_or_create(parent_class=held(world), household=world.register.home, defaults={"noted_at": MONDAY})[0]


def of(world, **facts):
    """The class stands."""
    return {"parent_class_id": held(world).pk} | facts


def taken_back(_world, _what):
    """It was taken back."""
    ParentClass.objects.update(taken_back_at=MONDAY, taken_back_because="记错了")


def contact(world):
    """Somebody of the school, who has to do with the homes round about."""
    return worker("xuelian", "卜联络", school(world).unit, Role.SCHOOL_WORKER)


def of_another(world):
    """A worker of another school."""
    return worker("linxiao2", "林邻校", unit("细沙乡第二小学", Tier.TOWNSHIP, world.xisha, Line.EDUCATION), Role.SCHOOL_WORKER)


CHANGED = {NO_TELL: Felt(by="caller"), NOT_MINE: Felt(by=of_another), "这次家长课堂已经撤销。": Felt(before=taken_back)}

ACTS = {
    "schools.tell_parent_class": Tried("headmaster", telling, {"more": 13}, may=OFFICER, spoil={
        **TOLD, "上课的日子要在学校登记以后、今天以前。": Felt(what={"day": DAY + timedelta(days=1)}), "谁讲的选一位,名册以外的写明,两样选一样。": Felt(what={"given_by": "县法院法官"}), **LECTURES, **LISTS, TOO_OLD: Felt(what={"day": DAY - timedelta(days=93)}, before=long_ago),
        "至少选一个方面。": Felt(what={"aspects": []}), "这一天的这次家长课堂已经登记过。": Felt(before=lambda w, what: ParentClass.objects.filter(pk=held(w).pk).update(aspects="duty liability")),
    }),
    "schools.add_parent_home": Tried("schools", lambda w: of(w, household=w.register.home), {"household": None}, may=OFFICER, spoil={
        **CHANGED, "这一户已经登记过,一户只算一次。": Felt(before=lambda w, what: came(w)), "这一户不在您能登记的范围。": Felt(by="headmaster"),
    }),
    "schools.drop_parent_home": Tried("schools", lambda w: of(w, home=came(w)), {"home": None}, may=OFFICER, spoil={**CHANGED, "名单上没有这一户。": Felt(by="headmaster")}),
    "schools.take_back_parent_class": Tried("headmaster", lambda w: of(w, reason="记错了学校"), {"reason": "记重了"}, may=OFFICER, spoil=CHANGED),
}  # fmt: skip
